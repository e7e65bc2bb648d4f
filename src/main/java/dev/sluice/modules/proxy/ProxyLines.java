package dev.sluice.modules.proxy;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Findings;
import dev.sluice.directive.Line;
import dev.sluice.directive.Place;
import dev.sluice.directive.Scope;
import dev.sluice.model.Section;
import dev.sluice.modules.core.SectionMatchers;
import dev.sluice.syntax.Word;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the lines that name backends: ProxyPass, ProxyPassMatch, ProxySet (add_pass and set_proxy_param, mod_proxy.c). */
final class ProxyLines {
    /** Keys of workers that are read and have nothing to set here. */
    private static final Map<String, String> WITHOUT_EFFECT = Map.of(
            "min", "connections are opened when they are needed",
            "iobuffersize", "the buffers of all connections are of one size, 16 kB",
            "flusher", "what a backend sends is passed on as it comes");

    private static final Set<Section.Kind> NOT_THERE = EnumSet.of(
            Section.Kind.DIRECTORY, Section.Kind.DIRECTORY_MATCH, Section.Kind.FILES, Section.Kind.FILES_MATCH);
    private static final String NEEDS_FORM =
            "Invalid ProxyPass|ProxyPassMatch parameter. Parameter must be in the form 'key=value'.";

    private ProxyLines() {}

    static void pass(Line line, Scope scope) throws BadArgument {
        read(line, scope, false);
    }

    static void passMatch(Line line, Scope scope) throws BadArgument {
        read(line, scope, true);
    }

    /** What the words of one line say. */
    private static final class Words {
        private @Nullable String path;
        private @Nullable String url;
        private boolean regex;
        private boolean noCanon;
        private boolean noQuery;
        private final Parameters parameters = new Parameters();
    }

    private static void read(Line line, Scope scope, boolean isMatch) throws BadArgument {
        Scope.Enclosing section = scope.enclosing();
        if (section != null && NOT_THERE.contains(section.kind())) {
            throw new BadArgument(
                    line.name() + " cannot occur within <" + section.kind().directive() + "> section");
        }
        Words words = new Words();
        words.regex = isMatch;
        Pattern ofSection = null;
        if (section != null) {
            words.path = section.argument();
            ofSection = section.matcher().pattern();
            words.regex |= ofSection != null || section.argument().matches(".*[*?\\[].*");
        }
        for (Word word : line.words()) {
            word(word.text(), words, isMatch, section != null);
        }
        String path = words.path;
        String url = words.url;
        if (path == null || url == null) {
            throw new BadArgument("ProxyPass|ProxyPassMatch needs a path when not defined in a location");
        }
        Pattern pattern = words.regex ? ofSection == null ? pattern(path) : ofSection : null;
        boolean main = isMain(scope.place());
        ProxyPass pass = new ProxyPass(path, pattern, url, words.noCanon, words.noQuery, main);
        if (BalancerLine.isBalancer(url)) {
            BalancerLines.pass(pattern == null ? path : "", url, words.parameters, line, scope);
        } else if (!pass.excludes()) {
            worker(line, scope, url, words.parameters);
        }
        if (section == null) {
            scope.give(ProxyModule.PASSES, List.of(pass), line.span());
        } else {
            scope.give(ProxyModule.LOCATION_PASS, Optional.of(pass), line.span());
        }
    }

    private static void word(String word, Words words, boolean isMatch, boolean inSection) throws BadArgument {
        if (words.path == null) {
            if (word.equals("~")) {
                if (isMatch) {
                    throw new BadArgument("ProxyPassMatch invalid syntax ('~' usage).");
                }
                words.regex = true;
            } else {
                words.path = word;
            }
        } else if (words.url == null) {
            words.url = word;
        } else {
            parameter(word, words, inSection);
        }
    }

    private static void parameter(String word, Words words, boolean inSection) throws BadArgument {
        int equals = word.indexOf('=');
        String key = (equals < 0 ? word : word.substring(0, equals)).toLowerCase(Locale.ROOT);
        if (equals < 0) {
            switch (key) {
                case "nocanon" -> words.noCanon = true;
                case "noquery" -> words.noQuery = true;
                // Without ProxyPassInterpolateEnv On it has no effect, and that is refused.
                case "interpolate" -> {}
                default ->
                    throw new BadArgument(
                            inSection && words.url != null && words.url.startsWith("/")
                                    ? "ProxyPass|ProxyPassMatch can not have a path when defined in a location."
                                    : NEEDS_FORM);
            }
        } else if (key.equals("mapping")) {
            String mapping = word.substring(equals + 1);
            boolean known = mapping.equalsIgnoreCase("encoded") || mapping.equalsIgnoreCase("servlet");
            String why = known ? "mapping=" + mapping + " is not supported" : "unknown mapping";
            throw known ? BadArgument.refusal(why) : new BadArgument(why);
        } else {
            words.parameters.add(word);
        }
    }

    private static Pattern pattern(String text) throws BadArgument {
        dev.sluice.model.Matcher matcher = SectionMatchers.regex(text);
        Pattern pattern = matcher == null ? null : matcher.pattern();
        if (pattern == null) {
            throw new BadArgument("Regular expression could not be compiled.");
        }
        return pattern;
    }

    private static void worker(Line line, Scope scope, String url, Parameters parameters) throws BadArgument {
        String complaint = WorkerLine.hasVariableHost(url) ? null : WorkerLine.complaint(url);
        if (complaint == null) {
            complaint = parameters.complaint(new WorkerParameters.Reader(), scope);
        }
        if (complaint != null) {
            throw new BadArgument("ProxyPass " + complaint);
        }
        WorkerLine worker = new WorkerLine(url, parameters.expanded(scope), false, isMain(scope.place()));
        noteWithoutEffect(worker, line, scope);
        tellOfSharing(scope, worker, line);
        scope.giveServer(ProxyModule.WORKERS, List.of(worker), line.span());
    }

    static void noteWithoutEffect(WorkerLine worker, Line line, Scope scope) {
        for (WorkerLine.Parameter parameter : worker.parameters()) {
            String why = WITHOUT_EFFECT.get(parameter.key().toLowerCase(Locale.ROOT));
            if (why != null) {
                scope.find(Findings.IGNORED, line.span(), parameter.key() + "= has no effect: " + why);
            }
        }
    }

    /** A worker that a line before has made keeps its parameters (add_pass). */
    private static void tellOfSharing(Scope scope, WorkerLine worker, Line line) {
        List<WorkerLine> before = scope.givenByServer(ProxyModule.WORKERS);
        if (before == null || worker.parameters().isEmpty()) {
            return;
        }
        String url = Workers.name(worker.url());
        before.stream()
                .map(each -> Workers.name(each.url()))
                .filter(name -> Workers.serves(name, url))
                .max(Comparator.comparingInt(String::length))
                .ifPresent(name -> worker.parameters()
                        .forEach(parameter ->
                                scope.find(Findings.HTTPD_WARNING, line.span(), Workers.ignoring(parameter, name))));
    }

    static boolean isMain(Place place) {
        return !place.within("VirtualHost");
    }

    /** ProxySet: in {@code <Proxy url>} for that URL, elsewhere for the URL that comes first. */
    static void set(Line line, Scope scope) throws BadArgument {
        String ofSection = proxyUrl(scope.enclosing());
        List<Word> words = line.words();
        String first = words.isEmpty() ? "" : words.get(0).text();
        String url = ofSection == null ? first : ofSection;
        boolean balancer = BalancerLine.isBalancer(url);
        if (ofSection == null && !(balancer ? BalancerLines.isKnown(url, scope) : isKnown(url, scope))) {
            throw new BadArgument("ProxySet can not find '" + url + "' " + (balancer ? "Balancer." : "Worker."));
        }
        List<Word> rest = ofSection == null ? words.subList(1, words.size()) : words;
        String form = "Invalid ProxySet parameter. Parameter must be in the form 'key=value'";
        if (balancer) {
            BalancerLines.set(url, rest, "ProxySet: ", form, line, scope);
        } else {
            setWorker(url, rest, "ProxySet: ", form, line, scope);
        }
    }

    private static @Nullable String proxyUrl(Scope.@Nullable Enclosing section) {
        if (section == null) {
            return null;
        }
        boolean proxy = section.kind() == Section.Kind.PROXY || section.kind() == Section.Kind.PROXY_MATCH;
        return proxy ? section.argument() : null;
    }

    /**
     * Parameters of a worker from {@code words}, one after the other.
     *
     * @param prefix what stands before a complaint
     * @param form the complaint about a word without a value
     */
    static void setWorker(String url, List<Word> words, String prefix, String form, Line line, Scope scope)
            throws BadArgument {
        String complaint = WorkerLine.hasVariableHost(url) ? null : WorkerLine.complaint(url);
        if (complaint != null) {
            throw new BadArgument((prefix.equals("ProxySet: ") ? "ProxySet " : prefix) + complaint);
        }
        WorkerParameters.Reader reader = new WorkerParameters.Reader();
        List<WorkerLine.Parameter> parameters = new ArrayList<>();
        for (Word word : words) {
            int equals = word.text().indexOf('=');
            if (equals < 0) {
                throw new BadArgument(form);
            }
            WorkerLine.Parameter each = new WorkerLine.Parameter(
                    word.text().substring(0, equals), word.text().substring(equals + 1));
            complaint = Parameters.complaint(reader, each, scope);
            if (complaint != null) {
                throw new BadArgument(prefix + complaint + " " + word.text() + "; " + url);
            }
            Parameters.expand(each, scope, parameters);
        }
        WorkerLine worker = new WorkerLine(url, List.copyOf(parameters), true, isMain(scope.place()));
        noteWithoutEffect(worker, line, scope);
        scope.giveServer(ProxyModule.WORKERS, List.of(worker), line.span());
    }

    private static boolean isKnown(String url, Scope scope) {
        List<WorkerLine> given = scope.givenByServer(ProxyModule.WORKERS);
        String name = Workers.name(url);
        return given != null && given.stream().anyMatch(known -> Workers.serves(Workers.name(known.url()), name));
    }
}
