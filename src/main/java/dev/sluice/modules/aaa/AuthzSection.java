package dev.sluice.modules.aaa;

import dev.sluice.directive.Scope.Methods;
import dev.sluice.request.Level;
import dev.sluice.request.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Authorization directives as a tree, and what it comes to for a request (apply_authz_sections, mod_authz_core.c). */
sealed interface AuthzSection {
    /** True where it has a say about {@code method}. */
    boolean concerns(String method);

    boolean isNegated();

    /** What it says of a request whose method it concerns. */
    AuthzResult decide(Request request);

    enum Logic {
        ALL,
        ANY
    }

    /**
     * One Require.
     *
     * @param words as messages show it, {@code all granted}
     * @param methods those of the Limit around it; null for all
     */
    record Requirement(String words, boolean isNegated, @Nullable Methods methods, AuthzProvider.Check check)
            implements AuthzSection {
        @Override
        public boolean concerns(String method) {
            return methods == null || methods.include(method);
        }

        @Override
        public AuthzResult decide(Request request) {
            AuthzResult result = check.of(request);
            return isNegated ? result.negated() : result;
        }

        @Override
        public String toString() {
            return "Require " + (isNegated ? "not " : "") + words;
        }
    }

    /**
     * Several, of which all or any must grant.
     *
     * @param isMerged true where AuthMerging joined sections
     */
    record Container(Logic logic, boolean isNegated, boolean isMerged, List<AuthzSection> children)
            implements AuthzSection {
        @Override
        public boolean concerns(String method) {
            for (AuthzSection child : children) {
                if (child.concerns(method)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public AuthzResult decide(Request request) {
            AuthzResult result = AuthzResult.NEUTRAL;
            for (AuthzSection child : children) {
                AuthzResult one = apply(child, request, logic);
                if (!one.isAnswer()) {
                    return one;
                }
                if (one == (logic == Logic.ALL ? AuthzResult.DENIED : AuthzResult.GRANTED)) {
                    result = one;
                    break;
                }
                if (one != AuthzResult.NEUTRAL) {
                    result = joined(result, one);
                }
            }
            return isNegated ? result.negated() : result;
        }

        /** "Denied without a user" stays where a user might change the outcome. */
        private AuthzResult joined(AuthzResult before, AuthzResult one) {
            boolean mayChange = one == AuthzResult.DENIED_NO_USER
                    && (logic == Logic.ALL ? before != AuthzResult.DENIED : before == AuthzResult.DENIED);
            return mayChange || before == AuthzResult.NEUTRAL ? one : before;
        }

        @Override
        public String toString() {
            String name = logic == Logic.ALL ? (isNegated ? "NotAll" : "All") : isNegated ? "None" : "Any";
            return isMerged ? "AuthMerging " + name : "<Require" + name + ">";
        }
    }

    /** What {@code section} says of {@code request} to a container of {@code parent}'s logic; logged as httpd does. */
    static AuthzResult apply(AuthzSection section, Request request, Logic parent) {
        boolean concerned = section.concerns(request.method());
        AuthzResult result =
                concerned ? section.decide(request) : parent == Logic.ALL ? AuthzResult.GRANTED : AuthzResult.NEUTRAL;
        if (result.isAnswer() && request.errorLog().keeps(Level.DEBUG, "authz_core")) {
            String message = concerned
                    ? "AH01626: authorization result of " + section + ": " + result
                    : "AH01625: authorization result of " + section + ": " + result
                            + " (directive limited to other methods)";
            request.log(Level.DEBUG, "authz_core", message);
        }
        return result;
    }
}
