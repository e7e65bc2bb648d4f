package dev.sluice.modules.aaa.ldap;

import dev.sluice.model.Settings;
import dev.sluice.modules.aaa.authn.PasswordHash;
import dev.sluice.modules.aaa.ldap.DirectoryConnection.Found;
import dev.sluice.request.Request;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.naming.directory.SearchControls;
import org.jspecify.annotations.Nullable;

/** Asks directories, and remembers what they answered: httpd's util_ldap functions. Everything here blocks. */
public final class Directories implements AutoCloseable {
    static final String NO_BIND = "LDAP: ldap_simple_bind() failed";

    /** Who asks; nobody where {@code name} is null. */
    public record Asker(@Nullable String name, @Nullable String password) {}

    /**
     * An entry and what was asked about it.
     *
     * @param values of the URL's attributes, in their order; null for one that it does not have
     */
    public record Entry(String name, List<@Nullable String> values) {}

    /** @param password a digest of the one that was right; null where none was shown */
    private record Known(Entry entry, @Nullable String password) {}

    private final DirectoryPool pool;
    private final Answers<Known> entries;
    private final Answers<Boolean> comparisons;
    private final Answers<List<String>> subGroups;

    /** @param main the main server's settings */
    public Directories(Settings main) {
        this.pool = new DirectoryPool(main);
        this.entries = new Answers<>(main.get(LdapModule.CACHE_ENTRIES), main.get(LdapModule.CACHE_TTL));
        this.comparisons = new Answers<>(main.get(LdapModule.OP_CACHE_ENTRIES), main.get(LdapModule.OP_CACHE_TTL));
        this.subGroups = new Answers<>(main.get(LdapModule.OP_CACHE_ENTRIES), main.get(LdapModule.OP_CACHE_TTL));
    }

    /** Who asks where the user has nothing to do with it: AuthLDAPBindDN and AuthLDAPBindPassword. */
    public static Asker usual(LdapTerms terms) {
        return new Asker(terms.bindName, terms.bindPassword);
    }

    /** The one entry that {@code filter} finds, whose password this is (uldap_cache_checkuserid of util_ldap.c). */
    public Entry check(Request request, LdapTerms terms, LdapUrl url, String filter, String password, Asker asker)
            throws LdapFailure {
        String question = url.text() + "\n" + filter;
        String digest = digest(password);
        Known known = entries.get(question);
        if (known != null && known.password != null && PasswordHash.same(known.password, digest)) {
            return known.entry;
        }
        return use(request, terms, url, connection -> {
            connection.bind(asker.name, asker.password, NO_BIND);
            Entry entry = only(connection.search(url.base(), scope(url), filter, url.attributes()));
            if (password.isEmpty()) {
                throw new LdapFailure(LdapFailure.INVALID_CREDENTIALS, "Empty password not allowed");
            }
            connection.bind(entry.name, password, "ldap_simple_bind() to check user credentials failed");
            entries.put(question, new Known(entry, digest));
            return entry;
        });
    }

    /** The one entry that {@code filter} finds (uldap_cache_getuserdn of util_ldap.c). */
    public Entry find(Request request, LdapTerms terms, LdapUrl url, String filter, Asker asker) throws LdapFailure {
        String question = url.text() + "\n" + filter;
        Known known = entries.get(question);
        if (known != null) {
            return known.entry;
        }
        return use(request, terms, url, connection -> {
            connection.bind(asker.name, asker.password, NO_BIND);
            Entry entry = only(connection.search(url.base(), scope(url), filter, url.attributes()));
            entries.put(question, new Known(entry, null));
            return entry;
        });
    }

    private static int scope(LdapUrl url) {
        return url.onlyBelow() ? SearchControls.ONELEVEL_SCOPE : SearchControls.SUBTREE_SCOPE;
    }

    private static Entry only(List<Found> found) throws LdapFailure {
        if (found.size() != 1) {
            throw new LdapFailure(
                    LdapFailure.NO_SUCH_OBJECT,
                    found.isEmpty() ? "User not found" : "User is not unique (search found two or more matches)");
        }
        return new Entry(found.get(0).name(), found.get(0).values());
    }

    /** Whether an entry has a value; false also where there is no such entry or attribute. */
    public boolean compare(
            Request request, LdapTerms terms, LdapUrl url, String name, String attribute, String value, Asker asker)
            throws LdapFailure {
        String question = url.text() + "\n" + name + "\n" + attribute + "\n" + value;
        Boolean known = comparisons.get(question);
        if (known != null) {
            return known;
        }
        return use(request, terms, url, connection -> {
            connection.bind(asker.name, asker.password, NO_BIND);
            boolean answer = connection.compare(name, attribute, value);
            comparisons.put(question, answer);
            return answer;
        });
    }

    /** Whether two names are of one entry: letter by letter, or as the directory sees it. */
    public boolean areSame(Request request, LdapTerms terms, LdapUrl url, String name, String other, Asker asker)
            throws LdapFailure {
        if (name.equals(other) || !terms.comparesOnServer()) {
            return name.equals(other);
        }
        return use(request, terms, url, connection -> {
            connection.bind(asker.name, asker.password, NO_BIND);
            List<Found> found =
                    connection.search(other, SearchControls.OBJECT_SCOPE, "(objectclass=*)", List.of("1.1"));
            return found.size() == 1 && found.get(0).name().equals(name);
        });
    }

    /** Whether {@code member} is in a group that is in {@code group}, down to the depth that the terms allow. */
    public boolean isInSubGroup(
            Request request, LdapTerms terms, LdapUrl url, String group, String attribute, String member)
            throws LdapFailure {
        return isBelow(request, terms, url, group, attribute, member, 0, new HashSet<>(Set.of(group)));
    }

    private boolean isBelow(
            Request request,
            LdapTerms terms,
            LdapUrl url,
            String group,
            String attribute,
            String member,
            int depth,
            Set<String> seen)
            throws LdapFailure {
        if (depth >= terms.subGroupDepth()) {
            return false;
        }
        Asker asker = usual(terms);
        for (String below : groupsIn(request, terms, url, group, asker)) {
            if (!seen.add(below)) {
                continue;
            }
            if (hasMember(request, terms, url, below, attribute, member, asker)
                    || isBelow(request, terms, url, below, attribute, member, depth + 1, seen)) {
                return true;
            }
        }
        return false;
    }

    private boolean hasMember(
            Request request, LdapTerms terms, LdapUrl url, String group, String attribute, String member, Asker asker)
            throws LdapFailure {
        try {
            return compare(request, terms, url, group, attribute, member, asker);
        } catch (LdapFailure e) {
            if (e.isOfConnection()) {
                throw e;
            }
            return false;
        }
    }

    /** The members of a group that are groups themselves (uldap_get_subgroups of util_ldap.c). */
    private List<String> groupsIn(Request request, LdapTerms terms, LdapUrl url, String group, Asker asker)
            throws LdapFailure {
        String question = url.text() + "\n" + group + "\n" + terms.subGroupAttributes() + terms.subGroupClasses();
        List<String> known = subGroups.get(question);
        if (known != null) {
            return known;
        }
        StringBuilder classes = new StringBuilder("(|");
        terms.subGroupClasses().forEach(each -> classes.append("(objectClass=")
                .append(LdapText.escaped(each))
                .append(')'));
        String isGroup = classes.append(')').toString();
        List<String> groups = use(request, terms, url, connection -> {
            connection.bind(asker.name, asker.password, NO_BIND);
            Set<String> found = new LinkedHashSet<>();
            for (String each : connection.values(group, "(objectclass=*)", terms.subGroupAttributes())) {
                if (exists(connection, each, isGroup)) {
                    found.add(each);
                }
            }
            return List.copyOf(found);
        });
        subGroups.put(question, groups);
        return groups;
    }

    /** A member need not have an entry, nor a name that could have one. */
    private static boolean exists(DirectoryConnection connection, String name, String filter) throws LdapFailure {
        try {
            return !connection
                    .search(name, SearchControls.OBJECT_SCOPE, filter, List.of("1.1"))
                    .isEmpty();
        } catch (LdapFailure e) {
            if (e.isOfConnection()) {
                throw e;
            }
            return false;
        }
    }

    private <T> T use(Request request, LdapTerms terms, LdapUrl url, DirectoryPool.Use<T> use) throws LdapFailure {
        if (url.local()) {
            throw new LdapFailure(LdapFailure.OPERATIONS_ERROR, "LDAP: ldapi is not spoken");
        }
        return pool.use(terms, url, request.server().settings(), request.settings(), use);
    }

    private static String digest(String password) {
        try {
            byte[] bytes = password.getBytes(StandardCharsets.ISO_8859_1);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: not in this Java (expected: in every one)", e);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
