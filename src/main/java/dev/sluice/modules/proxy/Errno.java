package dev.sluice.modules.proxy;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Failures in the words APR has for them, as httpd puts them before a message: {@code (111)Connection refused: }. */
public final class Errno {
    static final String TIMEOUT = "(70007)The timeout specified has expired: ";
    static final String END_OF_FILE = "(70014)End of file found: ";
    static final String INCOMPLETE = "(70008)Partial results are valid but processing is incomplete: ";
    static final String GENERAL = "(20014)Internal error (specific information not available): ";
    /** What httpd prints for AP_FILTER_ERROR: a body that its filters refused. */
    static final String FILTER = "(-102)Unknown error -102: ";

    static final String NO_SPACE = "(28)No space left on device: ";

    private static final Map<String, Integer> LINUX = Map.ofEntries(
            Map.entry("Connection refused", 111),
            Map.entry("Connection reset by peer", 104),
            Map.entry("Connection timed out", 110),
            Map.entry("No route to host", 113),
            Map.entry("Network is unreachable", 101),
            Map.entry("Broken pipe", 32),
            Map.entry("Cannot assign requested address", 99),
            Map.entry("Permission denied", 13),
            Map.entry("Too many open files", 24),
            Map.entry("No such file or directory", 2),
            Map.entry("Resource temporarily unavailable", 11),
            Map.entry("Invalid argument", 22),
            Map.entry("Protocol wrong type for socket", 91));

    private Errno() {}

    /** The prefix for {@code failure}, which may have its cause inside; the general one where the system gave no reason. */
    public static String of(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause instanceof IOException ? cause.getMessage() : null;
            if (message == null) {
                continue;
            }
            if (message.equals("Connection reset")) {
                message = "Connection reset by peer";
            }
            for (Map.Entry<String, Integer> known : LINUX.entrySet()) {
                if (message.startsWith(known.getKey())) {
                    return "(" + known.getValue() + ")" + known.getKey() + ": ";
                }
            }
        }
        return GENERAL;
    }
}
