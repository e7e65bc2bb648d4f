package dev.sluice.modules.aaa;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Scope;
import dev.sluice.expression.BadExpression;
import dev.sluice.expression.Evaluation;
import dev.sluice.modules.core.RequestExpression;
import dev.sluice.modules.core.StandardMethods;
import dev.sluice.request.Level;
import dev.sluice.request.Request;
import dev.sluice.syntax.Quoting;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The providers of Require by name, each with the module that has to be loaded for it, and their aliases. */
public final class AuthzProviders {
    private record Entry(String module, AuthzProvider provider) {}

    /** Those that have no module of their own, or one that keeps nothing. */
    private static final Map<String, Entry> ALL = Map.ofEntries(
            Map.entry("all", new Entry("authz_core_module", AuthzProviders::all)),
            Map.entry("env", new Entry("authz_core_module", AuthzProviders::env)),
            Map.entry("method", new Entry("authz_core_module", AuthzProviders::method)),
            Map.entry("expr", new Entry("authz_core_module", AuthzProviders::expr)),
            Map.entry("ip", new Entry(AuthzHostModule.ID, HostProviders::ip)),
            Map.entry("host", new Entry(AuthzHostModule.ID, HostProviders::host)),
            Map.entry("forward-dns", new Entry(AuthzHostModule.ID, HostProviders::forwardDns)),
            Map.entry("local", new Entry(AuthzHostModule.ID, HostProviders::local)),
            Map.entry("user", new Entry(AuthzUserModule.ID, AuthzUserModule::user)),
            Map.entry("valid-user", new Entry(AuthzUserModule.ID, AuthzUserModule::validUser)),
            Map.entry("group", new Entry(AuthzGroupfileModule.ID, AuthzGroupfileModule::group)),
            Map.entry("file-group", new Entry(AuthzGroupfileModule.ID, AuthzGroupfileModule::fileGroup)),
            Map.entry("file-owner", new Entry(AuthzOwnerModule.ID, AuthzOwnerModule::fileOwner)),
            Map.entry("ssl", new Entry("ssl_module", TlsProviders::ssl)),
            Map.entry("ssl-verify-client", new Entry("ssl_module", TlsProviders::verifyClient)));

    private final Map<String, Entry> brought = new ConcurrentHashMap<>(ALL);

    /** Those that AuthzProviderAlias made, for one reading of a configuration. */
    private final Map<String, AuthzProvider> aliases = new ConcurrentHashMap<>();

    /** Known from now on, where {@code module} is loaded. */
    void bring(String module, String name, AuthzProvider provider) {
        brought.put(name, new Entry(module, provider));
    }

    void alias(String name, AuthzProvider provider) {
        aliases.put(name, provider);
    }

    /** The provider called {@code name}, upper and lower case as in httpd's table. */
    AuthzProvider find(String name, Scope scope) throws BadArgument {
        AuthzProvider alias = aliases.get(name);
        if (alias != null) {
            return alias;
        }
        Entry entry = brought.get(name);
        if (entry == null || !scope.isLoaded(entry.module)) {
            throw new BadArgument("Unknown Authz provider: " + name);
        }
        return entry.provider;
    }

    private static AuthzProvider.Check all(String args, Scope scope) throws BadArgument {
        if (args.equalsIgnoreCase("granted")) {
            return request -> AuthzResult.GRANTED;
        }
        if (args.equalsIgnoreCase("denied")) {
            return request -> AuthzResult.DENIED;
        }
        throw new BadArgument("Argument for 'Require all' must be 'granted' or 'denied'");
    }

    /** Granted where one of the variables is set, be it to nothing. */
    private static AuthzProvider.Check env(String args, Scope scope) {
        List<String> names = Quoting.words(args);
        return request -> {
            for (String name : names) {
                if (request.environment().has(name)) {
                    return AuthzResult.GRANTED;
                }
            }
            return AuthzResult.DENIED;
        };
    }

    /** The text behind the name is the expression, without quotes around it; a backslash in them quotes nothing. */
    private static AuthzProvider.Check expr(String args, Scope scope) throws BadArgument {
        boolean quoted = args.length() > 1 && args.startsWith("\"") && args.endsWith("\"");
        RequestExpression expression;
        try {
            expression = RequestExpression.condition(
                    "authz_core", quoted ? args.substring(1, args.length() - 1) : args, scope);
        } catch (BadExpression e) {
            throw new BadArgument("Cannot parse expression in require line: " + e.message());
        }
        AuthzResult denied = expression.mentions("REMOTE_USER") ? AuthzResult.DENIED_NO_USER : AuthzResult.DENIED;
        return request -> {
            if (expression.blocks() && request.exchange().isInIoThread()) {
                return AuthzResult.ON_WORKER;
            }
            Evaluation<Request> evaluation = new Evaluation<>(request);
            boolean granted = expression.test(evaluation);
            if (evaluation.failure() != null) {
                request.log(
                        Level.ERROR,
                        "authz_core",
                        "AH02320: Error evaluating expression in 'Require expr': " + evaluation.failure());
                return AuthzResult.GENERAL_ERROR;
            }
            return granted ? AuthzResult.GRANTED : denied;
        };
    }

    private static AuthzProvider.Check method(String args, Scope scope) throws BadArgument {
        Set<String> names = new HashSet<>();
        for (String name : Quoting.words(args)) {
            if (!StandardMethods.isKnown(name)) {
                throw new BadArgument("Invalid Method '" + name + "'");
            }
            names.add(name);
        }
        Scope.Methods methods = new Scope.Methods(
                names.contains("HEAD") || names.contains("GET") ? with(names, "GET") : Set.copyOf(names), false);
        return request -> methods.include(request.method()) ? AuthzResult.GRANTED : AuthzResult.DENIED;
    }

    private static Set<String> with(Set<String> names, String name) {
        Set<String> all = new HashSet<>(names);
        all.add(name);
        return Set.copyOf(all);
    }
}
