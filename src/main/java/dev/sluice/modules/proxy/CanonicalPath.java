package dev.sluice.modules.proxy;

/** Writes a decoded path as it goes to a backend (ap_proxy_canonenc with enc_path, for a reverse proxy). */
final class CanonicalPath {
    private static final boolean[] AS_IT_IS = new boolean[256];
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    static {
        for (int c = 0; c < 128; c++) {
            AS_IT_IS[c] = Character.isLetterOrDigit(c) || (c > 0 && "~$-_.+!*'(),;:@&=/".indexOf(c) >= 0);
        }
    }

    private CanonicalPath() {}

    /**
     * {@code path}, one byte a char, with every byte escaped that no path has; itself where there is none.
     *
     * @param keepsSlashes whether {@code %2F} stands for a slash that was not decoded (AllowEncodedSlashes NoDecode)
     */
    static String encode(String path, boolean keepsSlashes) {
        for (int i = 0; i < path.length(); i++) {
            if (!AS_IT_IS[path.charAt(i) & 0xFF]) {
                return escaped(path, i, keepsSlashes);
            }
        }
        return path;
    }

    private static String escaped(String path, int first, boolean keepsSlashes) {
        StringBuilder out = new StringBuilder(path.length() + 16).append(path, 0, first);
        for (int i = first; i < path.length(); i++) {
            int octet = path.charAt(i) & 0xFF;
            if (AS_IT_IS[octet] || (keepsSlashes && path.regionMatches(true, i, "%2f", 0, 3))) {
                out.append((char) octet);
            } else {
                out.append('%').append(HEX[octet >> 4]).append(HEX[octet & 15]);
            }
        }
        return out.toString();
    }

    /** Whether {@code text} may not go into a request line: a control character or a space is in it. */
    static boolean isForbidden(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == 127) {
                return true;
            }
        }
        return false;
    }
}
