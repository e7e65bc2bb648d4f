package dev.sluice.modules.proxy;

import dev.sluice.request.ErrorLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The workers of one server; found by the longest name that a URL begins with (ap_proxy_get_worker). Any thread. */
final class Workers {
    private static final int MOST_TEMPORARY = 1000;

    private final List<Worker> own;
    private final List<Worker> all;
    private final ProxySettings settings;
    private final ErrorLog log;

    /** Backends no line names, by origin: connections to them are not kept (proxy:reverse). */
    private final Map<String, Worker> temporary = new ConcurrentHashMap<>();

    private Workers(List<Worker> own, List<Worker> all, ProxySettings settings, ErrorLog log) {
        this.own = own;
        this.all = all;
        this.settings = settings;
        this.log = log;
    }

    /**
     * Makes the workers that {@code lines} name, in their order; a URL that begins with the name of a worker before it
     * shares that one. Which of them share a worker was told while they were read.
     *
     * @param lines those of the server itself, and those in its sections
     * @param main the main server's workers, which stand behind a virtual host's own; null for the main server
     */
    static Workers of(List<WorkerLine> lines, @Nullable Workers main, ProxySettings settings, ErrorLog log) {
        List<Draft> drafts = new ArrayList<>();
        for (WorkerLine line : lines) {
            if (!WorkerLine.hasVariableHost(line.url())) {
                draft(line, drafts);
            }
        }
        List<Worker> own = drafts.stream()
                .map(draft -> draft.make(new WorkerParameters.Reader(), settings, log))
                .toList();
        List<Worker> all = new ArrayList<>(own);
        if (main != null) {
            all.addAll(main.all);
        }
        return new Workers(own, List.copyOf(all), settings, log);
    }

    private static void draft(WorkerLine line, List<Draft> drafts) {
        String name = name(line.url());
        Draft known = draft(drafts, name);
        if (known == null) {
            drafts.add(new Draft(name, line));
        } else if (line.sets()) {
            known.parameters.addAll(line.parameters());
        }
    }

    /** The worker that a line adds to a balancer. */
    static Worker member(WorkerLine line, ProxySettings settings, ErrorLog log) {
        return new Draft(name(line.url()), line).make(WorkerParameters.Reader.ofMember(), settings, log);
    }

    /** Scheme and host in lower case, without the scheme's own port; {@code $1} and the like stay. */
    static String name(String url) {
        ProxyUrl parsed = ProxyUrl.parse(url);
        return parsed == null ? WorkerLine.fixed(url) : parsed.origin() + parsed.path();
    }

    /** What is said of a parameter of a line that shares the worker {@code name}. */
    static String ignoring(WorkerLine.Parameter parameter, String name) {
        return "AH01146: Ignoring parameter '" + parameter.key() + "=" + parameter.value() + "' for worker '" + name
                + "' because of worker sharing";
    }

    /** Whether {@code url} begins with {@code name}, or is {@code name} with any text for {@code $1} and the like. */
    static boolean serves(String name, String url) {
        if (name.indexOf('$') < 0) {
            return url.startsWith(name);
        }
        int at = 0;
        int back = -1;
        int from = 0;
        int u = 0;
        while (u < url.length()) {
            if (isGroup(name, at)) {
                at += 2;
                back = at;
                from = u;
            } else if (at < name.length() && name.charAt(at) == url.charAt(u)) {
                at++;
                u++;
            } else if (back >= 0) {
                at = back;
                u = ++from;
            } else {
                return false;
            }
        }
        while (isGroup(name, at)) {
            at += 2;
        }
        return at == name.length();
    }

    private static boolean isGroup(String name, int at) {
        return at + 1 < name.length() && name.charAt(at) == '$' && Character.isDigit(name.charAt(at + 1));
    }

    private static @Nullable Draft draft(List<Draft> drafts, String url) {
        Draft best = null;
        for (Draft draft : drafts) {
            if (serves(draft.name, url) && (best == null || draft.name.length() > best.name.length())) {
                best = draft;
            }
        }
        return best;
    }

    private static final class Draft {
        private final String name;
        private final WorkerLine line;
        private final List<WorkerLine.Parameter> parameters;

        Draft(String name, WorkerLine line) {
            this.name = name;
            this.line = line;
            this.parameters = new ArrayList<>(line.parameters());
        }

        Worker make(WorkerParameters.Reader reader, ProxySettings settings, ErrorLog log) {
            if (line.url().indexOf('$') >= 0) {
                // Groups of a pattern: connections are kept only where enablereuse asks for it (is_name_matchable).
                reader.set("disablereuse", "on");
            }
            ProxyUrl written = ProxyUrl.parse(WorkerLine.fixed(line.url()));
            ProxyUrl url = ProxyUrl.parse(name);
            if (url == null) {
                throw new IllegalStateException("worker: '" + name + "' (expected: a URL)");
            }
            if (url.isGateway() && !url.scheme().equals("ajp")) {
                // Applications serve one connection each: enablereuse must ask for it (proxy_fcgi_handler).
                reader.set("disablereuse", "on");
            }
            for (WorkerLine.Parameter parameter : parameters) {
                reader.set(parameter.key(), parameter.value());
            }
            if (written != null) {
                url = url.atSocketOf(written);
            }
            return new Worker(name, url, reader.parameters(), settings, log);
        }
    }

    /** The worker for {@code url}, which is canonical; one without a pool where no line names it. */
    Worker of(String url, ProxyUrl parsed) {
        Worker best = null;
        for (int i = 0; i < all.size(); i++) {
            Worker worker = all.get(i);
            if (serves(worker.name(), url)
                    && (best == null || worker.name().length() > best.name().length())) {
                best = worker;
            }
        }
        return best == null ? temporary(parsed) : best;
    }

    private Worker temporary(ProxyUrl url) {
        if (temporary.size() > MOST_TEMPORARY) {
            temporary.clear();
        }
        String key = url.socket() == null ? url.origin() : url.socket() + "|" + url.origin();
        return temporary.computeIfAbsent(key, origin -> {
            WorkerParameters.Reader reader = new WorkerParameters.Reader();
            reader.set("disablereuse", "on");
            reader.set("retry", "0");
            ProxyUrl plain = url.withPath("");
            return new Worker("proxy:reverse", plain, reader.parameters(), settings, log);
        });
    }

    void close() {
        own.forEach(Worker::close);
        temporary.values().forEach(Worker::close);
    }
}
