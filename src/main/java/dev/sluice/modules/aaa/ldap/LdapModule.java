package dev.sluice.modules.aaa.ldap;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.ignored;
import static dev.sluice.directive.Directive.reads;
import static dev.sluice.directive.Directive.sets;
import static dev.sluice.directive.Places.MAIN_SERVER;
import static dev.sluice.directive.Places.SERVERS;
import static dev.sluice.directive.Reading.atoi;
import static dev.sluice.directive.Reading.flag;
import static dev.sluice.directive.Reading.seconds;
import static dev.sluice.model.Setting.perDirectory;
import static dev.sluice.model.Setting.perServer;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Args;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Places;
import dev.sluice.model.Merge;
import dev.sluice.model.Setting;
import dev.sluice.module.HttpdModule;
import dev.sluice.modules.aaa.ldap.LdapUrl.Security;
import java.time.Duration;
import java.util.List;

/** mod_ldap: connections to directories, how they are kept secret, and what is remembered of their answers. */
public final class LdapModule implements HttpdModule {
    public static final Setting<Integer> CACHE_ENTRIES = perServer("LDAPCacheEntries", 1024);
    public static final Setting<Duration> CACHE_TTL = perServer("LDAPCacheTTL", Duration.ofMinutes(10));
    public static final Setting<Integer> OP_CACHE_ENTRIES = perServer("LDAPOpCacheEntries", 1024);
    public static final Setting<Duration> OP_CACHE_TTL = perServer("LDAPOpCacheTTL", Duration.ofMinutes(10));
    public static final Setting<Security> TRUSTED_MODE = perServer("LDAPTrustedMode", Security.NONE);
    public static final Setting<Boolean> VERIFY = perServer("LDAPVerifyServerCert", true);
    public static final Setting<Duration> CONNECTION_TIMEOUT =
            perServer("LDAPConnectionTimeout", Duration.ofSeconds(10));
    public static final Setting<Duration> TIMEOUT = perServer("LDAPTimeout", Duration.ofMinutes(1));
    public static final Setting<Integer> RETRIES = perServer("LDAPRetries", 3);
    public static final Setting<Duration> RETRY_DELAY = perServer("LDAPRetryDelay", Duration.ZERO);

    /** Negative for no limit, zero for no pool. */
    public static final Setting<Duration> POOL_TTL = perServer("LDAPConnectionPoolTTL", Duration.ofSeconds(-1));

    static final Setting<List<LdapCertificate>> GLOBAL_CERTIFICATES =
            perServer("LDAPTrustedGlobalCert", List.of(), Merge.append());
    static final Setting<List<LdapCertificate>> CLIENT_CERTIFICATES =
            perDirectory("LDAPTrustedClientCert", List.of(), Merge.append());

    private static final Places HERE = Places.anywhere(AllowOverride.AUTH_CONFIG);
    private static final String MEMORY = "what directories answered is kept in the memory of the one process";

    @Override
    public String id() {
        return "ldap_module";
    }

    @Override
    public String file() {
        return "util_ldap.c";
    }

    @Override
    public List<Directive> directives() {
        return List.of(
                directive("LDAPSharedCacheSize", MAIN_SERVER, ignored(Args.TAKE1, MEMORY)),
                directive("LDAPSharedCacheFile", MAIN_SERVER, ignored(Args.TAKE1, MEMORY)),
                directive("LDAPCacheEntries", MAIN_SERVER, sets(CACHE_ENTRIES, atoi())),
                directive("LDAPCacheTTL", MAIN_SERVER, sets(CACHE_TTL, seconds())),
                directive("LDAPOpCacheEntries", MAIN_SERVER, sets(OP_CACHE_ENTRIES, atoi())),
                directive("LDAPOpCacheTTL", MAIN_SERVER, sets(OP_CACHE_TTL, seconds())),
                directive(
                        "LDAPTrustedGlobalCert",
                        MAIN_SERVER,
                        reads(Args.TAKE23, LdapCertificate::global, GLOBAL_CERTIFICATES)
                                .partly(
                                        "only CA_DER and CA_BASE64 are used: the rest is what other LDAP libraries have")),
                directive(
                        "LDAPTrustedClientCert",
                        HERE,
                        reads(Args.TAKE23, LdapCertificate::client, CLIENT_CERTIFICATES)
                                .partly("only CA_DER and CA_BASE64 are used; no certificate is shown to a directory")),
                directive("LDAPTrustedMode", SERVERS, reads(Args.TAKE1, LdapWords::mode, TRUSTED_MODE)),
                directive("LDAPVerifyServerCert", MAIN_SERVER, sets(VERIFY, flag())),
                directive("LDAPConnectionTimeout", MAIN_SERVER, sets(CONNECTION_TIMEOUT, seconds())),
                directive(
                        "LDAPReferrals",
                        HERE,
                        reads(Args.TAKE1, LdapWords::referrals).partly("referrals are not followed")),
                directive(
                        "LDAPReferralHopLimit",
                        HERE,
                        reads(Args.TAKE1, LdapWords::hopLimit).partly("referrals are not followed")),
                directive("LDAPLibraryDebug", MAIN_SERVER, ignored(Args.TAKE1, "it is another library's")),
                directive("LDAPTimeout", MAIN_SERVER, reads(Args.TAKE1, LdapWords::timeout, TIMEOUT)),
                directive("LDAPConnectionPoolTTL", SERVERS, reads(Args.TAKE1, LdapWords::poolTtl, POOL_TTL)),
                directive("LDAPRetries", MAIN_SERVER, reads(Args.TAKE1, LdapWords::retries, RETRIES)),
                directive("LDAPRetryDelay", MAIN_SERVER, reads(Args.TAKE1, LdapWords::retryDelay, RETRY_DELAY)));
    }
}
