package dev.sluice.modules.metadata;

import dev.sluice.expression.BadPattern;
import dev.sluice.expression.Regex;
import dev.sluice.modules.core.Fields;
import dev.sluice.modules.core.IpText;
import dev.sluice.request.Request;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.HttpString;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What SetEnvIf looks at. */
@FunctionalInterface
interface EnvAttribute {
    /** Nothing: for rules that look at something else. */
    EnvAttribute NONE = r -> null;

    /** Null where the request has no such thing. */
    @Nullable
    String value(Request request);

    /**
     * A part of the request by name; else a header by name, or the variable of that name; else, where the name holds more
     * than letters, digits, hyphens and underscores, the first header whose name it matches.
     */
    static EnvAttribute read(String name, boolean ignoreCase) throws BadPattern {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "remote_addr" -> r -> IpText.of(r.exchange().getSourceAddress());
            case "remote_host" -> r -> IpText.of(r.exchange().getSourceAddress());
            case "server_addr" -> r -> IpText.of(r.exchange().getDestinationAddress());
            case "request_uri" -> Request::path;
            case "request_method" -> Request::method;
            case "request_protocol" -> r -> r.exchange().getProtocol().toString();
            default -> isName(name) ? named(name) : matching(name, ignoreCase);
        };
    }

    private static boolean isName(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && (c < '0' || c > '9') && c != '-' && c != '_') {
                return false;
            }
        }
        return true;
    }

    private static EnvAttribute named(String name) {
        HttpString header = new HttpString(name);
        return r -> {
            String value = Fields.request(r.exchange(), header);
            return value == null ? r.environment().get(name) : value;
        };
    }

    private static EnvAttribute matching(String pattern, boolean ignoreCase) throws BadPattern {
        Regex regex = ignoreCase ? Regex.compileIgnoringCase(pattern) : Regex.compile(pattern);
        return r -> {
            HeaderMap headers = r.exchange().getRequestHeaders();
            for (HeaderValues values : headers) {
                if (regex.matches(values.getHeaderName().toString())) {
                    return Fields.request(r.exchange(), values.getHeaderName());
                }
            }
            return null;
        };
    }
}
