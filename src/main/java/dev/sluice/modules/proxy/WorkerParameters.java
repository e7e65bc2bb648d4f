package dev.sluice.modules.proxy;

import dev.sluice.modules.proxy.hcheck.HealthCheck;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The {@code key=value} parameters of a worker, named as httpd names them. Null is unset: the server's directive, or the default named here, counts.
 *
 * @param connectionTimeout unset: {@link #timeout}
 * @param timeout {@code timeout}, for each read and write; unset: ProxyTimeout, else Timeout
 * @param retry {@code retry}: how long a worker in error is left alone (60 s); zero: not at all
 * @param keepAlive TCP keep-alive on the socket (off)
 * @param reuse {@code enablereuse}, or the contrary of {@code disablereuse} (on)
 * @param min {@code min}: read, of no effect: no connection is opened before it is needed
 * @param max {@code max}: most connections of the process; 0, also when unset: any number
 * @param smax {@code smax}: idle connections above it are closed after {@code ttl}; -1 unset: {@code max}
 * @param acquire {@code acquire}: longest wait for a free connection (for ever)
 * @param ttl {@code ttl}: longest idle time of a connection that is used again (for ever)
 * @param flushPackets every packet is flushed as it is
 * @param ping {@code ping}: the backend must answer 100 within this time before a body is sent (off)
 * @param responseFieldSize longest line of a response head, bytes (8192)
 * @param ioBufferSize bytes (ProxyIOBufferSize)
 * @param receiveBufferSize SO_RCVBUF, bytes; 0: the system's
 * @param upgrade {@code upgrade}: the protocol a client may upgrade to, {@code ANY}, or empty for none
 * @param addressTtl how long a resolved address counts (for ever)
 * @param status {@code status}
 * @param route {@code route}, for balancers
 * @param redirect {@code redirect}, for balancers
 * @param loadFactor in hundredths, for balancers
 * @param lbSet for balancers
 * @param secret {@code secret}, for AJP
 * @param healthCheck the parameters that begin with {@code hc}
 */
public record WorkerParameters(
        @Nullable Duration connectionTimeout,
        @Nullable Duration timeout,
        Duration retry,
        boolean keepAlive,
        boolean reuse,
        int min,
        int max,
        int smax,
        @Nullable Duration acquire,
        @Nullable Duration ttl,
        boolean flushPackets,
        @Nullable Duration ping,
        int responseFieldSize,
        int ioBufferSize,
        int receiveBufferSize,
        String upgrade,
        @Nullable Duration addressTtl,
        Set<WorkerStatus> status,
        String route,
        String redirect,
        int loadFactor,
        int lbSet,
        String secret,
        HealthCheck healthCheck) {
    static final WorkerParameters DEFAULT = new Reader().parameters();

    /** Reads parameters one by one, the later over the earlier (set_worker_param, mod_proxy.c). */
    static final class Reader {
        private static final int MAX_NAME = 64;
        private static final int MAX_SCHEME = 16;
        private static final Set<String> KEYS = Set.of(
                "loadfactor",
                "retry",
                "ttl",
                "min",
                "max",
                "smax",
                "acquire",
                "timeout",
                "iobuffersize",
                "receivebuffersize",
                "keepalive",
                "disablereuse",
                "enablereuse",
                "addressttl",
                "route",
                "redirect",
                "status",
                "flushpackets",
                "flushwait",
                "ping",
                "lbset",
                "connectiontimeout",
                "flusher",
                "upgrade",
                "responsefieldsize",
                "secret");

        private @Nullable Duration connectionTimeout;
        private @Nullable Duration timeout;
        private Duration retry = Duration.ofSeconds(60);
        private boolean keepAlive;
        private boolean reuse = true;
        private int min;
        private int max;
        private int smax = -1;
        private @Nullable Duration acquire;
        private @Nullable Duration ttl;
        private boolean flushPackets;
        private @Nullable Duration ping;
        private int responseFieldSize = 8192;
        private int ioBufferSize;
        private int receiveBufferSize;
        private String upgrade = "";
        private @Nullable Duration addressTtl;
        /** A worker of its own is asked again each time: only {@code status=-I} lets an error count (httpd 2.4.71). */
        private final Set<WorkerStatus> status = EnumSet.of(WorkerStatus.IGNORE_ERRORS);

        private String route = "";
        private String redirect = "";
        private int loadFactor = 100;
        private int lbSet;
        private String secret = "";
        private HealthCheck healthCheck = HealthCheck.NONE;

        /** For a member of a balancer, whose errors count unless {@code status=+I} says otherwise. */
        static Reader ofMember() {
            Reader reader = new Reader();
            reader.status.clear();
            return reader;
        }

        /** Whether mod_proxy knows {@code key}; what it does not know is mod_proxy_hcheck's. */
        static boolean isKnown(String key) {
            return KEYS.contains(key.toLowerCase(Locale.ROOT));
        }

        /**
         * Sets {@code key}, in any case; httpd's complaint, or null where it is well. What begins with {@code hc} was
         * checked already.
         */
        @Nullable
        String set(String key, String value) {
            if (key.regionMatches(true, 0, "hc", 0, 2)) {
                healthCheck = healthCheck.with(key, value);
                return null;
            }
            return switch (key.toLowerCase(Locale.ROOT)) {
                case "loadfactor" -> loadFactor(value);
                case "retry" -> retry(value);
                case "ttl" -> ttl(value);
                case "min" -> min(value);
                case "max" -> max(value);
                case "smax" -> smax(value);
                case "acquire" -> acquire(value);
                case "timeout" -> timeout(value);
                case "iobuffersize" -> ioBufferSize(value);
                case "receivebuffersize" -> receiveBufferSize(value);
                case "keepalive" -> keepAlive(value);
                case "disablereuse" -> reuse(value, false, "DisableReuse must be On|Off");
                case "enablereuse" -> reuse(value, true, "EnableReuse must be On|Off");
                case "addressttl" -> addressTtl(value);
                case "route" -> name(value, MAX_NAME, "Route", () -> route = value);
                case "redirect" -> name(value, MAX_NAME, "Redirect", () -> redirect = value);
                case "status" -> status(value);
                case "flushpackets" -> flushPackets(value);
                case "flushwait" -> flushWait(value);
                case "ping" -> ping(value);
                case "lbset" -> lbSet(value);
                case "connectiontimeout" -> connectionTimeout(value);
                case "flusher" -> name(value, MAX_SCHEME, "flusher name", () -> {});
                case "upgrade" -> name(value, MAX_SCHEME, "upgrade protocol", () -> upgrade = value);
                case "responsefieldsize" -> responseFieldSize(value);
                case "secret" -> name(value, MAX_NAME, "Secret", () -> secret = value);
                default -> "unknown Worker parameter";
            };
        }

        private @Nullable String loadFactor(String value) {
            loadFactor = (int) (Numbers.atof(value) * 100);
            return loadFactor < 100 || loadFactor > 10000 ? "LoadFactor must be a number between 1..100" : null;
        }

        private @Nullable String retry(String value) {
            int seconds = Numbers.atoi(value);
            retry = Duration.ofSeconds(seconds);
            return seconds < 0 ? "Retry must be a positive value" : null;
        }

        private @Nullable String ttl(String value) {
            int seconds = Numbers.atoi(value);
            ttl = Duration.ofSeconds(seconds);
            return seconds < 1 ? "TTL must be at least one second" : null;
        }

        private @Nullable String min(String value) {
            min = Numbers.atoi(value);
            return min < 0 ? "Min must be a positive number" : null;
        }

        private @Nullable String max(String value) {
            max = Numbers.atoi(value);
            return max < 0 ? "Max must be a positive number" : null;
        }

        private @Nullable String smax(String value) {
            smax = Numbers.atoi(value);
            return smax < 0 ? "Smax must be a positive number" : null;
        }

        private @Nullable String acquire(String value) {
            acquire = Numbers.duration(value, "ms");
            return complaint(acquire, "Acquire timeout has wrong format", "Acquire must be at least one millisecond");
        }

        private @Nullable String timeout(String value) {
            int seconds = Numbers.atoi(value);
            timeout = Duration.ofSeconds(seconds);
            return seconds < 1 ? "Timeout must be at least one second" : null;
        }

        private @Nullable String ioBufferSize(String value) {
            ioBufferSize = Numbers.atoi(value);
            return isBufferSize(ioBufferSize) ? null : "IOBufferSize must be >= 512 bytes, or 0 for system default.";
        }

        private @Nullable String receiveBufferSize(String value) {
            receiveBufferSize = Numbers.atoi(value);
            return isBufferSize(receiveBufferSize)
                    ? null
                    : "ReceiveBufferSize must be >= 512 bytes, or 0 for system default.";
        }

        static boolean isBufferSize(int size) {
            return size == 0 || size >= 512;
        }

        private @Nullable String keepAlive(String value) {
            Boolean on = onOff(value);
            keepAlive = Boolean.TRUE.equals(on);
            return on == null ? "KeepAlive must be On|Off" : null;
        }

        private @Nullable String reuse(String value, boolean enables, String complaint) {
            Boolean on = onOff(value);
            reuse = Boolean.TRUE.equals(on) == enables;
            return on == null ? complaint : null;
        }

        private @Nullable String addressTtl(String value) {
            String digits = value.startsWith("-") ? value.substring(1) : value;
            boolean number = !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9');
            long seconds = number && digits.length() < 12 ? Long.parseLong(value) : Long.MAX_VALUE;
            addressTtl = seconds < 0 || seconds > Integer.MAX_VALUE ? null : Duration.ofSeconds(seconds);
            return seconds >= -1 && seconds <= Integer.MAX_VALUE
                    ? null
                    : "AddressTTL must be -1 or a number of seconds not exceeding (2147483647)";
        }

        private @Nullable String name(String value, int size, String what, Runnable sets) {
            if (value.length() >= size) {
                return what + " length must be < " + size + " characters";
            }
            sets.run();
            return null;
        }

        private @Nullable String status(String value) {
            boolean adds = true;
            for (int i = 0; i < value.length(); i++) {
                char letter = value.charAt(i);
                if ((letter == '+' || letter == '-') && i + 1 < value.length()) {
                    adds = letter == '+';
                    letter = value.charAt(++i);
                }
                WorkerStatus named = WorkerStatus.of(letter);
                if (named == null) {
                    return "Unknown status parameter option";
                }
                if (adds) {
                    status.add(named);
                } else {
                    status.remove(named);
                }
            }
            return null;
        }

        private @Nullable String flushPackets(String value) {
            Boolean on = onOff(value);
            flushPackets = Boolean.TRUE.equals(on);
            return on == null && !value.equalsIgnoreCase("auto") ? "flushpackets must be on|off|auto" : null;
        }

        private static @Nullable String flushWait(String value) {
            int milliseconds = Numbers.atoi(value);
            return milliseconds < 0 || milliseconds > 1000
                    ? "flushwait must be <= 1000, or 0 for system default of 10 millseconds."
                    : null;
        }

        private @Nullable String ping(String value) {
            ping = Numbers.duration(value, "s");
            return complaint(
                    ping, "Ping/Pong timeout has wrong format", "Ping/Pong timeout must be at least one millisecond");
        }

        private @Nullable String lbSet(String value) {
            lbSet = Numbers.atoi(value);
            return lbSet < 0 || lbSet > 99 ? "lbset must be between 0 and 99" : null;
        }

        private @Nullable String connectionTimeout(String value) {
            connectionTimeout = Numbers.duration(value, "s");
            return complaint(
                    connectionTimeout,
                    "Connectiontimeout has wrong format",
                    "Connectiontimeout must be at least one millisecond.");
        }

        private @Nullable String responseFieldSize(String value) {
            int size = Numbers.atoi(value);
            responseFieldSize = size == 0 ? 8192 : size;
            return size < 0 ? "ResponseFieldSize must be greater than 0 bytes, or 0 for system default." : null;
        }

        private static @Nullable String complaint(@Nullable Duration read, String format, String tooSmall) {
            if (read == null) {
                return format;
            }
            return read.toMillis() < 1 ? tooSmall : null;
        }

        static @Nullable Boolean onOff(String value) {
            if (value.equalsIgnoreCase("on")) {
                return true;
            }
            return value.equalsIgnoreCase("off") ? false : null;
        }

        WorkerParameters parameters() {
            return new WorkerParameters(
                    connectionTimeout,
                    timeout,
                    retry,
                    keepAlive,
                    reuse,
                    min,
                    max,
                    smax,
                    acquire,
                    ttl,
                    flushPackets,
                    ping,
                    responseFieldSize,
                    ioBufferSize,
                    receiveBufferSize,
                    upgrade,
                    addressTtl,
                    Set.copyOf(status),
                    route,
                    redirect,
                    loadFactor,
                    lbSet,
                    secret,
                    healthCheck);
        }
    }
}
