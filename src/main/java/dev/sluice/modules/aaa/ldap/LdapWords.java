package dev.sluice.modules.aaa.ldap;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Line;
import dev.sluice.directive.Reading;
import dev.sluice.directive.Scope;
import dev.sluice.modules.aaa.ldap.LdapUrl.Security;
import dev.sluice.modules.core.Waits;
import java.time.Duration;

/** The words of mod_ldap's lines, with httpd's complaints about them (util_ldap.c). */
final class LdapWords {
    private LdapWords() {}

    static void mode(Line line, Scope scope) throws BadArgument {
        Security mode = Security.of(word(line));
        if (mode == null) {
            throw new BadArgument("Invalid LDAPTrustedMode setting: must be one of NONE, SSL, or TLS/STARTTLS");
        }
        scope.give(LdapModule.TRUSTED_MODE, mode, line.span());
    }

    static void referrals(Line line, Scope scope) throws BadArgument {
        String word = word(line);
        if (!word.equalsIgnoreCase("on") && !word.equalsIgnoreCase("off") && !word.equalsIgnoreCase("default")) {
            throw new BadArgument("LDAPReferrals must be 'on', 'off', or 'default'");
        }
    }

    static void hopLimit(Line line, Scope scope) throws BadArgument {
        if (Reading.atoi(word(line)) <= 0) {
            throw new BadArgument("LDAPReferralHopLimit must be greater than zero (Use 'LDAPReferrals Off' to disable"
                    + " referral chasing)");
        }
    }

    static void timeout(Line line, Scope scope) throws BadArgument {
        long seconds;
        try {
            seconds = Long.parseLong(word(line).strip());
        } catch (NumberFormatException e) {
            throw new BadArgument("Timeout not numerical");
        }
        if (seconds < 0) {
            throw new BadArgument("Timeout must be non-negative");
        }
        scope.give(LdapModule.TIMEOUT, Duration.ofSeconds(seconds), line.span());
    }

    static void poolTtl(Line line, Scope scope) throws BadArgument {
        Duration time = Waits.parse(word(line), Waits.Unit.SECONDS);
        if (time == null) {
            throw new BadArgument("LDAPConnectionPoolTTL has wrong format");
        }
        scope.give(LdapModule.POOL_TTL, time, line.span());
    }

    static void retries(Line line, Scope scope) throws BadArgument {
        int retries = Reading.atoi(word(line));
        if (retries < 0) {
            throw new BadArgument("LDAPRetries must be >= 0");
        }
        scope.give(LdapModule.RETRIES, retries, line.span());
    }

    static void retryDelay(Line line, Scope scope) throws BadArgument {
        Duration time = Waits.parse(word(line), Waits.Unit.SECONDS);
        if (time == null || time.isNegative()) {
            throw new BadArgument("LDAPRetryDelay has wrong format");
        }
        scope.give(LdapModule.RETRY_DELAY, time, line.span());
    }

    private static String word(Line line) {
        return line.words().get(0).text();
    }
}
