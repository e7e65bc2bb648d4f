package dev.sluice.modules.mappers.rewrite;

import dev.sluice.modules.core.UrlPath;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** {@code int:}, a function of the server's own. */
record InternalMap(UnaryOperator<String> function) implements RewriteMap {
    /** Null for a name that is none. */
    static @Nullable InternalMap of(String name) {
        return switch (name) {
            case "tolower" -> new InternalMap(text -> cased(text, 'A', 'Z'));
            case "toupper" -> new InternalMap(text -> cased(text, 'a', 'z'));
            case "escape" -> new InternalMap(UrlPath::escaped);
            case "unescape" -> new InternalMap(Escapes::decoded);
            default -> null;
        };
    }

    /** Only ASCII letters have case. */
    private static String cased(String text, char first, char last) {
        char[] chars = text.toCharArray();
        for (int i = 0; i < chars.length; i++) {
            if (chars[i] >= first && chars[i] <= last) {
                chars[i] = (char) (chars[i] ^ 0x20);
            }
        }
        return new String(chars);
    }

    @Override
    public String lookUp(String name, String key, Trace trace) {
        String value = function.apply(key);
        if (trace.keeps(5)) {
            trace.log(5, "map lookup OK: map=" + name + " key=" + key + " -> val=" + value);
        }
        return value;
    }

    @Override
    public boolean blocks() {
        return false;
    }
}
