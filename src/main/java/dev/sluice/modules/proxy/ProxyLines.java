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
        private final List<WorkerLine.Parameter> parameters = new ArrayList<>();
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
        if (!pass.excludes()) {
            worker(line, scope, new WorkerLine(url, List.copyOf(words.parameters), false, main), section != null);
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
            words.parameters.add(new WorkerLine.Parameter(key, word.substring(equals + 1)));
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

    private static void worker(Line line, Scope scope, WorkerLine worker, boolean inSection) throws BadArgument {
        String url = worker.url();
        if (url.regionMatches(true, 0, "unix:", 0, 5)) {
            throw BadArgument.refusal(line.name() + " to a unix: socket is not supported");
        }
        if (url.regionMatches(true, 0, "balancer:", 0, 9)) {
            throw BadArgument.refusal(line.name() + " to a balancer: is not supported");
        }
        String complaint = WorkerLine.hasVariableHost(url) ? null : WorkerLine.complaint(url);
        if (complaint == null) {
            complaint = complaint(worker.parameters());
        }
        if (complaint != null) {
            throw new BadArgument("ProxyPass " + complaint);
        }
        give(scope, worker, line, inSection);
    }

    private static void give(Scope scope, WorkerLine worker, Line line, boolean inSection) {
        for (WorkerLine.Parameter parameter : worker.parameters()) {
            String why = WITHOUT_EFFECT.get(parameter.key().toLowerCase(Locale.ROOT));
            if (why != null) {
                scope.find(Findings.IGNORED, line.span(), parameter.key() + "= has no effect: " + why);
            }
        }
        if (!inSection && !worker.sets()) {
            tellOfSharing(scope, worker, line);
        }
        if (inSection) {
            scope.give(ProxyModule.WORKERS_IN_SECTIONS, List.of(worker), line.span());
        } else {
            scope.give(ProxyModule.WORKERS, List.of(worker), line.span());
        }
    }

    /** A worker that a line before has made keeps its parameters (add_pass). */
    private static void tellOfSharing(Scope scope, WorkerLine worker, Line line) {
        List<WorkerLine> before = scope.given(ProxyModule.WORKERS);
        if (before == null || worker.parameters().isEmpty()) {
            return;
        }
        String url = Workers.name(worker.url());
        before.stream()
                .filter(each -> !each.sets())
                .map(each -> Workers.name(each.url()))
                .filter(name -> Workers.serves(name, url))
                .max(Comparator.comparingInt(String::length))
                .ifPresent(name -> worker.parameters()
                        .forEach(parameter ->
                                scope.find(Findings.HTTPD_WARNING, line.span(), Workers.ignoring(parameter, name))));
    }

    private static @Nullable String complaint(List<WorkerLine.Parameter> parameters) {
        WorkerParameters.Reader reader = new WorkerParameters.Reader();
        for (WorkerLine.Parameter parameter : parameters) {
            String complaint = reader.set(parameter.key(), parameter.value());
            if (complaint != null) {
                return complaint;
            }
        }
        return null;
    }

    static boolean isMain(Place place) {
        return !place.within("VirtualHost");
    }

    /** ProxySet: in {@code <Proxy url>} for that URL, elsewhere for the URL that comes first. */
    static void set(Line line, Scope scope) throws BadArgument {
        String ofSection = proxyUrl(scope.enclosing());
        boolean inProxy = ofSection != null;
        List<Word> words = line.words();
        String first = words.isEmpty() ? "" : words.get(0).text();
        String url = ofSection == null ? first : ofSection;
        if (!inProxy && !isKnown(url, scope)) {
            boolean balancer = url.regionMatches(true, 0, "balancer:", 0, 9);
            throw new BadArgument("ProxySet can not find '" + url + "' " + (balancer ? "Balancer." : "Worker."));
        }
        List<WorkerLine.Parameter> parameters = new ArrayList<>();
        for (Word word : inProxy ? words : words.subList(1, words.size())) {
            int equals = word.text().indexOf('=');
            if (equals < 0) {
                throw new BadArgument("Invalid ProxySet parameter. Parameter must be in the form 'key=value'");
            }
            parameters.add(parameter(word.text(), url, "ProxySet: "));
        }
        if (!parameters.isEmpty()) {
            boolean inSection = scope.enclosing() != null;
            give(scope, new WorkerLine(url, parameters, true, isMain(scope.place())), line, inSection);
        }
    }

    private static @Nullable String proxyUrl(Scope.@Nullable Enclosing section) {
        return section != null && section.kind() == Section.Kind.PROXY ? section.argument() : null;
    }

    /** One {@code key=value}, checked. */
    static WorkerLine.Parameter parameter(String word, String url, String prefix) throws BadArgument {
        int equals = word.indexOf('=');
        String key = word.substring(0, equals);
        String value = word.substring(equals + 1);
        String complaint = new WorkerParameters.Reader().set(key, value);
        if (complaint != null) {
            throw new BadArgument(prefix + complaint + " " + key + "=" + value + "; " + url);
        }
        return new WorkerLine.Parameter(key, value);
    }

    private static boolean isKnown(String url, Scope scope) {
        List<WorkerLine> given = scope.given(ProxyModule.WORKERS);
        boolean here = given != null && given.stream().anyMatch(known -> url.startsWith(known.url()));
        // A virtual host also knows the main server's workers, which are not seen from here.
        return here || (!isMain(scope.place()) && ProxyUrl.parse(url) != null);
    }
}
