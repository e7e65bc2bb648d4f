package dev.sluice.cli;

import dev.sluice.modules.core.Product;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** How this process was called, and its environment, as bytes held one a char. */
final class Program {
    private static final String CALLED = System.getProperty("sluice.argv0", "httpd");

    private Program() {}

    /** As it was called: {@code bin/httpd}. */
    static String path() {
        return CALLED;
    }

    /** What messages begin with: {@code httpd}. */
    static String name() {
        return Product.program();
    }

    /** True where the launcher waits to hear how the start went. */
    static boolean isToDetach() {
        return Boolean.getBoolean("sluice.detach");
    }

    static Map<String, String> environment() {
        Map<String, String> all = new HashMap<>();
        System.getenv().forEach((name, value) -> all.put(name, bytes(value)));
        return all;
    }

    /** {@code text} in UTF-8, one byte a char. */
    static String bytes(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            }
        }
        return text;
    }

    /** An absolute path for one that is relative to where the process was started; one byte a char. */
    static String absolute(String path) {
        return bytes(Path.of(path).toAbsolutePath().normalize().toString());
    }
}
