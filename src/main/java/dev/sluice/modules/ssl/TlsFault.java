package dev.sluice.modules.ssl;

/** Why the TLS of a server cannot be set up: mod_ssl's message, and the reason that OpenSSL would give behind it. */
final class TlsFault extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    /** @param reason a sentence for the line after the message's; empty where the message says all */
    TlsFault(String message, String reason) {
        super(message, null, false, false);
        this.reason = reason;
    }

    String message() {
        return String.valueOf(getMessage());
    }

    String reason() {
        return reason;
    }

    /** Message and reason in one sentence. */
    String whole() {
        return reason.isEmpty() ? message() : message() + " (" + reason + ")";
    }
}
