package dev.sluice.modules.proxy.balancer;

import dev.sluice.directive.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The {@code key=value} parameters of a balancer, named as httpd names them.
 *
 * @param lbMethod lbmethod= (byrequests)
 * @param sticky stickysession= the name of the cookie; empty for none
 * @param stickyPath the name in the URL, behind the bar of stickysession=; else that of the cookie
 * @param separator stickysessionsep= parts the session's id from its route (a dot); 0 for none
 * @param semicolons scolonpathdelim= whether a semicolon ends the value in the URL, too (off)
 * @param noFailover nofailover= a session whose member fails is not moved to another (off)
 * @param timeout timeout= longest wait for a member that can be asked (zero)
 * @param maxAttempts maxattempts=; null: one less than there are members
 * @param failOnStatus failonstatus= answers that put a member in error
 * @param failOnTimeout failontimeout= whether no answer in time does so (off)
 * @param forceRecovery forcerecovery= all members in error are all tried again at once (on)
 * @param growth growth= how many members may be added while serving; null: none
 * @param nonce nonce= what forms of the balancer-manager must show; null: made up; empty: no form is taken
 */
public record BalancerParameters(
        String lbMethod,
        String sticky,
        String stickyPath,
        char separator,
        boolean semicolons,
        boolean noFailover,
        Duration timeout,
        @Nullable Integer maxAttempts,
        List<Integer> failOnStatus,
        boolean failOnTimeout,
        boolean forceRecovery,
        @Nullable Integer growth,
        @Nullable String nonce) {

    /** The same with what the balancer-manager changes; {@code session} is as {@code stickysession}, null as it was. */
    BalancerParameters changed(@Nullable String session, boolean forced, Duration wait) {
        int bar = session == null ? -1 : session.indexOf('|');
        return new BalancerParameters(
                lbMethod,
                session == null ? sticky : bar < 0 ? session : session.substring(0, bar),
                session == null ? stickyPath : session.substring(bar + 1),
                separator,
                semicolons,
                forced,
                wait,
                maxAttempts,
                failOnStatus,
                failOnTimeout,
                forceRecovery,
                growth,
                nonce);
    }

    /** Reads parameters one by one, the later over the earlier (set_balancer_param, mod_proxy.c). */
    public static final class Reader {
        /** Bytes, one of which ends the string (APR_UUID_FORMATTED_LENGTH + 1). */
        private static final int NONCE_SIZE = 37;

        private final Predicate<String> methods;
        private String lbMethod = "byrequests";
        private String sticky = "";
        private String stickyPath = "";
        private char separator = '.';
        private boolean semicolons;
        private boolean noFailover;
        private Duration timeout = Duration.ZERO;
        private @Nullable Integer maxAttempts;
        private final List<Integer> failOnStatus = new ArrayList<>();
        private boolean failOnTimeout;
        private boolean forceRecovery = true;
        private @Nullable Integer growth;
        private @Nullable String nonce;

        /** @param methods says of the name of a load balancing method whether a loaded module has it */
        public Reader(Predicate<String> methods) {
            this.methods = methods;
        }

        /** Sets {@code key}, in any case; httpd's complaint, or null where it is well. */
        public @Nullable String set(String key, String value) {
            return switch (key.toLowerCase(Locale.ROOT)) {
                case "stickysession" -> sticky(value);
                case "stickysessionsep" -> separator(value);
                case "nofailover" -> flag(value, on -> noFailover = on, "failover must be On|Off");
                case "timeout" -> timeout(value);
                case "maxattempts" -> maxAttempts(value);
                case "lbmethod" -> lbMethod(value);
                case "scolonpathdelim" -> flag(value, on -> semicolons = on, "scolonpathdelim must be On|Off");
                case "failonstatus" -> failOnStatus(value);
                case "failontimeout" -> flag(value, on -> failOnTimeout = on, "failontimeout must be On|Off");
                case "nonce" -> nonce(value);
                case "growth" -> growth(value);
                case "forcerecovery" -> flag(value, on -> forceRecovery = on, "forcerecovery must be On|Off");
                default -> "unknown Balancer parameter";
            };
        }

        private @Nullable String sticky(String value) {
            int bar = value.indexOf('|');
            sticky = bar < 0 ? value : value.substring(0, bar);
            stickyPath = bar < 0 ? value : value.substring(bar + 1);
            return null;
        }

        private @Nullable String separator(String value) {
            if (value.length() == 1) {
                separator = value.charAt(0);
            } else if (value.equalsIgnoreCase("off")) {
                separator = 0;
            } else {
                return "stickysessionsep must be a single character or Off";
            }
            return null;
        }

        private interface Switch {
            void to(boolean on);
        }

        private static @Nullable String flag(String value, Switch sets, String complaint) {
            boolean on = value.equalsIgnoreCase("on");
            if (!on && !value.equalsIgnoreCase("off")) {
                return complaint;
            }
            sets.to(on);
            return null;
        }

        private @Nullable String timeout(String value) {
            int seconds = Reading.atoi(value);
            timeout = Duration.ofSeconds(Math.max(0, seconds));
            return seconds < 1 ? "timeout must be at least one second" : null;
        }

        private @Nullable String maxAttempts(String value) {
            int attempts = Reading.atoi(value);
            maxAttempts = attempts;
            return attempts < 0 ? "maximum number of attempts must be a positive number" : null;
        }

        private @Nullable String lbMethod(String value) {
            if (!methods.test(value)) {
                return "unknown lbmethod";
            }
            lbMethod = value;
            return null;
        }

        private @Nullable String failOnStatus(String value) {
            for (String each : value.split("[, ]+")) {
                int status = Reading.atoi(each);
                if (each.isEmpty()) {
                    continue;
                }
                if (status < 100 || status > 599) {
                    return "failonstatus must be one or more HTTP response codes";
                }
                failOnStatus.add(status);
            }
            return null;
        }

        private @Nullable String nonce(String value) {
            if (value.equalsIgnoreCase("none")) {
                nonce = "";
            } else if (value.length() >= NONCE_SIZE) {
                return "Provided nonce is too large";
            } else {
                nonce = value;
            }
            return null;
        }

        private @Nullable String growth(String value) {
            int members = Reading.atoi(value);
            growth = members;
            return members < 1 || members > 100 ? "growth must be between 1 and 100" : null;
        }

        public BalancerParameters parameters() {
            return new BalancerParameters(
                    lbMethod,
                    sticky,
                    stickyPath,
                    separator,
                    semicolons,
                    noFailover,
                    timeout,
                    maxAttempts,
                    List.copyOf(failOnStatus),
                    failOnTimeout,
                    forceRecovery,
                    growth,
                    nonce);
        }
    }
}
