package dev.sluice.compat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the query of a request tells the backend to answer: {@code ?status=404&header=X-A:%201&size=1000}. */
final class Instructions {
    private final Map<String, List<String>> values = new LinkedHashMap<>();

    Instructions(String target) {
        int query = target.indexOf('?');
        if (query < 0) {
            return;
        }
        for (String pair : target.substring(query + 1).split("&")) {
            String[] sides = pair.split("=", 2);
            String value = sides.length > 1 ? decoded(sides[1]) : "";
            values.computeIfAbsent(sides[0], name -> new ArrayList<>()).add(value);
        }
    }

    /** A query that is not for us may hold anything; it is then taken as it stands. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    String text(String name, String otherwise) {
        return has(name) ? all(name).get(0) : otherwise;
    }

    int number(String name, int otherwise) {
        return has(name) ? Integer.parseInt(text(name, "")) : otherwise;
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** The body asked for: {@code body=}, {@code size=} bytes of a pattern, else one line that names the target. */
    byte[] body(String method, String target) {
        if (has("size")) {
            return Bodies.pattern(number("size", 0));
        }
        return text("body", method + " " + target + "\n").getBytes(StandardCharsets.ISO_8859_1);
    }
}
