package dev.sluice.modules.aaa;

import dev.sluice.modules.aaa.authn.AuthnResult;
import dev.sluice.modules.aaa.ldap.Directories;
import dev.sluice.modules.aaa.ldap.Directories.Asker;
import dev.sluice.modules.aaa.ldap.Directories.Entry;
import dev.sluice.modules.aaa.ldap.LdapFailure;
import dev.sluice.modules.aaa.ldap.LdapTerms;
import dev.sluice.modules.aaa.ldap.LdapText;
import dev.sluice.modules.aaa.ldap.LdapUrl;
import dev.sluice.request.Level;
import dev.sluice.request.Request;
import io.undertow.util.AttachmentKey;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The provider "ldap": users whose entry is found by their name, and who can bind with it. */
final class LdapUsers {
    private static final AttachmentKey<Known> KNOWN = AttachmentKey.create(Known.class);

    /**
     * A user whose entry is known.
     *
     * @param user the name that the client sent
     * @param password null where another provider has checked it
     */
    record Known(Request request, String user, @Nullable String password, Entry entry) {}

    private @Nullable Directories directories;

    void ask(Directories opened) {
        directories = opened;
    }

    Directories directories() {
        return Objects.requireNonNull(directories, "asked before the start");
    }

    /** authn_ldap_check_password of mod_authnz_ldap.c. */
    AuthnResult check(Request request, String user, String password) {
        LdapTerms terms = request.settings().get(LdapTerms.SETTING);
        LdapUrl url = terms.url();
        if (url == null) {
            request.log(Level.WARN, "authnz_ldap", "AH02558: no AuthLDAPURL");
            return AuthnResult.GENERAL_ERROR;
        }
        Asker asker = terms.bindsAsUser() ? new Asker(terms.initialName(user), password) : Directories.usual(terms);
        Entry entry;
        try {
            entry = directories()
                    .check(request, terms, url, LdapText.filter(terms, url.filter(), user), password, asker);
        } catch (LdapFailure e) {
            return refused(request, terms, user, e);
        }
        request.exchange().putAttachment(KNOWN, new Known(request, user, password, entry));
        if (terms.userIsName()) {
            request.user(entry.name(), request.authType());
        }
        tell(request, "AUTHENTICATE_", url, entry);
        rename(request, terms, url, entry);
        return AuthnResult.GRANTED;
    }

    private static AuthnResult refused(Request request, LdapTerms terms, String user, LdapFailure failure) {
        boolean authoritative = terms.bindAuthoritative();
        Level level = authoritative ? Level.INFO : Level.DEBUG;
        if (request.errorLog().keeps(level, "authnz_ldap")) {
            request.log(
                    level,
                    "authnz_ldap",
                    (authoritative ? "AH01695" : "AH01694") + ": auth_ldap authenticate: user " + user
                            + " authentication failed; URI " + request.path() + " " + failure.brackets()
                            + (authoritative ? "" : " (not authoritative)"));
        }
        if (!authoritative || failure.isNotFound()) {
            return AuthnResult.USER_NOT_FOUND;
        }
        return failure.isRefusal() ? AuthnResult.DENIED : AuthnResult.GENERAL_ERROR;
    }

    private static void rename(Request request, LdapTerms terms, LdapUrl url, Entry entry) {
        String attribute = terms.userAttribute();
        if (attribute.isEmpty()) {
            return;
        }
        int index = url.named() ? url.attributes().indexOf(attribute) : -1;
        if (index < 0) {
            request.log(
                    Level.WARN,
                    "authnz_ldap",
                    "AH01696: auth_ldap authenticate: REMOTE_USER was to be set with attribute '" + attribute
                            + "', but this attribute was not requested for in the LDAP query for the user. REMOTE_USER"
                            + " will fall back to username or DN as appropriate.");
            return;
        }
        request.user(entry.values().get(index), request.authType());
    }

    /** Leaves the attributes of an entry in the environment: {@code AUTHENTICATE_CN} (set_request_vars). */
    static void tell(Request request, String prefix, LdapUrl url, Entry entry) {
        if (!url.named()) {
            return;
        }
        List<String> attributes = url.attributes();
        for (int i = 0; i < attributes.size(); i++) {
            String value = entry.values().get(i);
            request.environment().set(prefix + attributes.get(i).toUpperCase(Locale.ROOT), value == null ? "" : value);
        }
    }

    /** The entry of the request's user, looked for where another provider has let him in; null where there is none. */
    @Nullable
    Known known(Request request, LdapTerms terms, LdapUrl url, String user) throws LdapFailure {
        Known known = request.exchange().getAttachment(KNOWN);
        if (known != null && known.request == request) {
            return known;
        }
        Entry entry;
        try {
            entry = directories()
                    .find(request, terms, url, LdapText.filter(terms, url.filter(), user), Directories.usual(terms));
        } catch (LdapFailure e) {
            if (e.isNotFound()) {
                return null;
            }
            throw e;
        }
        Known found = new Known(request, user, null, entry);
        request.exchange().putAttachment(KNOWN, found);
        tell(request, "AUTHENTICATE_", url, entry);
        return found;
    }
}
