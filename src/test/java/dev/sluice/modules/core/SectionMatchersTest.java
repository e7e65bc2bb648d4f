package dev.sluice.modules.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sluice.model.Matcher;
import dev.sluice.request.Environment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SectionMatchersTest {
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    /private,   /private,      true
                    /private,   /private/,     true
                    /private,   /private/a,    true
                    /private,   /privately,    false
                    /private,   /Private,      false
                    /private/,  /private,      false
                    /private/,  /private/a,    true
                    /,          /a,            true
                    '',         /a,            true
                    /a/*/b,     /a/x/b,        true
                    /a/*/b,     /a/x/y/b,      false
                    /a/*/b,     /a/x/b/c,      false
                    """)
    void aLocationEndsWhereAComponentDoes(String location, String path, boolean expected) {
        assertEquals(expected, SectionMatchers.location(location).matches(path));
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    /srv/www,         /srv/www/,        true
                    /srv/www/,        /srv/www/,        true
                    /srv//www/./a/..,  /srv/www/,       true
                    /srv/www,         /srv/www/a/,      false
                    /srv/www,         /srv/wwwx/,       false
                    /,                /,                true
                    /../srv,          /srv/,            true
                    /srv/*,           /srv/a/,          true
                    /srv/*,           /srv/a/b/,        false
                    srv,              /srv/,            false
                    """)
    void aDirectoryIsItsCanonicalPath(String directory, String path, boolean expected) {
        assertEquals(expected, SectionMatchers.directory(directory).matches(path));
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
            .htaccess, .htaccess, true
            .ht*,      .htpasswd, true
            .ht*,      x.htaccess, false
            a?c,       abc,       true
            ./abc,     abc,       true
            """)
    void filesAreNamesOrWildcards(String files, String name, boolean expected) {
        assertEquals(expected, SectionMatchers.files(files).matches(name));
    }

    @Test
    void aPatternThatCannotBeCompiledIsNone() {
        assertNull(SectionMatchers.regex("("));
    }

    @Test
    void namedGroupsBecomeVariables() {
        Matcher matcher = SectionMatchers.regex("^/sites/(?<sitename>[^/]+)");
        Environment environment = new Environment();

        assertNotNull(matcher);
        boolean matches = LocationWalk.matches(matcher, "/sites/blog/x", environment);

        assertEquals(true, matches);
        assertEquals("blog", environment.get("MATCH_SITENAME"));
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
            /a//b,  /a/b
            //a,    /a
            /a/b/,  /a/b/
            /a///,  /a/
            """)
    void runsOfSlashesAreOne(String path, String expected) {
        assertEquals(expected, LocationWalk.oneSlash(path));
    }
}
