package dev.sluice.directive;

import java.util.EnumSet;
import java.util.Set;

/**
 * Where a directive may stand.
 *
 * <p>httpd decides in two steps, with a message for each: by the bits of the command's row ({@code X not allowed here}) and,
 * for what belongs to the main server only, in the command's setter ({@code X cannot occur within <VirtualHost> section}).
 *
 * @param classes the override classes that admit it; each but {@link AllowOverride#AUTH_CONFIG} and
 *     {@link AllowOverride#LIMIT} also admits it at server level (ap_process_config_tree masks those two)
 * @param servers at server level, in {@code <VirtualHost>} too
 * @param directories in {@code <Directory>}, {@code <Location>} and their kin
 * @param mainOnly refused inside {@code <VirtualHost>} and every other section
 * @param proxies in {@code <Proxy>} and {@code <ProxyMatch>}, whatever {@code directories} says: PROXY_CONF
 */
public record Places(
        Set<AllowOverride> classes, boolean servers, boolean directories, boolean mainOnly, boolean proxies) {
    /** Server and virtual host: RSRC_CONF. */
    public static final Places SERVERS = new Places(EnumSet.noneOf(AllowOverride.class), true, false, false, false);

    /** The main server alone. */
    public static final Places MAIN_SERVER = new Places(EnumSet.noneOf(AllowOverride.class), true, false, true, false);

    /** Server, virtual host and {@code <Proxy>}: RSRC_CONF and PROXY_CONF. */
    public static final Places SERVERS_AND_PROXIES =
            new Places(EnumSet.noneOf(AllowOverride.class), true, false, false, true);

    /** Only inside directory sections: ACCESS_CONF. */
    public static final Places DIRECTORIES = new Places(EnumSet.noneOf(AllowOverride.class), false, true, false, false);

    /** Everywhere but .htaccess: RSRC_CONF and ACCESS_CONF. */
    public static final Places SERVERS_AND_DIRECTORIES =
            new Places(EnumSet.noneOf(AllowOverride.class), true, true, false, false);

    /** Everywhere, .htaccess included where AllowOverride admits the class; not at server level for AuthConfig and Limit. */
    public static Places anywhere(AllowOverride first, AllowOverride... others) {
        return new Places(EnumSet.of(first, others), false, false, false, false);
    }

    /** As {@link #anywhere}, and at server level whatever the class. */
    public static Places anywhereAndServers(AllowOverride first, AllowOverride... others) {
        return new Places(EnumSet.of(first, others), true, false, false, false);
    }

    /** True where the row's bits admit it, or an access file's list admits its {@code name}. */
    public boolean admit(Place place, String name) {
        return switch (place.kind()) {
            case SERVER -> servers || classes.stream().anyMatch(Places::atServerLevel);
            case DIRECTORY -> directories || !classes.isEmpty() || (proxies && isProxy(place.innermost()));
            case HTACCESS -> place.overrides().admit(classes, name);
            case LIMITED -> place.overrides().admit(classes, name) || (directories && isAlias(place.innermost()));
        };
    }

    private static boolean isProxy(String section) {
        return section.equalsIgnoreCase("Proxy") || section.equalsIgnoreCase("ProxyMatch");
    }

    /** What stands in an alias may be what a directory's may (authaliassection of mod_authn_core.c). */
    private static boolean isAlias(String section) {
        return section.equalsIgnoreCase("AuthnProviderAlias") || section.equalsIgnoreCase("AuthzProviderAlias");
    }

    private static boolean atServerLevel(AllowOverride override) {
        return override != AllowOverride.AUTH_CONFIG && override != AllowOverride.LIMIT;
    }
}
