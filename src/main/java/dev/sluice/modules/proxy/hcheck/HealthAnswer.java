package dev.sluice.modules.proxy.hcheck;

import java.util.Locale;
import java.util.Map;

/**
 * What a backend answered to a check.
 *
 * @param headers by name in lower case; several of one name are joined by commas
 * @param body one byte a char
 */
public record HealthAnswer(int status, Map<String, String> headers, String body) {
    String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
}
