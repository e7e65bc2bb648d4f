package dev.sluice.compat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** A case taken through one server, in a root of its own. */
final class CaseRun {
    /** Every file served has this age, so that ETag and Last-Modified can be compared. */
    private static final FileTime FILE_TIME = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

    private static final Path PREAMBLE = Path.of("compat-tests/preamble.conf");

    private final CompatCase tested;
    private final ServerUnderTest server;
    private final Site site;
    private final Transcript transcript = new Transcript();

    CaseRun(CompatCase tested, ServerUnderTest server, Path root, Certificates certificates) {
        this.tested = tested;
        this.server = server;
        this.site = new Site(root, certificates);
    }

    Transcript run() throws IOException, InterruptedException {
        try (site) {
            HttpdProcess httpd = new HttpdProcess(
                    server, site.root(), prepare(), tested.rules().debianLayout());
            if (!tested.needsServer()) {
                takeSteps(httpd);
                collectLogs();
                return transcript;
            }
            try {
                if (starts(httpd)) {
                    takeSteps(httpd);
                }
            } finally {
                transcript.add("end", List.of(httpd.stop()));
            }
            collect(httpd);
            return transcript;
        }
    }

    private boolean starts(HttpdProcess httpd) throws InterruptedException {
        try {
            httpd.start();
            return true;
        } catch (IOException e) {
            transcript.add("start", same(String.valueOf(e.getMessage()).lines().toList()));
            return false;
        }
    }

    private Path prepare() throws IOException {
        Path root = site.root();
        Files.createDirectories(root.resolve("logs"));
        Files.createDirectories(root.resolve("docroot"));
        Files.createSymbolicLink(root.resolve("modules"), Site.MODULES);
        Path main = root.resolve(CompatCase.CONFIGURATION);
        if (tested.rules().debianLayout()) {
            main = DebianLayout.copy(root, site.port("PORT"), site.port("TLS_PORT"));
        }
        site.copy(PREAMBLE, root.resolve("preamble.conf"));
        try (Stream<Path> files = Files.walk(tested.folder())) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                Path to = root.resolve(tested.folder().relativize(file).toString());
                site.copy(file, to);
                Files.setLastModifiedTime(to, FILE_TIME);
            }
        }
        return main;
    }

    private void takeSteps(HttpdProcess httpd) throws IOException, InterruptedException {
        try (PlainClient plain = new PlainClient(site)) {
            Curl curl = new Curl(site);
            for (Step step : tested.steps()) {
                if (step.has("wait")) {
                    Thread.sleep(Integer.parseInt(step.option("wait")));
                }
                if (step.has("install")) {
                    install(step.option("install").split(" ", 2));
                }
                Result result = step.has("command")
                        ? httpd.run(site.fill(step.option("command")), step.all("env"))
                        : step.has("nghttp")
                                ? new Nghttp(site).perform(step)
                                : step.throughCurl() ? curl.perform(step) : plain.perform(step);
                transcript.outcome(step.title(), result.outcome());
                transcript.add(step.title(), same(result.lines()));
            }
        }
    }

    /** A file of the case takes the place of another, for a reload to find. */
    private void install(String... fromAndTo) throws IOException {
        Path from = site.root().resolve(fromAndTo[0]);
        Files.copy(from, site.root().resolve(fromAndTo[1]), StandardCopyOption.REPLACE_EXISTING);
    }

    private void collect(HttpdProcess httpd) throws IOException {
        transcript.add("console", same(Files.readAllLines(httpd.console())));
        List<String> seen = site.backends().sightings().lines();
        transcript.add("backends saw", same(tested.rules().backendConnections() ? seen : withoutNumbers(seen)));
        collectLogs();
    }

    private void collectLogs() throws IOException {
        try (Stream<Path> logs = Files.list(site.root().resolve("logs"))) {
            for (Path log : logs.sorted().toList()) {
                collectLog(log);
            }
        }
    }

    private static List<String> withoutNumbers(List<String> seen) {
        return seen.stream()
                .map(line -> line.replaceFirst("^(BACKEND_\\w+) connection.*", "$1"))
                .toList();
    }

    /** Threads write their lines as they come: the order of a log is no part of its meaning. */
    private void collectLog(Path log) throws IOException {
        List<String> lines = same(Files.readAllLines(log, StandardCharsets.ISO_8859_1));
        String name = String.valueOf(log.getFileName());
        if (name.startsWith("error")) {
            lines.stream()
                    .filter(line -> !Sameness.isOfLibrary(line) && !Sameness.isStumble(line))
                    .forEach(line -> transcript.addError(LogLine.of(line)));
        } else {
            transcript.add("log " + name, lines.stream().sorted().toList());
        }
    }

    private List<String> same(List<String> lines) {
        return Sameness.of(lines.stream()
                .map(site::name)
                .filter(line -> !tested.rules().ignores(line))
                .map(tested.rules()::rewrite)
                .toList());
    }
}
