package dev.sluice.modules.ssl;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.ignored;
import static dev.sluice.directive.Directive.raw;
import static dev.sluice.directive.Directive.reads;
import static dev.sluice.directive.Directive.refused;
import static dev.sluice.directive.Places.MAIN_SERVER;
import static dev.sluice.directive.Places.SERVERS;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Effect;
import dev.sluice.directive.Findings;
import dev.sluice.directive.Line;
import dev.sluice.directive.Places;
import dev.sluice.directive.Reading;
import dev.sluice.directive.Scope;
import dev.sluice.directive.Verdict;
import dev.sluice.source.SourceFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The rows of mod_ssl that tune nothing here: checked as httpd does, then noted or refused. */
final class SslVerdicts {
    static final Places EVERYWHERE = Places.anywhereAndServers(
            AllowOverride.AUTH_CONFIG,
            AllowOverride.FILE_INFO,
            AllowOverride.INDEXES,
            AllowOverride.LIMIT,
            AllowOverride.OPTIONS);

    private SslVerdicts() {}

    static List<Directive> rows() {
        List<Directive> rows = new ArrayList<>();
        rows.addAll(sessions());
        rows.addAll(stapling());
        rows.addAll(ocsp());
        rows.addAll(verdicts());
        return rows;
    }

    private static List<Directive> sessions() {
        String memory = "sessions are kept in the memory of the one process";
        return List.of(
                directive("SSLSessionCache", MAIN_SERVER, idle(Args.TAKE1, SslVerdicts::sessionCache, memory)),
                directive(
                        "SSLSessionCacheTimeout",
                        SERVERS,
                        reads(Args.TAKE1, SslLines::sessionTimeout, SslServer.SESSION_TIMEOUT)),
                directive(
                        "SSLSessionTickets",
                        SERVERS,
                        ignored(
                                Args.FLAG,
                                "Java has one switch for all hosts, -Djdk.tls.server.enableSessionTicketExtension")),
                directive(
                        "SSLSessionTicketKeyFile",
                        SERVERS,
                        idle(Args.TAKE1, SslLines::exists, "Java makes the keys of its tickets itself")));
    }

    private static List<Directive> stapling() {
        String why = "OCSP responses are not stapled";
        List<Directive> rows = new ArrayList<>();
        for (String name : List.of(
                "SSLStaplingResponseTimeSkew",
                "SSLStaplingResponseMaxAge",
                "SSLStaplingStandardCacheTimeout",
                "SSLStaplingErrorCacheTimeout",
                "SSLStaplingResponderTimeout")) {
            Effect check = name.endsWith("MaxAge") ? SslVerdicts::age : SslVerdicts::notNegative;
            rows.add(directive(name, SERVERS, idle(Args.TAKE1, check, why)));
        }
        rows.add(directive("SSLUseStapling", SERVERS, ignored(Args.FLAG, why)));
        rows.add(directive("SSLStaplingCache", MAIN_SERVER, ignored(Args.TAKE1, why)));
        rows.add(directive("SSLStaplingForceURL", SERVERS, ignored(Args.TAKE1, why)));
        rows.add(directive("SSLStaplingReturnResponderErrors", SERVERS, ignored(Args.FLAG, why)));
        rows.add(directive("SSLStaplingFakeTryLater", SERVERS, ignored(Args.FLAG, why)));
        return rows;
    }

    private static List<Directive> ocsp() {
        String why = "OCSP is not asked about clients";
        return List.of(
                directive("SSLOCSPEnable", SERVERS, raw(ocspEnable())),
                directive("SSLOCSPDefaultResponder", SERVERS, ignored(Args.TAKE1, why)),
                directive("SSLOCSPOverrideResponder", SERVERS, ignored(Args.FLAG, why)),
                directive("SSLOCSPNoVerify", SERVERS, ignored(Args.FLAG, why)),
                directive("SSLOCSPUseRequestNonce", SERVERS, ignored(Args.FLAG, why)),
                directive("SSLOCSPProxyURL", SERVERS, ignored(Args.TAKE1, why)),
                directive("SSLOCSPResponderTimeout", SERVERS, idle(Args.TAKE1, SslVerdicts::notNegative, why)),
                directive("SSLOCSPResponseTimeSkew", SERVERS, idle(Args.TAKE1, SslVerdicts::notNegative, why)),
                directive("SSLOCSPResponseMaxAge", SERVERS, idle(Args.TAKE1, SslVerdicts::age, why)),
                directive("SSLOCSPResponderCertificateFile", SERVERS, idle(Args.TAKE1, SslLines::exists, why)));
    }

    private static List<Directive> verdicts() {
        String srp = "Java has no SRP";
        return List.of(
                directive(
                        "SSLRandomSeed", MAIN_SERVER, idle(Args.TAKE23, SslVerdicts::randomSeed, "Java seeds itself")),
                directive("SSLCryptoDevice", MAIN_SERVER, reads(Args.TAKE1, cryptoDevice())),
                directive("SSLFIPS", MAIN_SERVER, refusedIfOn("no FIPS provider is configured")),
                directive("SSLCompression", SERVERS, reads(Args.FLAG, compression())),
                directive(
                        "SSLInsecureRenegotiation",
                        SERVERS,
                        ignored(Args.FLAG, "insecure renegotiation is never accepted")),
                directive(
                        "SSLOpenSSLConfCmd",
                        SERVERS,
                        refused(
                                Args.TAKE2,
                                "its commands are OpenSSL's; SSLProtocol and SSLCipherSuite say what can be said")),
                directive("SSLSRPVerifierFile", SERVERS, refused(Args.TAKE1, srp)),
                directive("SSLSRPUnknownUserSeed", SERVERS, refused(Args.TAKE1, srp)),
                directive(
                        "SSLRenegBufferSize",
                        Places.anywhere(AllowOverride.AUTH_CONFIG),
                        idle(Args.TAKE1, renegBuffer(), "nothing is renegotiated")),
                directive("SSLLog", EVERYWHERE, gone("use ErrorLog.")),
                directive("SSLLogLevel", EVERYWHERE, gone("use LogLevel.")));
    }

    /** Checked as httpd does, then noted: there is nothing here that it could tune. */
    static Directive.Does idle(Args args, Effect check, String why) {
        Effect effect = (line, scope) -> {
            check.apply(line, scope);
            scope.find(Findings.IGNORED, line.span(), line.name() + " has no effect: " + why);
        };
        return new Directive.Does(args, effect, new Verdict(Verdict.Kind.IGNORED, why), List.of(), List.of());
    }

    /** Off is what is done anyway. */
    static Directive.Does refusedIfOn(String why) {
        return reads(Args.FLAG, (line, scope) -> {
            if (SslLines.argument(line).equalsIgnoreCase("on")) {
                throw BadArgument.refusal(line.name() + " On is not supported: " + why);
            }
        });
    }

    /** Seconds, where -1 is any age. */
    static void age(Line line, Scope scope) throws BadArgument {
        if (Reading.atoi(SslLines.argument(line)) < -1) {
            throw new BadArgument(line.name() + ": invalid argument");
        }
    }

    /** SSLStaplingResponseTimeSkew and those like it. */
    static void notNegative(Line line, Scope scope) throws BadArgument {
        if (Reading.atoi(SslLines.argument(line)) < 0) {
            throw new BadArgument(line.name() + ": invalid argument");
        }
    }

    static void sessionCache(Line line, Scope scope) throws BadArgument {
        String word = SslLines.argument(line);
        String name = word.contains(":") ? word.substring(0, word.indexOf(':')) : word;
        boolean builtIn = name.equals("none") || name.equals("nonenotnull");
        boolean known = name.equals("default")
                ? scope.isLoaded("socache_shmcb_module")
                : scope.isLoaded("socache_" + name + "_module");
        if (!builtIn && !known) {
            throw new BadArgument("SSLSessionCache: '" + name + "' session cache not supported (known names: "
                    + String.join(",", cacheNames(scope)) + "). Maybe you need to load the appropriate socache module "
                    + "(mod_socache_" + name + "?).");
        }
    }

    static void randomSeed(Line line, Scope scope) throws BadArgument {
        String context = SslLines.argument(line);
        String source = line.words().get(1).text();
        if (!context.equals("startup") && !context.equals("connect")) {
            throw new BadArgument("SSLRandomSeed: invalid context: `" + context + "'");
        }
        if (source.equals("builtin")) {
            if (line.words().size() > 2) {
                throw new BadArgument("SSLRandomSeed: byte specification not allowed for builtin seed source");
            }
            return;
        }
        if (source.startsWith("egd:")) {
            throw new BadArgument("Invalid SSLRandomSeed entropy source `" + source
                    + "': This version of OpenSSL does not support the Entropy Gathering Daemon (EGD).");
        }
        String path = source.startsWith("file:") || source.startsWith("exec:") ? source.substring(5) : source;
        Path file = scope.resolve(SourceFile.utf8(path));
        if (!Files.exists(file)) {
            throw BadArgument.ofMachine("SSLRandomSeed: source path '" + file + "' does not exist");
        }
    }

    private static List<String> cacheNames(Scope scope) {
        return Stream.of("shmcb", "default", "dbm", "memcache", "redis", "dc")
                .filter(name -> scope.isLoaded("socache_" + (name.equals("default") ? "shmcb" : name) + "_module"))
                .toList();
    }

    /** A directive that httpd only knows to say that it is gone. */
    static Directive.Does gone(String remedy) {
        return reads(Args.RAW_ARGS, (line, scope) -> {
            throw new BadArgument(line.name() + " directive is no longer supported - " + remedy);
        });
    }

    private static Effect renegBuffer() {
        return (line, scope) -> {
            String size = SslLines.argument(line);
            if (Reading.atoi(size) < 0) {
                throw new BadArgument("Invalid size for SSLRenegBufferSize: " + size);
            }
        };
    }

    private static Effect ocspEnable() {
        return (line, scope) -> {
            String[] words = SslLines.words(line);
            switch (words[0].toLowerCase(Locale.ROOT)) {
                case "off" -> {}
                case "on", "leaf" ->
                    throw BadArgument.refusal(
                            "SSLOCSPEnable " + words[0] + " is not supported: nobody would be asked about clients");
                default -> throw new BadArgument("SSLOCSPEnable: Invalid argument '" + words[0] + "'");
            }
        };
    }

    private static Effect cryptoDevice() {
        return (line, scope) -> {
            String engine = line.words().get(0).text();
            if (!engine.equals("builtin") && !engine.equals("dynamic")) {
                throw new BadArgument("SSLCryptoDevice: Invalid argument; must be one of: 'builtin' (none),"
                        + " 'dynamic' (Dynamic engine loading support)");
            }
        };
    }

    private static Effect compression() {
        return (line, scope) -> {
            if (SslLines.argument(line).equalsIgnoreCase("on")) {
                throw new BadArgument("This version of OpenSSL does not have any compression methods available, "
                        + "cannot enable SSLCompression.");
            }
        };
    }
}
