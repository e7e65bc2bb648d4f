import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Puts the same load on apache2, nginx, haproxy and Sluice in turn, each as a reverse proxy before the same backend, and
 * prints what a request costs. README.md beside this file says what is measured and how to read it.
 */
public final class Bench {

    /** What is measured: how the client speaks, and how the server speaks with the backend. */
    enum Row {
        H1_H1("h1-h1", "h1 -> h1", 1 / 2.0),
        H2_H1("h2-h1", "h2 TLS -> h1", 1 / 3.0),
        H2C_H1("h2c-h1", "h2c -> h1", 1 / 3.0),
        H2C_H2C("h2c-h2c", "h2c -> h2c", Double.NaN),
        TLS_H1("tls-h1", "TLS h1 -> h1", Double.NaN);

        final String id;
        final String title;
        /** The most CPU a request may cost Sluice, as a part of what it costs apache2; NaN: no target. */
        final double cpuTarget;

        Row(String id, String title, double cpuTarget) {
            this.id = id;
            this.title = title;
            this.cpuTarget = cpuTarget;
        }

        boolean tls() {
            return this == H2_H1 || this == TLS_H1;
        }

        boolean http2() {
            return this == H2_H1 || this == H2C_H1 || this == H2C_H2C;
        }

        boolean http2Backend() {
            return this == H2C_H2C;
        }

        int port(Doors doors) {
            return switch (this) {
                case H1_H1 -> doors.h1;
                case H2C_H1 -> doors.h2c;
                case H2C_H2C -> doors.h2cToH2c;
                case H2_H1, TLS_H1 -> doors.tls;
            };
        }

        String url(Doors doors, Size size) {
            return (tls() ? "https" : "http") + "://127.0.0.1:" + port(doors) + "/" + size.id + ".txt";
        }

        static Row of(String id) {
            return pick("row", id, values(), r -> r.id);
        }
    }

    enum Size {
        SMALL("1k", 1024),
        LARGE("100k", 100 * 1024);

        final String id;
        final int bytes;

        Size(String id, int bytes) {
            this.id = id;
            this.bytes = bytes;
        }

        static Size of(String id) {
            return pick("size", id, values(), s -> s.id);
        }
    }

    enum Kind {
        APACHE2,
        NGINX,
        HAPROXY,
        SLUICE;

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind of(String id) {
            return pick("server", id, values(), Kind::id);
        }
    }

    /** The loopback ports of one server; nginx before 1.25 cannot tell h2c from h1 on one port, so each has its own. */
    record Doors(int h1, int h2c, int tls, int h2cToH2c) {}

    /** A row with a body size: one line of the result. */
    record Cell(Row row, Size size) {
        @Override
        public String toString() {
            return row.title + ", " + size.id;
        }
    }

    /**
     * One measuring window, or the median of several.
     *
     * @param p50 in milliseconds, as p99
     * @param cpu in microseconds per request, user and system, all processes of the server
     * @param memory proportional set size in KiB at the end of the window
     * @param peak the same, with what each process's high-water mark lies above its present resident set
     * @param elsewhere CPU time that neither the bench nor what it started used, as a part of all CPU time
     */
    record Sample(
            double rate,
            double p50,
            double p99,
            double cpu,
            double requests,
            double errors,
            double memory,
            double peak,
            double elsewhere) {

        static Sample median(List<Sample> of) {
            return new Sample(
                    median(of, Sample::rate),
                    median(of, Sample::p50),
                    median(of, Sample::p99),
                    median(of, Sample::cpu),
                    median(of, Sample::requests),
                    of.stream().mapToDouble(Sample::errors).sum(),
                    of.get(of.size() - 1).memory,
                    of.stream().mapToDouble(Sample::peak).max().orElse(0),
                    of.stream().mapToDouble(Sample::elsewhere).max().orElse(0));
        }

        private static double median(List<Sample> of, ToDoubleFunction<Sample> value) {
            double[] sorted = of.stream().mapToDouble(value).sorted().toArray();
            int middle = sorted.length / 2;
            return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        }
    }

    /** What a server did in a cell: its windows, or why there are none. */
    static final class Result {
        final List<Sample> samples = new ArrayList<>();
        String missing = "";

        Optional<Sample> median() {
            return samples.isEmpty() || !missing.isEmpty() ? Optional.empty() : Optional.of(Sample.median(samples));
        }
    }

    /** The measured thing does not do what the row asks for; the message says what it does. */
    static final class Unfit extends Exception {
        private static final long serialVersionUID = 1;

        Unfit(String message) {
            super(message);
        }
    }

    /** Held while a program is started, and from the beginning of the end. */
    private static final ReentrantLock STARTING = new ReentrantLock();

    private final Options options;
    private final Path root;
    private final List<Session> sessions = new CopyOnWriteArrayList<>();
    private final List<Server> servers = new ArrayList<>();
    private final Map<Cell, Map<Kind, Result>> results = new LinkedHashMap<>();

    private Bench(Options options, Path root) {
        this.options = options;
        this.root = root;
    }

    public static void main(String[] args) throws Exception {
        Options options;
        try {
            options = Options.read(args);
        } catch (IllegalArgumentException e) {
            System.err.println("bench: " + e.getMessage());
            System.exit(2);
            return;
        }
        if (options.help) {
            System.out.print(Options.HELP);
            return;
        }
        Path root = Files.createTempDirectory("sluice-bench");
        Bench bench = new Bench(options, root);
        Runtime.getRuntime().addShutdownHook(new Thread(bench::close));
        try {
            System.exit(bench.run());
        } catch (Unfit e) {
            System.err.println("bench: the backend " + e.getMessage());
            System.exit(2);
        }
    }

    private int run() throws Exception {
        for (String tool : List.of("nginx", "wrk", "h2load", "curl", "setsid")) {
            if (Tools.find(tool).isEmpty()) {
                System.err.println("bench: no " + tool + " on the PATH; the backend and the clients need it");
                return 2;
            }
        }
        Backend backend = Backend.start(root, this);
        for (Kind kind : options.servers) {
            Server server = new Server(kind, root.resolve(kind.id()), backend);
            servers.add(server);
            server.start(this);
            say(kind.id() + ": " + (server.missing.isEmpty() ? server.version : server.missing));
        }
        for (Row row : options.rows) {
            for (Size size : options.sizes) {
                measure(new Cell(row, size));
            }
        }
        Report report = new Report(options, servers, results);
        report.printRatios();
        if (options.json != null) {
            Files.writeString(options.json, report.json());
        }
        return options.check && !report.targetsAreMet() ? 1 : 0;
    }

    private void measure(Cell cell) throws Exception {
        Map<Kind, Result> row = new LinkedHashMap<>();
        results.put(cell, row);
        for (Server server : servers) {
            Result result = new Result();
            row.put(server.kind, result);
            result.missing = server.whyNot(cell);
            if (result.missing.isEmpty()) {
                int seconds = server.kind == Kind.SLUICE ? options.jvmWarmUp : options.warmUp;
                say(cell + ": warming " + server.kind.id() + " up for " + seconds + " s");
                attempt(result, () -> window(server, cell, seconds));
            }
        }
        for (int round = 1; round <= options.rounds; round++) {
            for (Server server : servers) {
                Result result = row.get(server.kind);
                if (result.missing.isEmpty()) {
                    say(cell + ": round " + round + " of " + options.rounds + ", " + server.kind.id());
                    attempt(result, () -> result.samples.add(window(server, cell, options.seconds)));
                }
            }
        }
        Report.print(cell, row);
    }

    private interface Attempt {
        void run() throws Exception;
    }

    private static void attempt(Result result, Attempt attempt) throws Exception {
        try {
            attempt.run();
        } catch (Unfit e) {
            result.missing = e.getMessage();
        }
    }

    /** The servers run all the time; what an idle one uses beside the measured one counts as the bench's own. */
    private Sample window(Server server, Cell cell, int seconds) throws Exception {
        TimeUnit.MILLISECONDS.sleep(200);
        long[] machineBefore = Proc.machineTicks();
        long ownBefore = ownTicks();
        long cpuBefore = server.session.ticks();

        Load load = cell.row.http2()
                ? Load.h2load(options, cell.row.url(server.doors, cell.size), seconds, root)
                : Load.wrk(options, cell.row.url(server.doors, cell.size), seconds, root);

        long cpu = server.session.ticks() - cpuBefore;
        long own = ownTicks() - ownBefore;
        long[] machine = Proc.machineTicks();
        if (!server.session.isAlive()) {
            throw new Unfit("ended while it was measured: " + server.session.lastWords());
        }
        if (load.requests == 0) {
            throw new Unfit("answered no request (" + load.errors + " errors)");
        }
        long busy = machine[0] - machineBefore[0];
        double elsewhere = Math.max(0, busy - own) / (double) Math.max(1, machine[1] - machineBefore[1]);
        Proc.Memory memory = server.session.memory();
        return new Sample(
                load.requests / load.seconds,
                load.p50Micros / 1000,
                load.p99Micros / 1000,
                cpu * Proc.MICROS_PER_TICK / load.requests,
                load.requests,
                load.errors,
                memory.now,
                memory.peak,
                elsewhere);
    }

    private long ownTicks() {
        return Proc.selfTicks() + sessions.stream().mapToLong(Session::ticks).sum();
    }

    Session start(Path log, List<String> command) throws IOException {
        Session session = new Session(log, command);
        sessions.add(session);
        return session;
    }

    /** Keeps the lock to the end: whoever would start or judge a program meanwhile waits until the JVM has gone. */
    private void close() {
        STARTING.lock();
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroy);
        sessions.forEach(Session::kill);
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        if (options.keep) {
            say("kept " + root);
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            say("left " + root + ": " + e.getMessage());
        }
    }

    private static void say(String progress) {
        System.err.println("  " + progress);
    }

    private static <T> T pick(String what, String id, T[] values, Function<T, String> ids) {
        return Arrays.stream(values)
                .filter(v -> ids.apply(v).equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(what + " '" + id + "' (expected: "
                        + Arrays.stream(values).map(ids).collect(Collectors.joining(", ")) + ")"));
    }

    /** The command line. */
    static final class Options {
        static final String HELP =
                """
                run [--rows h1-h1,h2-h1,h2c-h1,h2c-h2c,tls-h1] [--size 1k,100k] [--servers apache2,nginx,haproxy,sluice]
                    [--rounds 3] [--seconds 5]         windows of each server in each row, and how long each is
                    [--warmup 1] [--jvm-warmup 8]      seconds of load before the first round of a row
                    [--connections 32]                 of wrk (h1 rows)
                    [--clients 8] [--streams 16]       of h2load (h2 rows): connections, and requests at a time on each
                    [--threads N]                      of wrk and h2load (default: half the processors)
                    [--json FILE]                      everything, each window included
                    [--check]                          exit code 1 if Sluice misses a target
                    [--keep]                           leave the temporary root with configurations and logs
                """;

        List<Row> rows = List.of(Row.values());
        List<Size> sizes = List.of(Size.values());
        List<Kind> servers = List.of(Kind.values());
        int rounds = 3;
        int seconds = 5;
        int warmUp = 1;
        int jvmWarmUp = 8;
        int connections = 32;
        int clients = 8;
        int streams = 16;
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        Path json;
        boolean check;
        boolean keep;
        boolean help;

        static Options read(String[] args) {
            Options o = new Options();
            for (int i = 0; i < args.length; i++) {
                switch (args[i]) {
                    case "--check" -> o.check = true;
                    case "--keep" -> o.keep = true;
                    case "--help", "-h" -> o.help = true;
                    default -> {
                        if (i + 1 == args.length) {
                            throw new IllegalArgumentException(
                                    "'" + args[i] + "' is no option, or lacks its value; see --help");
                        }
                        o.set(args[i], args[++i]);
                    }
                }
            }
            if (o.clients < o.threads || o.connections < o.threads) {
                throw new IllegalArgumentException("more threads than connections: " + o.threads);
            }
            return o;
        }

        private void set(String name, String value) {
            switch (name) {
                case "--rows" -> rows = split(value).map(Row::of).toList();
                case "--size" -> sizes = split(value).map(Size::of).toList();
                case "--servers" -> servers = split(value).map(Kind::of).toList();
                case "--rounds" -> rounds = positive(name, value);
                case "--seconds" -> seconds = positive(name, value);
                case "--warmup" -> warmUp = positive(name, value);
                case "--jvm-warmup" -> jvmWarmUp = positive(name, value);
                case "--connections" -> connections = positive(name, value);
                case "--clients" -> clients = positive(name, value);
                case "--streams" -> streams = positive(name, value);
                case "--threads" -> threads = positive(name, value);
                case "--json" -> json = Path.of(value).toAbsolutePath();
                default -> throw new IllegalArgumentException("'" + name + "' is no option; see --help");
            }
        }

        private static Stream<String> split(String list) {
            return Arrays.stream(list.split(",")).distinct();
        }

        private static int positive(String name, String value) {
            if (!value.matches("[1-9][0-9]{0,5}")) {
                throw new IllegalArgumentException(name + ": " + value + " (expected: a number from 1)");
            }
            return Integer.parseInt(value);
        }
    }

    /** nginx serving two files, over h1 on one port and over h2c on another. */
    record Backend(int h1, int h2c, Session session) {

        static Backend start(Path root, Bench bench) throws Exception {
            openToAll(root);
            Path home = Files.createDirectories(root.resolve("backend"));
            openToAll(home);
            Path bodies = Files.createDirectories(home.resolve("bodies"));
            openToAll(bodies);
            for (Size size : Size.values()) {
                Path body =
                        Files.writeString(bodies.resolve(size.id + ".txt"), "0123456789abcdef".repeat(size.bytes / 16));
                body.toFile().setReadable(true, false);
            }
            int[] ports = Ports.free(2);
            Path conf = Files.writeString(home.resolve("nginx.conf"), configuration(home, bodies, ports));
            Session session = bench.start(home.resolve("output.log"), nginx(home, conf));
            session.awaitPorts(10, ports);
            return new Backend(ports[0], ports[1], session);
        }

        private static String configuration(Path home, Path bodies, int[] ports) {
            return Server.nginxHead(home)
                    + """
                        access_log off;
                        keepalive_timeout 600s;
                        keepalive_requests 100000000;
                        open_file_cache max=10;
                        add_header X-Backend-Protocol $server_protocol;
                        server { listen 127.0.0.1:%d; root %s; }
                        server { listen 127.0.0.1:%d http2; root %s; }
                    }
                    """
                            .formatted(ports[0], bodies, ports[1], bodies);
        }

        static List<String> nginx(Path home, Path conf) {
            return List.of(
                    Tools.find("nginx").orElseThrow().toString(),
                    "-p",
                    home + "/",
                    "-c",
                    conf.toString(),
                    "-e",
                    home + "/error.log");
        }
    }

    /** One of the measured: its configuration, its processes, and what it cannot do. */
    static final class Server {
        final Kind kind;
        final Path home;
        final Backend backend;
        Doors doors = new Doors(0, 0, 0, 0);
        Session session;
        String version = "";
        /** Why it cannot be measured at all; empty while it can. */
        String missing = "";
        /** Why it cannot speak h2 with a backend; empty where it can. */
        String noHttp2Backend = "";

        Server(Kind kind, Path home, Backend backend) {
            this.kind = kind;
            this.home = home;
            this.backend = backend;
        }

        void start(Bench bench) throws Exception {
            Optional<Path> program = program();
            if (program.isEmpty()) {
                missing = kind == Kind.SLUICE ? "no bin/httpd in " + Tools.PROJECT : "not installed";
                return;
            }
            version = Tools.firstLine(List.of(program.get().toString(), "-v"));
            openToAll(Files.createDirectories(home));
            Path conf = home.resolve(
                    kind == Kind.NGINX ? "nginx.conf" : kind == Kind.HAPROXY ? "haproxy.cfg" : "httpd.conf");
            try {
                Certificate.write(home);
                switch (kind) {
                    case NGINX -> {
                        noHttp2Backend = "-";
                        launch(bench, conf, Backend.nginx(home, conf), this::nginxConf);
                    }
                    case HAPROXY ->
                        launch(
                                bench,
                                conf,
                                List.of(program.get().toString(), "-db", "-f", conf.toString()),
                                this::haproxyCfg);
                    case APACHE2, SLUICE -> launchHttpd(bench, conf, program.get());
                }
            } catch (Unfit e) {
                missing = e.getMessage();
            }
        }

        /** Without its h2c backend where it does not start with it, so that the other rows go on. */
        private void launchHttpd(Bench bench, Path conf, Path program) throws Exception {
            List<String> command =
                    List.of(program.toString(), "-f", conf.toString(), "-d", home.toString(), "-DFOREGROUND");
            try {
                launch(bench, conf, append(command, "-DH2_BACKEND"), this::httpdConf);
            } catch (Unfit e) {
                launch(bench, conf, command, this::httpdConf);
                noHttp2Backend = "with mod_proxy_http2 it " + e.getMessage();
            }
        }

        private void launch(Bench bench, Path conf, List<String> command, Function<Doors, String> text)
                throws Exception {
            int[] ports = Ports.free(4);
            doors = new Doors(ports[0], ports[1], ports[2], ports[3]);
            Files.writeString(conf, text.apply(doors));
            Files.deleteIfExists(home.resolve("httpd.pid")); // of a first attempt that was killed
            session = bench.start(home.resolve("output.log"), command);
            boolean withoutHttp2Backend =
                    !noHttp2Backend.isEmpty() || !command.contains("-DH2_BACKEND") && kind != Kind.HAPROXY;
            session.awaitPorts(20, withoutHttp2Backend ? Arrays.copyOf(ports, 3) : ports);
        }

        private Optional<Path> program() {
            return switch (kind) {
                case APACHE2 -> Tools.find("apache2").or(() -> Tools.find("httpd"));
                case SLUICE -> Optional.of(Tools.PROJECT.resolve("bin/httpd")).filter(Files::isExecutable);
                case NGINX, HAPROXY -> Tools.find(kind.id());
            };
        }

        /** Why this row cannot be measured; empty when the answer is the right one over the right protocols. */
        String whyNot(Cell cell) throws Exception {
            if (!missing.isEmpty()) {
                return missing;
            }
            if (!session.isAlive()) {
                return "has ended: " + session.lastWords();
            }
            if (cell.row.http2Backend() && !noHttp2Backend.isEmpty()) {
                return noHttp2Backend;
            }
            String protocol = !cell.row.http2() ? "--http1.1" : cell.row.tls() ? "--http2" : "--http2-prior-knowledge";
            String answer = Tools.output(List.of(
                    "curl",
                    "-sk",
                    "-m",
                    "10",
                    protocol,
                    "-o",
                    "/dev/null",
                    "-D",
                    "-",
                    "-w",
                    "%{http_code} %{size_download} %{http_version}",
                    cell.row.url(doors, cell.size)));
            String expected = "200 " + cell.size.bytes + (cell.row.http2() ? " 2" : " 1.1");
            String summary = answer.substring(answer.lastIndexOf('\n') + 1).trim();
            if (!summary.equals(expected)) {
                return "answers '" + summary + "' (expected: '" + expected + "')";
            }
            String spoken = cell.row.http2Backend() ? "http/2.0" : "http/1.";
            if (!answer.toLowerCase(Locale.ROOT).contains("x-backend-protocol: " + spoken)) {
                return "does not speak " + spoken + " with the backend";
            }
            return "";
        }

        private String httpdConf(Doors d) {
            return """
                    ServerRoot "%1$s"
                    ServerName localhost
                    PidFile "%1$s/httpd.pid"
                    %2$s
                    User %3$s
                    Group %4$s

                    Listen 127.0.0.1:%5$d
                    Listen 127.0.0.1:%6$d
                    Listen 127.0.0.1:%7$d https
                    <IfDefine H2_BACKEND>
                    Listen 127.0.0.1:%8$d
                    </IfDefine>

                    StartServers 2
                    MinSpareThreads 25
                    MaxSpareThreads 150
                    ThreadLimit 64
                    ThreadsPerChild 25
                    MaxRequestWorkers 150
                    MaxConnectionsPerChild 0

                    Timeout 60
                    KeepAlive On
                    MaxKeepAliveRequests 0
                    KeepAliveTimeout 60

                    ErrorLog "%1$s/error.log"
                    LogLevel warn
                    LogFormat "%%h %%l %%u %%t \\"%%r\\" %%>s %%b \\"%%{Referer}i\\" \\"%%{User-Agent}i\\"" combined
                    CustomLog "%1$s/access.log" combined

                    <VirtualHost 127.0.0.1:%5$d>
                        Protocols http/1.1
                        ProxyPass "/" "http://127.0.0.1:%9$d/"
                    </VirtualHost>

                    <VirtualHost 127.0.0.1:%6$d>
                        Protocols h2c http/1.1
                        ProxyPass "/" "http://127.0.0.1:%9$d/"
                    </VirtualHost>

                    <VirtualHost 127.0.0.1:%7$d>
                        Protocols h2 http/1.1
                        SSLEngine on
                        SSLProtocol -all +TLSv1.2 +TLSv1.3
                        SSLCertificateFile "%1$s/cert.pem"
                        SSLCertificateKeyFile "%1$s/key.pem"
                        ProxyPass "/" "http://127.0.0.1:%9$d/"
                    </VirtualHost>

                    <IfDefine H2_BACKEND>
                    <VirtualHost 127.0.0.1:%8$d>
                        Protocols h2c http/1.1
                        ProxyPass "/" "h2c://127.0.0.1:%10$d/"
                    </VirtualHost>
                    </IfDefine>
                    """
                    .formatted(
                            home,
                            modules(),
                            Account.user(),
                            Account.group(),
                            d.h1,
                            d.h2c,
                            d.tls,
                            d.h2cToH2c,
                            backend.h1,
                            backend.h2c);
        }

        private static String modules() {
            Path folder = Stream.of(
                            "/usr/lib/apache2/modules", "/usr/lib64/httpd/modules", "/usr/local/apache2/modules")
                    .map(Path::of)
                    .filter(Files::isDirectory)
                    .findFirst()
                    .orElse(Path.of("modules"));
            String always = Stream.of(
                            "mpm_event", "unixd", "authz_core", "log_config", "ssl", "http2", "proxy", "proxy_http")
                    .map(name -> load(folder, name))
                    .collect(Collectors.joining());
            return always + "<IfDefine H2_BACKEND>\n" + load(folder, "proxy_http2") + "</IfDefine>\n";
        }

        /** Under a condition, since a build may have it linked in (Debian's mod_log_config and mod_unixd). */
        private static String load(Path folder, String name) {
            return "<IfModule !%2$s_module>\n    LoadModule %2$s_module \"%1$s/mod_%2$s.so\"\n</IfModule>\n"
                    .formatted(folder, name);
        }

        static String nginxHead(Path home) {
            return (Account.isRoot() ? "user " + Account.user() + " " + Account.group() + ";\n" : "")
                    + """
                    daemon off;
                    worker_processes auto;
                    worker_rlimit_nofile 8192;
                    pid %1$s/nginx.pid;
                    error_log %1$s/error.log warn;
                    events { worker_connections 4096; }
                    http {
                        client_body_temp_path %1$s/client;
                        proxy_temp_path %1$s/proxy;
                        fastcgi_temp_path %1$s/fastcgi;
                        uwsgi_temp_path %1$s/uwsgi;
                        scgi_temp_path %1$s/scgi;
                        default_type text/plain;
                        sendfile on;
                        tcp_nopush on;
                    """
                            .formatted(home);
        }

        private String nginxConf(Doors d) {
            return nginxHead(home)
                    + """
                        access_log %1$s/access.log combined;
                        keepalive_timeout 60s;
                        keepalive_requests 100000000;
                        ssl_protocols TLSv1.2 TLSv1.3;
                        ssl_certificate %1$s/cert.pem;
                        ssl_certificate_key %1$s/key.pem;
                        upstream backend {
                            server 127.0.0.1:%2$d;
                            keepalive 256;
                            keepalive_requests 100000000;
                        }
                        proxy_http_version 1.1;
                        proxy_set_header Connection "";
                        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                        proxy_max_temp_file_size 0;
                        server { listen 127.0.0.1:%3$d; location / { proxy_pass http://backend; } }
                        server { listen 127.0.0.1:%4$d http2; location / { proxy_pass http://backend; } }
                        server { listen 127.0.0.1:%5$d ssl http2; location / { proxy_pass http://backend; } }
                    }
                    """
                            .formatted(home, backend.h1, d.h1, d.h2c, d.tls);
        }

        private String haproxyCfg(Doors d) throws UncheckedIOException {
            return """
                    global
                        log stdout format raw local0
                        maxconn 4096
                        ssl-default-bind-options ssl-min-ver TLSv1.2

                    defaults
                        mode http
                        log global
                        log-format "%%ci - - [%%trl] %%{+Q}r %%ST %%B %%{+Q}[capture.req.hdr(0)] %%{+Q}[capture.req.hdr(1)]"
                        timeout connect 10s
                        timeout client 60s
                        timeout server 60s
                        timeout http-keep-alive 60s
                        http-reuse always
                        option forwardfor

                    frontend to_h1
                        bind 127.0.0.1:%2$d
                        bind 127.0.0.1:%3$d proto h2
                        bind 127.0.0.1:%4$d ssl crt %1$s/both.pem alpn h2,http/1.1
                        http-request capture req.hdr(Referer) len 64
                        http-request capture req.hdr(User-Agent) len 64
                        default_backend h1

                    frontend to_h2c
                        bind 127.0.0.1:%5$d proto h2
                        http-request capture req.hdr(Referer) len 64
                        http-request capture req.hdr(User-Agent) len 64
                        default_backend h2c

                    backend h1
                        server nginx 127.0.0.1:%6$d

                    backend h2c
                        server nginx 127.0.0.1:%7$d proto h2
                    """
                    .formatted(home, d.h1, d.h2c, d.tls, d.h2cToH2c, backend.h1, backend.h2c);
        }

        private static List<String> append(List<String> command, String word) {
            return Stream.concat(command.stream(), Stream.of(word)).toList();
        }
    }

    /** Who the workers run as; only root may and must say it. */
    static final class Account {
        static boolean isRoot() {
            return "root".equals(System.getProperty("user.name"));
        }

        static String user() {
            return isRoot() ? row()[0] : System.getProperty("user.name");
        }

        static String group() {
            String id = row()[3];
            return lines("/etc/group")
                    .filter(g -> g[2].equals(id))
                    .map(g -> g[0])
                    .findFirst()
                    .orElse("#" + id);
        }

        private static String[] row() {
            List<String> wanted =
                    isRoot() ? List.of("www-data", "apache", "nobody") : List.of(System.getProperty("user.name"));
            return lines("/etc/passwd")
                    .filter(u -> wanted.contains(u[0]))
                    .min(Comparator.comparing(u -> wanted.indexOf(u[0])))
                    .orElseThrow(() -> new IllegalStateException("none of " + wanted + " in /etc/passwd"));
        }

        private static Stream<String[]> lines(String file) {
            try {
                return Files.readAllLines(Path.of(file)).stream()
                        .map(l -> l.split(":", -1))
                        .filter(f -> f.length > 3);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** One certificate for all, ECDSA P-256 with SHA-256, made once by the JDK's keytool. */
    static final class Certificate {
        private static String pem;
        private static String key;

        static void write(Path home) throws Exception {
            if (pem == null) {
                make(home);
            }
            Files.writeString(home.resolve("cert.pem"), pem);
            Files.writeString(home.resolve("key.pem"), key);
            Files.writeString(home.resolve("both.pem"), pem + key);
        }

        private static void make(Path home) throws Exception {
            Path store = home.resolve("keys.p12");
            Tools.output(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-keyalg",
                    "EC",
                    "-groupname",
                    "secp256r1",
                    "-sigalg",
                    "SHA256withECDSA",
                    "-alias",
                    "bench",
                    "-dname",
                    "CN=localhost",
                    "-ext",
                    "san=dns:localhost,ip:127.0.0.1",
                    "-validity",
                    "30",
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    "changeit",
                    "-keystore",
                    store.toString()));
            KeyStore keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
            pem = block("CERTIFICATE", keys.getCertificate("bench").getEncoded());
            key = block(
                    "PRIVATE KEY",
                    keys.getKey("bench", "changeit".toCharArray()).getEncoded());
        }

        private static String block(String type, byte[] der) {
            String base64 = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(der);
            return "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n";
        }
    }

    /** What a client saw in one window. */
    record Load(long requests, double seconds, double p50Micros, double p99Micros, long errors) {

        /** Runs once, after the last request: a script that touches requests would slow wrk down. */
        private static final String WRK_SUMMARY =
                """
                done = function(summary, latency, requests)
                    local e = summary.errors
                    io.write(string.format("summary %d %d %.0f %.0f %d\\n", summary.requests, summary.duration,
                        latency:percentile(50), latency:percentile(99),
                        e.connect + e.read + e.write + e.status + e.timeout))
                end
                """;

        private static final Pattern WRK = Pattern.compile("summary (\\d+) (\\d+) (\\d+) (\\d+) (\\d+)");
        private static final Pattern H2LOAD = Pattern.compile(
                "requests: \\d+ total, \\d+ started, (\\d+) done, (\\d+) succeeded, (\\d+) failed, (\\d+) errored,"
                        + " (\\d+) timeout");

        static Load wrk(Options options, String url, int seconds, Path root) throws Exception {
            Path script = Files.writeString(root.resolve("summary.lua"), WRK_SUMMARY);
            String output = Tools.output(
                    seconds + 30,
                    List.of(
                            "wrk",
                            "-t",
                            "" + options.threads,
                            "-c",
                            "" + options.connections,
                            "-d",
                            seconds + "s",
                            "--timeout",
                            "10s",
                            "-s",
                            script.toString(),
                            url));
            Matcher m = WRK.matcher(output);
            if (!m.find()) {
                throw new Unfit("wrk gave no summary: " + lastLine(output));
            }
            double[] n = new double[6];
            for (int i = 1; i < n.length; i++) {
                n[i] = Double.parseDouble(m.group(i));
            }
            return new Load((long) n[1], n[2] / 1e6, n[3], n[4], (long) n[5]);
        }

        /** h2load prints no percentiles, but logs every request. */
        static Load h2load(Options options, String url, int seconds, Path root) throws Exception {
            Path log = root.resolve("h2load.log");
            Files.deleteIfExists(log);
            String output = Tools.output(
                    seconds + 30,
                    List.of(
                            "h2load",
                            "-t",
                            "" + options.threads,
                            "-c",
                            "" + options.clients,
                            "-m",
                            "" + options.streams,
                            "-D",
                            seconds + "s",
                            "--log-file=" + log,
                            url));
            Matcher m = H2LOAD.matcher(output);
            if (!m.find()) {
                throw new Unfit("h2load gave no summary: " + lastLine(output));
            }
            double[] micros = okTimes(log);
            long succeeded = Long.parseLong(m.group(2));
            long failed = Long.parseLong(m.group(3)) + Long.parseLong(m.group(5));
            return new Load(succeeded, seconds, percentile(micros, 50), percentile(micros, 99), failed);
        }

        private static double[] okTimes(Path log) throws IOException {
            if (!Files.exists(log)) {
                return new double[0];
            }
            try (Stream<String> lines = Files.lines(log)) {
                return lines.map(l -> l.split("\t"))
                        .filter(f -> f.length >= 3 && f[1].startsWith("2"))
                        .mapToDouble(f -> Double.parseDouble(f[2]))
                        .sorted()
                        .toArray();
            }
        }

        private static double percentile(double[] sorted, int percent) {
            return sorted.length == 0 ? Double.NaN : sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
        }

        private static String lastLine(String output) {
            return output.strip().lines().reduce("", (a, b) -> b);
        }
    }

    /**
     * A started program and all its processes: it is put into a POSIX session of its own, so that its children are found
     * although their parent has gone, and a Ctrl-C reaches the bench first.
     */
    static final class Session {
        private final Process process;
        private final Path log;

        Session(Path log, List<String> command) throws IOException {
            this.log = log;
            List<String> words = new ArrayList<>(List.of("setsid"));
            words.addAll(command);
            this.process = Tools.start(new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(log.toFile()));
        }

        void awaitPorts(int seconds, int... ports) throws Exception {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            for (int port : ports) {
                while (!Ports.listens(port)) {
                    if (!process.isAlive()) {
                        throw new Unfit("does not start: " + lastWords());
                    }
                    if (System.nanoTime() > end) {
                        kill();
                        throw new Unfit("does not listen on its ports within " + seconds + " s: " + lastWords());
                    }
                    TimeUnit.MILLISECONDS.sleep(20);
                }
            }
        }

        boolean isAlive() {
            return process.isAlive();
        }

        /** CPU time so far in clock ticks, that of ended and awaited children included. */
        long ticks() {
            return pids().mapToLong(Proc::ticks).sum();
        }

        Proc.Memory memory() {
            return pids().map(Proc.Memory::of).reduce(new Proc.Memory(0, 0), Proc.Memory::plus);
        }

        private Stream<Long> pids() {
            return Proc.all().filter(pid -> Proc.session(pid) == process.pid());
        }

        /** Asks, waits for three seconds at most, then takes away what is left, orphans included. */
        void kill() {
            process.destroy();
            try {
                process.waitFor(3, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            pids().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        }

        String lastWords() throws IOException {
            String text = Files.readString(log, UTF_8).strip();
            Path errors = log.resolveSibling("error.log");
            if (text.isEmpty() && Files.exists(errors)) {
                text = Files.readString(errors, UTF_8).strip();
            }
            List<String> lines = text.lines().toList();
            return lines.isEmpty()
                    ? "(it printed nothing)"
                    : String.join(" | ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
        }
    }

    /** Linux's /proc, read without a word about a process that has gone meanwhile: it counts nothing. */
    static final class Proc {
        static final double MICROS_PER_TICK = 1e6 / Tools.clockTicks();

        /** Places in /proc/PID/stat after the command's closing parenthesis. */
        private static final int SESSION = 3;

        private static final int UTIME = 11;
        private static final int CSTIME = 14;

        static Stream<Long> all() {
            String[] names =
                    Path.of("/proc").toFile().list((folder, name) -> name.charAt(0) >= '1' && name.charAt(0) <= '9');
            return Arrays.stream(names == null ? new String[0] : names).map(Long::valueOf).toList().stream();
        }

        static long session(long pid) {
            String[] stat = stat(Long.toString(pid));
            return stat.length == 0 ? -1 : Long.parseLong(stat[SESSION]);
        }

        static long ticks(long pid) {
            return ticks(stat(Long.toString(pid)));
        }

        /** The bench itself with the clients it has run. */
        static long selfTicks() {
            return ticks(stat("self"));
        }

        private static long ticks(String[] stat) {
            long sum = 0;
            for (int i = UTIME; i <= CSTIME && i < stat.length; i++) {
                sum += Long.parseLong(stat[i]);
            }
            return sum;
        }

        private static String[] stat(String pid) {
            String line = read(Path.of("/proc", pid, "stat"));
            return line.isEmpty()
                    ? new String[0]
                    : line.substring(line.lastIndexOf(')') + 2).trim().split(" ");
        }

        /** Busy and all clock ticks of all processors. */
        static long[] machineTicks() {
            String[] fields = read(Path.of("/proc/stat"))
                    .lines()
                    .findFirst()
                    .orElseThrow()
                    .trim()
                    .split(" +");
            long all = 0;
            for (int i = 1; i <= 8; i++) {
                all += Long.parseLong(fields[i]);
            }
            long idle = Long.parseLong(fields[4]) + Long.parseLong(fields[5]);
            return new long[] {all - idle, all};
        }

        private static String read(Path file) {
            try {
                return Files.readString(file);
            } catch (NoSuchFileException e) {
                return "";
            } catch (IOException e) {
                return ""; // ESRCH: the process ended between opening and reading
            }
        }

        /** In KiB. */
        record Memory(long now, long peak) {
            static Memory of(long pid) {
                long pss = field(read(Path.of("/proc/" + pid + "/smaps_rollup")), "Pss:");
                String status = read(Path.of("/proc/" + pid + "/status"));
                return new Memory(pss, pss + field(status, "VmHWM:") - field(status, "VmRSS:"));
            }

            Memory plus(Memory other) {
                return new Memory(now + other.now, peak + other.peak);
            }

            private static long field(String text, String name) {
                return text.lines()
                        .filter(l -> l.startsWith(name))
                        .mapToLong(l -> Long.parseLong(l.replaceAll("[^0-9]", "")))
                        .findFirst()
                        .orElse(0);
            }
        }
    }

    /** Below the kernel's range for outgoing connections, which would otherwise take them away again. */
    static final class Ports {
        private static final Set<Integer> GIVEN = new HashSet<>();

        static int[] free(int count) throws IOException {
            int[] ports = new int[count];
            for (int i = 0; i < count; ) {
                int port = ThreadLocalRandom.current().nextInt(20_001, 32_000);
                if (!GIVEN.contains(port) && isFree(port)) {
                    GIVEN.add(port);
                    ports[i++] = port;
                }
            }
            return ports;
        }

        private static boolean isFree(int port) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.isBound();
            } catch (IOException e) {
                return false;
            }
        }

        static boolean listens(int port) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
                return true;
            } catch (IOException e) {
                return false;
            }
        }
    }

    /** Other programs. */
    static final class Tools {
        static final Path PROJECT =
                Path.of(System.getProperty("bench.project", "")).toAbsolutePath();

        static Optional<Path> find(String name) {
            return Stream.concat(
                            Arrays.stream(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/usr/local/sbin"))
                    .map(folder -> Path.of(folder, name))
                    .filter(Files::isExecutable)
                    .findFirst();
        }

        static String output(List<String> command) throws Exception {
            return output(30, command);
        }

        static String output(int seconds, List<String> command) throws Exception {
            Process process = start(new ProcessBuilder(command).redirectErrorStream(true));
            Thread watch = new Thread(() -> destroyAfter(process, seconds));
            watch.setDaemon(true);
            watch.start();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            process.waitFor();
            STARTING.lock();
            STARTING.unlock();
            return output;
        }

        static Process start(ProcessBuilder builder) throws IOException {
            STARTING.lock();
            try {
                return builder.start();
            } finally {
                STARTING.unlock();
            }
        }

        private static void destroyAfter(Process process, int seconds) {
            try {
                if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
            }
        }

        static String firstLine(List<String> command) throws Exception {
            return output(command)
                    .lines()
                    .filter(l -> !l.isBlank())
                    .findFirst()
                    .orElse("")
                    .trim();
        }

        static double clockTicks() {
            try {
                return Double.parseDouble(firstLine(List.of("getconf", "CLK_TCK")));
            } catch (Exception e) {
                return 100;
            }
        }
    }

    private static void openToAll(Path folder) {
        folder.toFile().setExecutable(true, false);
        folder.toFile().setReadable(true, false);
    }

    /** What is printed. */
    static final class Report {
        private final Options options;
        private final List<Server> servers;
        private final Map<Cell, Map<Kind, Result>> results;

        Report(Options options, List<Server> servers, Map<Cell, Map<Kind, Result>> results) {
            this.options = options;
            this.servers = servers;
            this.results = results;
        }

        static void print(Cell cell, Map<Kind, Result> row) {
            System.out.printf("%n%s%n", cell);
            System.out.printf(
                    "  %-8s %10s %9s %9s %10s %9s %9s %7s   %s%n",
                    "",
                    "req/s",
                    "p50 ms",
                    "p99 ms",
                    "CPU us/req",
                    "MiB now",
                    "MiB peak",
                    "errors",
                    "as ratio to apache2: req/s p50 p99 CPU memory");
            Optional<Sample> apache =
                    row.containsKey(Kind.APACHE2) ? row.get(Kind.APACHE2).median() : Optional.empty();
            row.forEach((kind, result) -> print(kind, result, apache));
            double elsewhere = row.values().stream()
                    .flatMap(r -> r.samples.stream())
                    .mapToDouble(Sample::elsewhere)
                    .max()
                    .orElse(0);
            if (elsewhere > 0.05) {
                System.out.printf(
                        Locale.ROOT,
                        "  (other work on this machine used up to %.0f %% of its CPU time)%n",
                        elsewhere * 100);
            }
        }

        private static void print(Kind kind, Result result, Optional<Sample> apache) {
            Optional<Sample> median = result.median();
            if (median.isEmpty()) {
                System.out.printf(
                        "  %-8s %10s%n", kind.id(), result.missing.equals("-") ? "-" : "-  " + result.missing);
                return;
            }
            Sample s = median.get();
            String ratios = apache.map(a -> String.format(
                            Locale.ROOT,
                            "%.2f %.2f %.2f %.2f %.2f",
                            s.rate / a.rate,
                            s.p50 / a.p50,
                            s.p99 / a.p99,
                            s.cpu / a.cpu,
                            s.memory / a.memory))
                    .orElse("");
            System.out.printf(
                    Locale.ROOT,
                    "  %-8s %10.0f %9.2f %9.2f %10.1f %9.1f %9.1f %7.0f   %s%n",
                    kind.id(),
                    s.rate,
                    s.p50,
                    s.p99,
                    s.cpu,
                    s.memory / 1024,
                    s.peak / 1024,
                    s.errors,
                    ratios);
        }

        void printRatios() {
            table("requests/s as a ratio to apache2 (more is better)", Sample::rate);
            table("CPU per request as a ratio to apache2 (less is better)", Sample::cpu);
            table("p99 as a ratio to apache2 (less is better)", Sample::p99);
        }

        private void table(String title, ToDoubleFunction<Sample> value) {
            System.out.printf("%n%s%n  %-20s", title, "");
            servers.forEach(s -> System.out.printf("%9s", s.kind.id()));
            System.out.println();
            results.forEach((cell, row) -> {
                System.out.printf("  %-20s", cell);
                servers.forEach(s -> System.out.printf(
                        "%9s",
                        ratio(row, s.kind, value)
                                .map(r -> String.format(Locale.ROOT, "%.2f", r))
                                .orElse("-")));
                System.out.println();
            });
        }

        private static Optional<Double> ratio(Map<Kind, Result> row, Kind kind, ToDoubleFunction<Sample> value) {
            Optional<Sample> apache =
                    row.containsKey(Kind.APACHE2) ? row.get(Kind.APACHE2).median() : Optional.empty();
            return apache.flatMap(
                    a -> row.get(kind).median().map(s -> value.applyAsDouble(s) / value.applyAsDouble(a)));
        }

        /** A row that could not be compared is missed: a check that measured nothing must not pass. */
        boolean targetsAreMet() {
            List<String> missed = new ArrayList<>();
            results.forEach((cell, row) -> judge(cell, row, missed));
            System.out.println();
            missed.forEach(m -> System.out.println("MISSED  " + m));
            System.out.println(missed.isEmpty() ? "All targets are met." : missed.size() + " missed.");
            return missed.isEmpty();
        }

        private static void judge(Cell cell, Map<Kind, Result> row, List<String> missed) {
            for (Kind kind : List.of(Kind.APACHE2, Kind.SLUICE)) {
                Result result = row.get(kind);
                if (result == null || result.median().isEmpty()) {
                    missed.add(cell + ": " + kind.id() + " was not measured"
                            + (result == null ? "" : ": " + result.missing));
                    return;
                }
            }
            double errors = row.get(Kind.SLUICE).median().orElseThrow().errors;
            if (errors > 0) {
                missed.add(String.format(Locale.ROOT, "%s: %.0f errors", cell, errors));
            }
            double rate = ratio(row, Kind.SLUICE, Sample::rate).orElseThrow();
            if (rate < 1) {
                missed.add(String.format(
                        Locale.ROOT, "%s: %.2f of apache2's requests/s (expected: at least 1)", cell, rate));
            }
            double cpu = ratio(row, Kind.SLUICE, Sample::cpu).orElseThrow();
            if (cpu > cell.row.cpuTarget) {
                missed.add(String.format(
                        Locale.ROOT,
                        "%s: %.2f of apache2's CPU per request (expected: at most %.2f)",
                        cell,
                        cpu,
                        cell.row.cpuTarget));
            }
        }

        String json() {
            StringBuilder out = new StringBuilder("{\n");
            out.append("  \"time\": ").append(quoted(Instant.now().toString())).append(",\n");
            out.append("  \"processors\": ")
                    .append(Runtime.getRuntime().availableProcessors())
                    .append(",\n");
            out.append(String.format(
                    "  \"rounds\": %d, \"seconds\": %d, \"threads\": %d, \"connections\": %d, \"clients\": %d,"
                            + " \"streams\": %d,%n",
                    options.rounds,
                    options.seconds,
                    options.threads,
                    options.connections,
                    options.clients,
                    options.streams));
            out.append("  \"servers\": {")
                    .append(servers.stream()
                            .map(s -> quoted(s.kind.id()) + ": " + quoted(s.missing.isEmpty() ? s.version : s.missing))
                            .collect(Collectors.joining(", ")))
                    .append("},\n  \"rows\": [\n");
            out.append(results.entrySet().stream()
                    .flatMap(cell -> cell.getValue().entrySet().stream()
                            .map(r -> json(cell.getKey(), r.getKey(), r.getValue(), cell.getValue())))
                    .collect(Collectors.joining(",\n")));
            return out.append("\n  ]\n}\n").toString();
        }

        private static String json(Cell cell, Kind kind, Result result, Map<Kind, Result> row) {
            String head = "    {\"row\": %s, \"size\": %s, \"server\": %s"
                    .formatted(quoted(cell.row.id), quoted(cell.size.id), quoted(kind.id()));
            if (result.median().isEmpty()) {
                return head + ", \"missing\": " + quoted(result.missing) + "}";
            }
            String ratios = ratio(row, kind, Sample::rate)
                    .map(rate -> String.format(
                            Locale.ROOT,
                            ", \"rateToApache2\": %.3f, \"cpuToApache2\": %.3f",
                            rate,
                            ratio(row, kind, Sample::cpu).orElseThrow()))
                    .orElse("");
            return head + ", \"median\": " + json(result.median().orElseThrow()) + ratios + ", \"windows\": ["
                    + result.samples.stream().map(Report::json).collect(Collectors.joining(", ")) + "]}";
        }

        private static String json(Sample s) {
            return String.format(
                    Locale.ROOT,
                    "{\"requestsPerSecond\": %.1f, \"p50Millis\": %.3f, \"p99Millis\": %.3f, \"cpuMicrosPerRequest\":"
                            + " %.2f, \"requests\": %.0f, \"errors\": %.0f, \"memoryKib\": %.0f, \"peakKib\": %.0f,"
                            + " \"cpuElsewhere\": %.3f}",
                    s.rate,
                    s.p50,
                    s.p99,
                    s.cpu,
                    s.requests,
                    s.errors,
                    s.memory,
                    s.peak,
                    s.elsewhere);
        }

        private static String quoted(String text) {
            StringBuilder out = new StringBuilder("\"");
            for (char c : text.toCharArray()) {
                if (c == '"' || c == '\\') {
                    out.append('\\').append(c);
                } else if (c < ' ') {
                    out.append(String.format("\\u%04x", (int) c));
                } else {
                    out.append(c);
                }
            }
            return out.append('"').toString();
        }
    }
}
