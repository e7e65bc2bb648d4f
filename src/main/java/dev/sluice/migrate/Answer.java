package dev.sluice.migrate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a server answered. Texts have one byte a char.
 *
 * @param status 0 where there was no answer, and {@code reason} says why
 * @param fields names in lower case, and their values in order
 */
record Answer(int status, String reason, Map<String, List<String>> fields, String body) {
    static Answer none(String why) {
        return new Answer(0, why, new LinkedHashMap<>(), "");
    }

    /** The values of a field, joined by commas; empty where there is none. */
    String field(String name) {
        return String.join(", ", fields.getOrDefault(name, List.of()));
    }
}
