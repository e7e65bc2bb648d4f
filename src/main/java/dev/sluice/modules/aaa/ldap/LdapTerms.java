package dev.sluice.modules.aaa.ldap;

import dev.sluice.expression.Regex;
import dev.sluice.model.Setting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the lines of mod_authnz_ldap in one section say. A section that has one forgets those around it: httpd does not merge
 * them. Changed by lines while a section is read, each time in a copy; read by requests.
 */
public final class LdapTerms implements Cloneable {
    public static final Setting<LdapTerms> SETTING = Setting.perDirectory("AuthLDAPURL", new LdapTerms());

    /** How aliases are followed, as JNDI calls it. */
    enum Aliases {
        NEVER,
        SEARCHING,
        FINDING,
        ALWAYS
    }

    /** How a user's name becomes a name to bind with. */
    record BindPattern(Regex pattern, String substitution) {}

    private static final List<String> MEMBERS = List.of("member", "uniqueMember");

    @Nullable
    LdapUrl url;

    @Nullable
    String bindName;

    @Nullable
    String bindPassword;

    boolean bindAuthoritative = true;
    boolean userIsName;
    String userAttribute = "";
    boolean compareOnServer = true;
    List<String> groupAttributes = List.of();
    boolean groupsOfNames = true;
    List<String> subGroupAttributes = List.of();
    List<String> subGroupClasses = List.of();
    int subGroupDepth = 10;
    Aliases aliases = Aliases.ALWAYS;
    String prefix = "AUTHORIZE_";
    boolean bindsAsUser;

    @Nullable
    BindPattern bindPattern;

    boolean searchesAsUser;
    boolean comparesAsUser;

    private LdapTerms() {}

    LdapTerms copy() {
        try {
            return (LdapTerms) clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("terms: no copy (expected: one, they are Cloneable)", e);
        }
    }

    /** Null where no line gave one: nobody can be asked then. */
    public @Nullable LdapUrl url() {
        return url;
    }

    /** {@code none} for no filter but the user's name. */
    public boolean isUnfiltered() {
        return url != null && url.filter().equalsIgnoreCase("none");
    }

    public boolean bindAuthoritative() {
        return bindAuthoritative;
    }

    /** True where REMOTE_USER becomes the entry's name. */
    public boolean userIsName() {
        return userIsName;
    }

    /** The attribute whose value REMOTE_USER becomes; empty for none. */
    public String userAttribute() {
        return userAttribute;
    }

    /** True where the directory is asked whether two names are one. */
    public boolean comparesOnServer() {
        return compareOnServer;
    }

    public List<String> groupAttributes() {
        return groupAttributes.isEmpty() ? MEMBERS : groupAttributes;
    }

    /** True where groups hold the names of entries, else those that users sent. */
    public boolean groupsOfNames() {
        return groupsOfNames;
    }

    public List<String> subGroupAttributes() {
        return subGroupAttributes.isEmpty() ? MEMBERS : subGroupAttributes;
    }

    public List<String> subGroupClasses() {
        return subGroupClasses.isEmpty() ? List.of("groupOfNames", "groupOfUniqueNames") : subGroupClasses;
    }

    public int subGroupDepth() {
        return subGroupDepth;
    }

    /** Stands before the names of variables that tell of a right. */
    public String prefix() {
        return prefix;
    }

    /** True where users are looked for with their own name and password. */
    public boolean bindsAsUser() {
        return bindsAsUser;
    }

    /** The name that {@code user} binds with before his entry is known; the name itself where the pattern does not match. */
    public String initialName(String user) {
        BindPattern known = bindPattern;
        if (known == null) {
            return user;
        }
        var found = known.pattern.find(user);
        return found == null ? user : found.expand(known.substitution);
    }

    public boolean searchesAsUser() {
        return searchesAsUser;
    }

    public boolean comparesAsUser() {
        return comparesAsUser;
    }
}
