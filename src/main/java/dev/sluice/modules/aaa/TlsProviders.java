package dev.sluice.modules.aaa;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Scope;
import dev.sluice.request.TlsVariables;

/** What mod_ssl brings to Require: whether TLS is spoken, and whether the client has shown a certificate. */
final class TlsProviders {
    private TlsProviders() {}

    static AuthzProvider.Check ssl(String args, Scope scope) throws BadArgument {
        refuseArguments("ssl", args);
        return request -> request.exchange().getConnection().getSslSessionInfo() != null
                ? AuthzResult.GRANTED
                : AuthzResult.DENIED;
    }

    static AuthzProvider.Check verifyClient(String args, Scope scope) throws BadArgument {
        refuseArguments("ssl-verify-client", args);
        return request -> "SUCCESS".equals(TlsVariables.value(request.exchange(), "SSL_CLIENT_VERIFY"))
                ? AuthzResult.GRANTED
                : AuthzResult.DENIED;
    }

    private static void refuseArguments(String provider, String args) throws BadArgument {
        if (!args.isEmpty()) {
            throw new BadArgument("'Require " + provider + "' does not take arguments");
        }
    }
}
