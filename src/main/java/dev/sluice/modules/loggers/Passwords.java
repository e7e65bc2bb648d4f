package dev.sluice.modules.loggers;

/** Passwords in request targets, which a log must not tell. */
final class Passwords {
    private Passwords() {}

    /** {@code http://user:XXXXXXXX@host/} for {@code http://user:secret@host/}, as apr_uri_unparse writes it. */
    static String hidden(String target) {
        if (target.isEmpty() || target.charAt(0) == '/') {
            return target;
        }
        int start = target.indexOf("://") + 3;
        int end = start < 3 ? -1 : authorityEnd(target, start);
        int sign = start < 3 ? -1 : target.lastIndexOf('@', end);
        int colon = sign < start ? -1 : target.indexOf(':', start);
        if (colon < 0 || colon > sign) {
            return target;
        }
        return target.substring(0, colon + 1) + "XXXXXXXX" + target.substring(sign);
    }

    private static int authorityEnd(String target, int start) {
        int i = start;
        while (i < target.length() && "/?#".indexOf(target.charAt(i)) < 0) {
            i++;
        }
        return i;
    }
}
