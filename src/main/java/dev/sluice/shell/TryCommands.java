package dev.sluice.shell;

import dev.sluice.config.ConfigError;
import dev.sluice.lint.report.Json;
import dev.sluice.migrate.AccessLogQuestions;
import dev.sluice.migrate.AccessLogQuestions.Entry;
import dev.sluice.migrate.Asking;
import dev.sluice.migrate.Comparison;
import dev.sluice.migrate.ComparisonReport;
import dev.sluice.migrate.Host;
import dev.sluice.migrate.Question;
import dev.sluice.migrate.Site;
import dev.sluice.module.CannotStart;
import dev.sluice.modules.core.Address;
import dev.sluice.request.ErrorLog;
import dev.sluice.request.Level;
import dev.sluice.server.Explainer;
import dev.sluice.server.TrialServer;
import dev.sluice.source.SourceFile;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests to a server that is started for them, beside the one that runs. */
final class TryCommands {
    private static final int SHOWN_BODY = 4000;
    private static final int ASKED_OF_LOG = 1000;
    private static final int STEP = 100;
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final long NANOS = 1_000_000_000L;

    private TryCommands() {}

    static List<Command> all() {
        return List.of(
                new Command(
                        "try",
                        AskedUrl.USAGE,
                        "sends a request to a Sluice started for it on a loopback port",
                        "try https://www.example/app",
                        Command::none,
                        TryCommands::tryIt),
                new Command(
                        "compare",
                        "URL...|--log FILE [-n N] [--rate R] [--site SITE] [--apache ADDRESS[:PORT]] [--all-methods]"
                                + " [--report FILE.html|FILE.json]",
                        "asks the running Apache and a Sluice started for it the same, and shows what differs",
                        "compare --log /var/log/apache2/access.log -n 500 --rate 50",
                        (session, before) ->
                                List.of("--log", "-n", "--rate", "--site", "--apache", "--all-methods", "--report"),
                        (session, words, out) -> new Comparing().run(session, words, out)));
    }

    /** What the error log would be told, from warnings on. */
    private static ErrorLog complaints(List<String> lines) {
        return new ErrorLog() {
            @Override
            public boolean keeps(Level level, String module) {
                return level.isKeptAt(Level.WARN);
            }

            @Override
            public void log(Level level, String module, @Nullable HttpServerExchange exchange, String message) {
                if (keeps(level, module)) {
                    synchronized (lines) {
                        lines.add("[" + module + ":" + level.word() + "] " + message);
                    }
                }
            }
        };
    }

    private static Question question(Explainer.Asked asked) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < asked.fields().size(); i += 2) {
            fields.put(asked.fields().get(i), asked.fields().get(i + 1));
        }
        return new Question(asked.method(), asked.target(), asked.host(), asked.tls(), asked.local(), fields);
    }

    private static int tryIt(Session session, List<String> words, Out out) throws Command.Misuse {
        Question question = question(AskedUrl.read(words, session.sites()));
        List<String> log = new ArrayList<>();
        try (TrialServer server = TrialServer.start(session.trial(), complaints(log))) {
            List<String> answer = Asking.answer(server.standIn(question.local()), question, SHOWN_BODY);
            answer.forEach(line -> out.line(SourceFile.utf8(line)));
            synchronized (log) {
                log.forEach(line -> out.line("log: " + SourceFile.utf8(line)));
            }
            return Command.DONE;
        } catch (CannotStart | ConfigError | IOException e) {
            return cannot(e, out);
        }
    }

    private static int cannot(Exception e, Out out) {
        out.line("the configuration cannot be served: " + SourceFile.utf8(String.valueOf(e.getMessage()))
                + "; 'lint' says more");
        return Command.FOUND;
    }

    /** The words of one {@code compare}, and doing it. */
    private static final class Comparing {
        private final List<String> urls = new ArrayList<>();
        private final List<Question> questions = new ArrayList<>();
        private @Nullable String log;
        private @Nullable String site;
        private @Nullable String apache;
        private @Nullable String report;
        private int limit = ASKED_OF_LOG;
        private double rate;
        private boolean allMethods;

        int run(Session session, List<String> words, Out out) throws Command.Misuse {
            read(words);
            collect(session);
            try (TrialServer server = TrialServer.start(session.trial(), complaints(new ArrayList<>()))) {
                List<Comparison> all = ask(server, out);
                print(all, out);
                return all.stream().allMatch(Comparison::isSame) ? Command.DONE : Command.FOUND;
            } catch (CannotStart | ConfigError e) {
                return cannot(e, out);
            } catch (IOException | UncheckedIOException e) {
                out.line("compare: " + e.getMessage());
                return Command.MISUSE;
            }
        }

        private void read(List<String> words) throws Command.Misuse {
            for (int i = 0; i < words.size(); i++) {
                String word = words.get(i);
                if (word.equals("--all-methods")) {
                    allMethods = true;
                } else if (word.startsWith("-")) {
                    if (++i == words.size()) {
                        throw new Command.Misuse("'" + word + "' lacks its word");
                    }
                    option(word, words.get(i));
                } else {
                    urls.add(word);
                }
            }
            if (urls.isEmpty() == (log == null)) {
                throw new Command.Misuse("either URLs or --log FILE says what to ask");
            }
        }

        private void option(String name, String value) throws Command.Misuse {
            try {
                switch (name) {
                    case "--log" -> log = value;
                    case "--site" -> site = value;
                    case "--apache" -> apache = value;
                    case "--report" -> report = value;
                    case "-n" -> limit = Integer.parseInt(value);
                    case "--rate" -> rate = Double.parseDouble(value);
                    default -> throw new Command.Misuse("'" + name + "' is no option here");
                }
            } catch (NumberFormatException e) {
                throw new Command.Misuse(name + " takes a number, not '" + value + "'");
            }
        }

        private void collect(Session session) throws Command.Misuse {
            for (String url : urls) {
                questions.add(question(AskedUrl.read(List.of(url), session.sites())));
            }
            String file = log;
            if (file == null) {
                return;
            }
            try {
                for (Entry entry : AccessLogQuestions.of(Path.of(file), limit, allMethods)) {
                    questions.add(question(AskedUrl.read(words(session, entry), session.sites())));
                }
            } catch (IOException e) {
                throw new Command.Misuse("'" + file + "' cannot be read");
            }
            if (questions.isEmpty()) {
                throw new Command.Misuse("'" + file + "' has no requests that may be repeated");
            }
        }

        /** What a line of a log means: its host where it names one, else that of the site. */
        private List<String> words(Session session, Entry entry) throws Command.Misuse {
            String name = entry.host();
            if (name != null && site == null) {
                boolean tls = entry.port() == HTTPS
                        || session.sites().named(name).stream()
                                .flatMap(each -> each.hosts().stream())
                                .anyMatch(host -> host.isTls() && hasPort(host, entry.port()));
                return words(entry, name, tls, entry.port());
            }
            Site meant = site == null ? session.sites().all().get(0) : session.site(site);
            Host host = meant.hosts().stream()
                    .filter(Host::isTls)
                    .findFirst()
                    .orElse(meant.hosts().get(0));
            int port = host.addresses().stream()
                    .map(Address::parse)
                    .filter(address -> address != null && address.port() > 0)
                    .mapToInt(address -> address.port())
                    .findFirst()
                    .orElse(host.isTls() ? HTTPS : HTTP);
            String hostName = meant.isMain() || meant.name().contains(":") ? "localhost" : meant.name();
            return words(entry, hostName, host.isTls(), port);
        }

        private static boolean hasPort(Host host, int port) {
            return host.addresses().stream().anyMatch(address -> address.endsWith(":" + port));
        }

        private static List<String> words(Entry entry, String name, boolean tls, int port) {
            boolean usual = port == (tls ? HTTPS : HTTP);
            String url =
                    (tls ? "https://" : "http://") + name + (usual ? "" : ":" + port) + SourceFile.utf8(entry.target());
            return List.of(entry.method(), url);
        }

        private List<Comparison> ask(TrialServer server, Out out) throws Command.Misuse {
            Comparison.Place here = question -> {
                try {
                    return server.standIn(question.local());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            };
            InetSocketAddress named = apacheAddress();
            Comparison.Place there = question -> named == null
                    ? question.local()
                    : new InetSocketAddress(
                            named.getAddress(),
                            named.getPort() == 0 ? question.local().getPort() : named.getPort());
            List<Comparison> all = new ArrayList<>();
            long started = System.nanoTime();
            for (Question question : questions) {
                await(started, all.size());
                all.add(Comparison.of(question, there, here));
                if (all.size() % STEP == 0 && !out.isJson()) {
                    out.progress(ComparisonReport.summary(all) + ", " + (questions.size() - all.size()) + " to go");
                }
            }
            return all;
        }

        private void await(long started, int done) {
            if (rate <= 0) {
                return;
            }
            long wait = started + (long) (done / rate * NANOS) - System.nanoTime();
            if (wait > 0) {
                try {
                    Thread.sleep(wait / 1_000_000);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        private @Nullable InetSocketAddress apacheAddress() throws Command.Misuse {
            String given = apache;
            if (given == null) {
                return null;
            }
            Address address = Address.parse(given);
            String name = address == null ? null : address.host();
            if (address == null || name == null) {
                throw new Command.Misuse("'" + given + "' is no address");
            }
            try {
                return new InetSocketAddress(InetAddress.getByName(name), Math.max(0, address.port()));
            } catch (IOException e) {
                throw new Command.Misuse("'" + given + "' is no address");
            }
        }

        private void print(List<Comparison> all, Out out) throws IOException {
            String file = report;
            if (file != null) {
                String text = file.endsWith(".json") ? Json.of(ComparisonReport.json(all)) : ComparisonReport.html(all);
                Files.writeString(Path.of(file), text, StandardCharsets.UTF_8);
            }
            if (out.isJson()) {
                out.json(ComparisonReport.json(all));
                return;
            }
            Table table = new Table(List.of("request", "difference", "apache", "sluice"));
            ComparisonReport.rows(all).forEach(row -> table.rows().add(row));
            if (!table.rows().isEmpty()) {
                out.table(table);
                out.line("");
                Table causes = new Table(List.of("cause", "requests"));
                ComparisonReport.causes(all)
                        .forEach(cause -> causes.row(SourceFile.utf8(cause.what()), Integer.toString(cause.count())));
                out.table(causes);
                out.line("");
            }
            out.line(ComparisonReport.summary(all));
            if (file != null) {
                out.line("the report is in " + file);
            }
        }
    }
}
