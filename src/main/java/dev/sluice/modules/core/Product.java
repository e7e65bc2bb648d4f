package dev.sluice.modules.core;

/** What the server calls itself. */
public final class Product {
    /** Sluice's own version. */
    public static final String VERSION = "0.1.0";

    /** The httpd whose configuration language and behaviour are kept. */
    public static final String HTTPD_VERSION = "2.4.71";

    private Product() {}

    /** The Server header, as ServerTokens asks for it. */
    public static String tokens(CoreModule.Tokens tokens) {
        String[] version = VERSION.split("\\.", -1);
        return switch (tokens) {
            case PRODUCT_ONLY -> "Sluice";
            case MAJOR -> "Sluice/" + version[0];
            case MINOR -> "Sluice/" + version[0] + "." + version[1];
            case MINIMAL -> "Sluice/" + VERSION;
            case OS, FULL -> "Sluice/" + VERSION + " (Unix)";
        };
    }
}
