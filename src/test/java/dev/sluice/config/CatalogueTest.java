package dev.sluice.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueTest {
    private final Catalogue catalogue = Catalogue.get();

    @Test
    void aDirectiveHasWhatTheManualAndTheBinarySay() {
        Catalogue.Row row = catalogue.rows("PROXYTIMEOUT").get(0);

        assertEquals("ProxyTimeout", row.name());
        assertEquals(List.of("mod_proxy.c"), row.modules());
        assertEquals(List.of("server config", "virtual host"), row.contexts());
        assertEquals("TAKE1", row.argsHow());
        assertEquals("*.conf only outside <Directory>, <Files>, <Location>, or <If>", row.allowedIn());
        assertEquals(
                "Set the timeout (in seconds) for a proxied connection. This overrides the server timeout", row.help());
        assertTrue(row.inDebian());
        assertFalse(row.isSection());
    }

    @Test
    void aSectionIsAskedForWithItsBracket() {
        assertTrue(catalogue.has("<location"));
        assertFalse(catalogue.has("Location"));
    }

    @Test
    void modulesThatDifferHaveRowsOfTheirOwn() {
        List<Catalogue.Row> rows = catalogue.rows("ServerLimit");

        assertEquals(
                List.of(List.of("event.c", "worker.c"), List.of("prefork.c")),
                rows.stream().map(Catalogue.Row::modules).toList());
    }

    @Test
    void everyRowNamesModulesThatAreKnown() {
        List<String> unknown = catalogue
                .rows()
                .flatMap(row -> row.modules().stream())
                .filter(file -> catalogue.module(file) == null)
                .distinct()
                .toList();

        assertEquals(List.of(), unknown);
        assertTrue(catalogue.rows().count() > 733);
    }

    @ParameterizedTest
    @CsvSource({
        "core_module, core.c, true",
        "http_module, http_core.c, true",
        "proxy_http_module, mod_proxy_http.c, false",
        "mpm_event_module, event.c, false",
        "ldap_module, util_ldap.c, false",
        "log_config_module, mod_log_config.c, true"
    })
    void aModuleIsKnownByItsIdAndItsFile(String id, String file, boolean isStatic) {
        Catalogue.Module module = Objects.requireNonNull(catalogue.module(id));

        assertEquals(file, module.file());
        assertEquals(isStatic, module.isStatic());
        assertEquals(module, catalogue.module(file));
        assertNull(catalogue.module(id.toUpperCase(java.util.Locale.ROOT)));
    }

    @Test
    void helpMayHaveSeveralLines() {
        String help = catalogue.help("AuthLDAPURL");

        assertNotNull(help);
        assertTrue(help.startsWith(
                "URL to define LDAP connection. This should be an RFC 2255 compliant\nURL of the form"));
    }
}
