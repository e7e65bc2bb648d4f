package dev.sluice.modules.aaa;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Scope;
import dev.sluice.modules.aaa.ldap.Directories;
import dev.sluice.modules.aaa.ldap.Directories.Asker;
import dev.sluice.modules.aaa.ldap.Directories.Entry;
import dev.sluice.modules.aaa.ldap.LdapFailure;
import dev.sluice.modules.aaa.ldap.LdapTerms;
import dev.sluice.modules.aaa.ldap.LdapText;
import dev.sluice.modules.aaa.ldap.LdapUrl;
import dev.sluice.request.Level;
import dev.sluice.request.Request;
import dev.sluice.syntax.Quoting;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Require ldap-user and its kin. */
final class LdapRights {
    /** The name of an attribute, with options (RFC 4512, section 2.5). */
    private static final Pattern ATTRIBUTE = Pattern.compile("[A-Za-z0-9.;_-]+");

    private final LdapUsers users;

    LdapRights(LdapUsers users) {
        this.users = users;
    }

    /** Decides about a user whose entry is known. */
    @FunctionalInterface
    interface Decision {
        boolean grants(Question question, String wanted) throws LdapFailure;
    }

    /** A provider that wants to know the user's entry first. */
    AuthzProvider ofUser(String name, Decision decision) {
        return (args, scope) -> {
            RequestText wanted = RequestText.read(args, scope, "Cannot parse expression in require line");
            return request -> {
                String user = request.user();
                if (user == null) {
                    return AuthzResult.DENIED_NO_USER;
                }
                LdapTerms terms = request.settings().get(LdapTerms.SETTING);
                LdapUrl url = terms.url();
                if (url == null) {
                    return AuthzResult.DENIED;
                }
                if (request.exchange().isInIoThread()) {
                    return AuthzResult.ON_WORKER;
                }
                try {
                    LdapUsers.Known known = users.known(request, terms, url, user);
                    if (known != null
                            && decision.grants(new Question(users, request, terms, url, known), wanted.of(request))) {
                        LdapUsers.tell(request, terms.prefix(), url, known.entry());
                        return AuthzResult.GRANTED;
                    }
                } catch (LdapFailure e) {
                    log(request, name, e);
                }
                return AuthzResult.DENIED;
            };
        };
    }

    /** Granted where the filter finds one entry, whoever asks. */
    AuthzProvider.Check search(String args, Scope scope) throws BadArgument {
        RequestText filter = RequestText.read(args, scope, "Cannot parse expression in require line");
        return request -> {
            LdapTerms terms = request.settings().get(LdapTerms.SETTING);
            LdapUrl url = terms.url();
            if (url == null) {
                return AuthzResult.DENIED;
            }
            if (request.exchange().isInIoThread()) {
                return AuthzResult.ON_WORKER;
            }
            String wanted = filter.of(request);
            if (wanted.isEmpty()) {
                return AuthzResult.DENIED;
            }
            try {
                Entry entry = users.directories().find(request, terms, url, wanted, Directories.usual(terms));
                LdapUsers.tell(request, terms.prefix(), url, entry);
                return AuthzResult.GRANTED;
            } catch (LdapFailure e) {
                log(request, "ldap-search", e);
                return AuthzResult.DENIED;
            }
        };
    }

    private static void log(Request request, String name, LdapFailure failure) {
        if (request.errorLog().keeps(Level.DEBUG, "authnz_ldap")) {
            request.log(
                    Level.DEBUG,
                    "authnz_ldap",
                    "auth_ldap authorize: require " + name + ": authorization failed " + failure.brackets());
        }
    }

    /** What is asked about one user, with what is known of him. */
    record Question(LdapUsers users, Request request, LdapTerms terms, LdapUrl url, LdapUsers.Known known) {
        /** The whole line may be one name, or several. */
        boolean user(String wanted) {
            if (has(url.userAttribute(), wanted)) {
                return true;
            }
            Quoting words = new Quoting(wanted);
            for (String word = words.word(); !word.isEmpty(); word = words.word()) {
                if (has(url.userAttribute(), word)) {
                    return true;
                }
            }
            return false;
        }

        /** The line is one group. */
        boolean group(String wanted) throws LdapFailure {
            String member = terms.groupsOfNames() ? known.entry().name() : known.user();
            Directories directories = users.directories();
            for (String attribute : terms.groupAttributes()) {
                if (isMember(wanted, attribute, member)
                        || directories.isInSubGroup(request, terms, url, wanted, attribute, member)) {
                    return true;
                }
            }
            return false;
        }

        private boolean isMember(String group, String attribute, String member) throws LdapFailure {
            try {
                return users.directories()
                        .compare(request, terms, url, group, attribute, member, asker(terms.comparesAsUser()));
            } catch (LdapFailure e) {
                log(request, "ldap-group", e);
                return false;
            }
        }

        boolean name(String wanted) throws LdapFailure {
            boolean asUser = terms.comparesAsUser() && terms.searchesAsUser();
            return users.directories()
                    .areSame(request, terms, url, known.entry().name(), wanted, asker(asUser));
        }

        /** {@code employeeType=active departmentNumber="1 2"}: one of them does. */
        boolean attribute(String wanted) {
            Quoting words = new Quoting(wanted);
            while (!words.isAtEnd()) {
                String attribute = words.wordUntil('=');
                if (has(attribute.strip(), words.word())) {
                    return true;
                }
            }
            return false;
        }

        /** Granted where the user's entry is the one that the filter finds. */
        boolean filter(String wanted) throws LdapFailure {
            if (wanted.isEmpty()) {
                return false;
            }
            Asker asker = asker(terms.searchesAsUser());
            String filter = LdapText.filter(terms, wanted, known.user());
            Entry found = users.directories().find(request, terms, url, filter, asker);
            return users.directories()
                    .areSame(request, terms, url, known.entry().name(), found.name(), asker);
        }

        /** What a directory cannot look for its entries do not have. */
        private boolean has(String attribute, String value) {
            if (!ATTRIBUTE.matcher(attribute).matches()) {
                return false;
            }
            try {
                return users.directories()
                        .compare(
                                request,
                                terms,
                                url,
                                known.entry().name(),
                                attribute,
                                value,
                                asker(terms.comparesAsUser()));
            } catch (LdapFailure e) {
                log(request, attribute, e);
                return false;
            }
        }

        private Asker asker(boolean asUser) {
            @Nullable String password = known.password();
            return asUser && password != null ? new Asker(known.entry().name(), password) : Directories.usual(terms);
        }
    }
}
