package dev.sluice.modules.ssl;

/** Why a PEM file does not give what it should. The words are OpenSSL's where it has any: httpd writes them to its error log. */
final class PemFault extends Exception {
    private static final long serialVersionUID = 1L;

    PemFault(String message) {
        super(message, null, false, false);
    }

    String message() {
        return String.valueOf(getMessage());
    }
}
