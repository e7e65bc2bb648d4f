package dev.sluice.modules.core;

/** What the server calls itself. */
public final class Product {
    /** Sluice's own version. */
    public static final String VERSION = "0.1.0";

    /** The httpd whose configuration language and behaviour are kept. */
    public static final String HTTPD_VERSION = "2.4.71";

    /** What {@code -v} tells of the build: builds of one version are the same. */
    public static final String BUILT = "2026-11-21T00:00:00";

    private Product() {}

    /** What messages call the program: the name it was called by. */
    public static String program() {
        String called = System.getProperty("sluice.argv0", "httpd");
        return called.substring(called.lastIndexOf('/') + 1);
    }

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
