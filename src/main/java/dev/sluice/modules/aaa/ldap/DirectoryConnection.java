package dev.sluice.modules.aaa.ldap;

import dev.sluice.modules.aaa.ldap.LdapUrl.Security;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.naming.Context;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.PartialResultException;
import javax.naming.ReferralException;
import javax.naming.SizeLimitExceededException;
import javax.naming.directory.Attribute;
import javax.naming.directory.SearchControls;
import javax.naming.directory.SearchResult;
import javax.naming.ldap.InitialLdapContext;
import javax.naming.ldap.LdapContext;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.StartTlsRequest;
import javax.naming.ldap.StartTlsResponse;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a directory, by Java's own LDAP client. It binds, searches and compares; nothing that a directory answers
 * is ever made an object, and no referral is followed.
 */
@SuppressWarnings("BanJNDI") // Searches return no objects, so that nothing is deserialized.
final class DirectoryConnection implements AutoCloseable {
    /** Where a directory is and how it is spoken to. */
    record Target(String host, int port, Security security, LdapTerms.Aliases aliases) {}

    /** @param read the longest wait for an answer; zero for none */
    record Patience(Duration connect, Duration read) {}

    /** More than one is too many, and two show it. */
    private static final int MOST_FOUND = 2;

    private final LdapContext context;
    private final @Nullable StartTlsResponse tls;
    private boolean bound = true;
    private @Nullable String boundAs;
    private @Nullable String boundWith;

    private DirectoryConnection(LdapContext context, @Nullable StartTlsResponse tls) {
        this.context = context;
        this.tls = tls;
    }

    // JNDI takes no other kind of table.
    @SuppressWarnings("JdkObsolete")
    static DirectoryConnection open(Target target, Patience patience, @Nullable SSLSocketFactory sockets)
            throws LdapFailure {
        boolean ldaps = target.security == Security.SSL;
        Hashtable<String, Object> terms = new Hashtable<>();
        terms.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.ldap.LdapCtxFactory");
        terms.put(Context.PROVIDER_URL, (ldaps ? "ldaps" : "ldap") + "://" + target.host + ":" + target.port);
        terms.put(Context.REFERRAL, "throw");
        terms.put(Context.SECURITY_AUTHENTICATION, "none");
        terms.put("java.naming.ldap.version", "3");
        terms.put("java.naming.ldap.derefAliases", target.aliases.name().toLowerCase(Locale.ROOT));
        terms.put("com.sun.jndi.ldap.connect.timeout", millis(patience.connect));
        terms.put("com.sun.jndi.ldap.read.timeout", millis(patience.read));
        if (ldaps) {
            terms.put("java.naming.ldap.factory.socket", DirectorySockets.class.getName());
        }
        DirectorySockets.use(sockets);
        try {
            LdapContext context = new InitialLdapContext(terms, null);
            return new DirectoryConnection(
                    context, target.security == Security.STARTTLS ? start(context, sockets) : null);
        } catch (NamingException e) {
            throw LdapFailure.of(e, Directories.NO_BIND);
        } finally {
            DirectorySockets.use(null);
        }
    }

    private static String millis(Duration time) {
        return Long.toString(Math.max(0, time.toMillis()));
    }

    private static StartTlsResponse start(LdapContext context, @Nullable SSLSocketFactory sockets)
            throws LdapFailure, NamingException {
        StartTlsResponse tls = (StartTlsResponse) context.extendedOperation(new StartTlsRequest());
        try {
            tls.negotiate(sockets);
            return tls;
        } catch (IOException e) {
            context.close();
            throw new LdapFailure(LdapFailure.SERVER_DOWN, "LDAP: ldap_start_tls_s() failed");
        }
    }

    /**
     * Nobody where {@code name} is null.
     *
     * @param failing what to say where the directory refuses it
     */
    void bind(@Nullable String name, @Nullable String password, String failing) throws LdapFailure {
        if (bound && Objects.equals(name, boundAs) && Objects.equals(password, boundWith)) {
            return;
        }
        // Where a directory refuses somebody it serves the connection as one of nobody.
        bound = false;
        try {
            if (name == null || password == null) {
                context.addToEnvironment(Context.SECURITY_AUTHENTICATION, "none");
                context.removeFromEnvironment(Context.SECURITY_PRINCIPAL);
                context.removeFromEnvironment(Context.SECURITY_CREDENTIALS);
            } else {
                context.addToEnvironment(Context.SECURITY_AUTHENTICATION, "simple");
                context.addToEnvironment(Context.SECURITY_PRINCIPAL, LdapText.chars(name));
                context.addToEnvironment(Context.SECURITY_CREDENTIALS, LdapText.chars(password));
            }
            context.reconnect(null);
            bound = true;
            boundAs = name;
            boundWith = password;
        } catch (NamingException e) {
            throw LdapFailure.of(e, failing);
        }
    }

    /** At most two entries; {@code attributes} are those of each, joined where there are several values of one. */
    List<Found> search(String base, int scope, String filter, List<String> attributes) throws LdapFailure {
        SearchControls controls = new SearchControls();
        controls.setSearchScope(scope);
        controls.setCountLimit(MOST_FOUND);
        controls.setReturningAttributes(attributes.toArray(String[]::new));
        List<Found> found = new ArrayList<>();
        try {
            NamingEnumeration<SearchResult> results =
                    context.search(new LdapName(LdapText.chars(base)), LdapText.chars(filter), controls);
            try {
                while (found.size() < MOST_FOUND && results.hasMore()) {
                    found.add(found(results.next(), attributes));
                }
            } finally {
                results.close();
            }
        } catch (SizeLimitExceededException | PartialResultException | ReferralException e) {
            return found;
        } catch (NamingException e) {
            throw LdapFailure.of(e, "ldap_search_ext_s() for user failed");
        }
        return found;
    }

    private static Found found(SearchResult result, List<String> attributes) throws NamingException {
        List<@Nullable String> values = new ArrayList<>();
        for (String name : attributes) {
            Attribute attribute = result.getAttributes().get(name);
            values.add(attribute == null ? null : joined(attribute));
        }
        return new Found(LdapText.bytes(result.getNameInNamespace()), values);
    }

    private static String joined(Attribute attribute) throws NamingException {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < attribute.size(); i++) {
            Object value = attribute.get(i);
            all.append(i > 0 ? "; " : "").append(value == null ? "" : LdapText.bytes(value));
        }
        return all.toString();
    }

    /** All values of an attribute of one entry, and none where there is no such entry. */
    List<String> values(String name, String filter, List<String> attributes) throws LdapFailure {
        SearchControls controls = new SearchControls();
        controls.setSearchScope(SearchControls.OBJECT_SCOPE);
        controls.setReturningAttributes(attributes.toArray(String[]::new));
        List<String> values = new ArrayList<>();
        try {
            NamingEnumeration<SearchResult> results =
                    context.search(new LdapName(LdapText.chars(name)), LdapText.chars(filter), controls);
            while (results.hasMore()) {
                SearchResult result = results.next();
                for (String attribute : attributes) {
                    Attribute found = result.getAttributes().get(attribute);
                    for (int i = 0; found != null && i < found.size(); i++) {
                        values.add(LdapText.bytes(found.get(i)));
                    }
                }
            }
        } catch (PartialResultException | ReferralException e) {
            return values;
        } catch (NamingException e) {
            LdapFailure failure = LdapFailure.of(e, "ldap_search_ext_s() for subgroups failed");
            if (failure.isOfConnection()) {
                throw failure;
            }
        }
        return values;
    }

    /**
     * Whether an entry has a value. It is searched for: what JNDI makes of LDAP's compare does not take every value as it is
     * meant.
     */
    boolean compare(String name, String attribute, String value) throws LdapFailure {
        String filter = "(&(" + attribute + "=" + LdapText.escaped(value) + "))";
        return !search(name, SearchControls.OBJECT_SCOPE, filter, List.of("1.1"))
                .isEmpty();
    }

    @Override
    public void close() {
        try {
            if (tls != null) {
                tls.close();
            }
            context.close();
        } catch (IOException | NamingException e) {
            // What is closed already need not be closed.
            bound = false;
        }
    }

    /**
     * An entry.
     *
     * @param values of the attributes that were asked for, in their order; null for one that it does not have
     */
    record Found(String name, List<@Nullable String> values) {}
}
