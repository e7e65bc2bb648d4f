package dev.sluice.modules.core;

import dev.sluice.model.Settings;
import dev.sluice.model.View;
import java.util.Locale;
import java.util.Optional;

/** AddDefaultCharset: what Content-Type says of plain text and HTML that do not say it themselves (ap_make_content_type). */
public final class DefaultCharset {
    private static final View<Optional<String>> CHARSET = View.of(
            settings -> switch (settings.get(CoreModule.ADD_DEFAULT_CHARSET).toLowerCase(Locale.ROOT)) {
                case "off" -> Optional.empty();
                case "on" -> Optional.of("; charset=iso-8859-1");
                default -> Optional.of("; charset=" + settings.get(CoreModule.ADD_DEFAULT_CHARSET));
            });

    private DefaultCharset() {}

    /** {@code type}, with the charset where it is to be added. */
    public static String added(Settings settings, String type) {
        Optional<String> charset = settings.view(CHARSET);
        if (charset.isEmpty()) {
            return type;
        }
        int end = type.indexOf(';');
        String media = (end < 0 ? type : type.substring(0, end)).strip();
        boolean isText = media.equalsIgnoreCase("text/plain") || media.equalsIgnoreCase("text/html");
        boolean says = end >= 0 && type.toLowerCase(Locale.ROOT).indexOf("charset=", end) >= 0;
        return isText && !says ? type + charset.get() : type;
    }
}
