package dev.sluice.modules.proxy.hcheck;

import dev.sluice.directive.Reading;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a worker is checked, named as its parameters.
 *
 * @param method hcmethod= (none)
 * @param interval hcinterval= between two checks (30 s)
 * @param passes hcpasses= how many checks in a row bring a worker back (1)
 * @param fails hcfails= how many take it out (1)
 * @param uri hcuri= what is asked for behind the worker's own path
 * @param condition hcexpr= the name of what an answer must be like; empty: any status below 400
 */
public record HealthCheck(Method method, Duration interval, int passes, int fails, String uri, String condition) {
    public static final HealthCheck NONE = new HealthCheck(Method.NONE, Duration.ofSeconds(30), 1, 1, "", "");

    /** Between two looks at what is due (AP_WD_TM_SLICE). */
    public static final Duration SHORTEST = Duration.ofMillis(100);

    static final int MAX_URI = 256;

    /** In httpd's order and with its names (proxy_hcmethods). */
    public enum Method {
        NONE("NONE"),
        TCP("TCP"),
        OPTIONS("OPTIONS"),
        HEAD("HEAD"),
        GET("GET"),
        CPING("CPING"),
        PROVIDER("PROVIDER"),
        OPTIONS11("OPTIONS11"),
        HEAD11("HEAD11"),
        GET11("GET11");

        private final String word;

        Method(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        public boolean isImplemented() {
            return this != CPING && this != PROVIDER;
        }

        /** The method of that name, in any case; null where there is none. */
        public static @Nullable Method of(String name) {
            for (Method each : values()) {
                if (each.word.equals(name.toUpperCase(Locale.ROOT))) {
                    return each;
                }
            }
            return null;
        }
    }

    /** The same at another interval. */
    public HealthCheck every(Duration changed) {
        return new HealthCheck(method, changed, passes, fails, uri, condition);
    }

    /** The same with {@code key} set, whose value was checked ({@link HealthCheckLines#complaint}). */
    public HealthCheck with(String key, String value) {
        return switch (key.toLowerCase(Locale.ROOT)) {
            case "hcmethod" -> {
                Method named = Method.of(value);
                yield new HealthCheck(named == null ? method : named, interval, passes, fails, uri, condition);
            }
            case "hcinterval" -> {
                Duration read = HealthCheckLines.duration(value);
                yield new HealthCheck(method, read == null ? interval : read, passes, fails, uri, condition);
            }
            case "hcpasses" -> new HealthCheck(method, interval, Reading.atoi(value), fails, uri, condition);
            case "hcfails" -> new HealthCheck(method, interval, passes, Reading.atoi(value), uri, condition);
            case "hcuri" -> new HealthCheck(method, interval, passes, fails, value, condition);
            case "hcexpr" -> new HealthCheck(method, interval, passes, fails, uri, value);
            default -> this;
        };
    }
}
