package dev.sluice.modules.proxy;

import java.util.Set;

/**
 * What a directory or location says about its proxied requests; built once for merged settings.
 *
 * @param preserveHost ProxyPreserveHost
 * @param addHeaders ProxyAddHeaders
 * @param forwardsContinue Proxy100Continue
 * @param overridesErrors ProxyErrorOverride
 * @param overriddenCodes the codes that are overridden; empty: all from 400
 * @param reverse ProxyPassReverse and its kin
 */
public record LocationSettings(
        boolean preserveHost,
        boolean addHeaders,
        boolean forwardsContinue,
        boolean overridesErrors,
        Set<Integer> overriddenCodes,
        ReverseMappings reverse) {
    public static final LocationSettings DEFAULT =
            new LocationSettings(false, true, true, false, Set.of(), ReverseMappings.NONE);

    /** The same, where mappings may name {@code balancers}. */
    LocationSettings of(Balancers balancers) {
        return new LocationSettings(
                preserveHost,
                addHeaders,
                forwardsContinue,
                overridesErrors,
                overriddenCodes,
                reverse.of(balancers::memberNames));
    }

    /** Whether the server answers in the place of a backend that answered {@code status} (ap_proxy_should_override). */
    boolean overrides(int status) {
        return overridesErrors
                && (overriddenCodes.isEmpty() ? status >= 400 && status < 600 : overriddenCodes.contains(status));
    }
}
