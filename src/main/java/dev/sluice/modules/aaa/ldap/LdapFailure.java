package dev.sluice.modules.aaa.ldap;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.naming.CommunicationException;
import javax.naming.InvalidNameException;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.ServiceUnavailableException;
import javax.naming.directory.InvalidSearchFilterException;

/** A directory did not do what it was asked. Carries no stack: it is an answer, not a fault. */
public final class LdapFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** Result codes of LDAP (RFC 4511), and those that OpenLDAP's library adds. */
    static final int SERVER_DOWN = -1;

    static final int FILTER_ERROR = -7;
    static final int OPERATIONS_ERROR = 1;
    static final int NO_SUCH_OBJECT = 32;
    static final int INVALID_NAME = 34;
    static final int INAPPROPRIATE_AUTHENTICATION = 48;
    static final int INVALID_CREDENTIALS = 49;
    static final int INSUFFICIENT_ACCESS = 50;

    private static final Pattern CODE = Pattern.compile("error code (\\d{1,5})");

    private final int code;
    private final String reason;

    /** @param reason what was tried, in httpd's words */
    LdapFailure(int code, String reason) {
        super(reason + " (" + code + ")", null, false, false);
        this.code = code;
        this.reason = reason;
    }

    static LdapFailure of(NamingException e, String reason) {
        return new LdapFailure(code(e), reason);
    }

    private static int code(NamingException e) {
        Matcher number = CODE.matcher(String.valueOf(e.getMessage()));
        if (number.find()) {
            return Integer.parseInt(number.group(1));
        }
        if (e instanceof CommunicationException || e instanceof ServiceUnavailableException) {
            return SERVER_DOWN;
        }
        if (e instanceof NameNotFoundException) {
            return NO_SUCH_OBJECT;
        }
        if (e instanceof InvalidNameException) {
            return INVALID_NAME;
        }
        return e instanceof InvalidSearchFilterException ? FILTER_ERROR : OPERATIONS_ERROR;
    }

    /** True where another connection may fare better. */
    boolean isOfConnection() {
        return code == SERVER_DOWN;
    }

    /** True where there is no such user, or more than one. */
    public boolean isNotFound() {
        return code == NO_SUCH_OBJECT;
    }

    /** True where the directory refused what was shown to it. */
    public boolean isRefusal() {
        return code >= INAPPROPRIATE_AUTHENTICATION && code <= INSUFFICIENT_ACCESS;
    }

    /** {@code [ldap_simple_bind() failed][Invalid credentials]}. */
    public String brackets() {
        String text =
                switch (code) {
                    case SERVER_DOWN -> "Can't contact LDAP server";
                    case FILTER_ERROR -> "Bad search filter";
                    case OPERATIONS_ERROR -> "Operations error";
                    case NO_SUCH_OBJECT -> "No such object";
                    case INVALID_NAME -> "Invalid DN syntax";
                    case INAPPROPRIATE_AUTHENTICATION -> "Inappropriate authentication";
                    case INVALID_CREDENTIALS -> "Invalid credentials";
                    case INSUFFICIENT_ACCESS -> "Insufficient access";
                    default -> "error " + code;
                };
        return "[" + reason + "][" + text + "]";
    }
}
