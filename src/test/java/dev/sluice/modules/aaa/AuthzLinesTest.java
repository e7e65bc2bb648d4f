package dev.sluice.modules.aaa;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.modules.LiveServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** httpd's words about authorization lines: each was seen with {@code apache2 -t} 2.4.71, but for what is refused here. */
class AuthzLinesTest {
    private final Path root;

    AuthzLinesTest(@TempDir Path root) {
        this.root = root;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Require all                     | Argument for 'Require all' must be 'granted' or 'denied'
                    Require all maybe               | Argument for 'Require all' must be 'granted' or 'denied'
                    Require all granted denied      | Argument for 'Require all' must be 'granted' or 'denied'
                    Require all GRANTED             | ''
                    Require "all" 'granted'         | Argument for 'Require all' must be 'granted' or 'denied'
                    Require ALL granted             | Unknown Authz provider: ALL
                    Require user joe                | Unknown Authz provider: user
                    Require valid-user              | Unknown Authz provider: valid-user
                    Require foo bar                 | Unknown Authz provider: foo
                    Require not all granted         | negative Require directive has no effect in <RequireAny> directive
                    Require env                     | ''
                    Require method get              | Invalid Method 'get'
                    Require method GET POST         | ''
                    Require expr true               | ''
                    Require ip                      | 'require ip' requires an argument
                    Require ip foo                  | ip address 'foo' appears to be invalid
                    Require ip 1.2.3.4/33           | ip address '1.2.3.4/33' appears to be invalid: The specified network mask is invalid.
                    Require ip 1.2.3.4/255.0.255.0  | ''
                    Require ip 1.2.3.4.5            | ip address '1.2.3.4.5' appears to be invalid: The specified IP address is invalid.
                    Require ip 10/8                 | ip address '10/8' appears to be invalid: The specified IP address is invalid.
                    Require ip 1.2.3.               | ''
                    Require ip [::1]                | ip address '[::1]' appears to be invalid: The specified IP address is invalid.
                    Require ip fe80::1%eth0         | ip address 'fe80::1%eth0' appears to be invalid: The specified IP address is invalid.
                    Require ip ::ffff:1.2.3.4       | ip address '::ffff:1.2.3.4' appears to be invalid: The specified IP address is invalid.
                    Require ip 1.2.3.4/             | ip address '1.2.3.4/' appears to be invalid: The specified network mask is invalid.
                    Require ip 1.2.3.4/0            | ip address '1.2.3.4/0' appears to be invalid: The specified network mask is invalid.
                    Require host                    | ''
                    Require local                   | ''
                    AuthMerging Foo                 | 'AuthMerging must be one of: Off | And | Or'
                    """)
    void aLineInALocation(String line, String expected) throws IOException {
        assertEquals(expected, LiveServer.complaint(root, "<Location /a>\n" + line + "\n</Location>"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            textBlock =
                    """
                    <RequireAll>;Require not ip 1.2.3.4;</RequireAll> # AH01624: <RequireAll> directive contains only negative authorization directives
                    <RequireAny>;Require not ip 1.2.3.4;</RequireAny> # negative Require directive has no effect in <RequireAny> directive
                    <RequireNone>;Require ip 1.2.3.4;</RequireNone> # <RequireNone> directive has no effect in <RequireAny> directive
                    <RequireNone>;Require not ip 1.2.3.4;</RequireNone> # negative Require directive has no effect in <RequireNone> directive
                    <RequireNone>;</RequireNone> # <RequireNone> directive contains no authorization directives
                    <RequireAll>;</RequireAll> # <RequireAll> directive contains no authorization directives
                    <RequireAll>;<RequireNone>;Require ip 1;</RequireNone>;</RequireAll> # AH01624: <RequireAll> directive contains only negative authorization directives
                    <RequireAll>;<RequireNone>;Require ip 1;</RequireNone>;Require all granted;</RequireAll> # ''
                    <RequireAll>;<RequireAll>;Require not ip 1;</RequireAll>;Require all granted;</RequireAll> # ''
                    <RequireAll foo>;Require all granted;</RequireAll> # <RequireAll> directive doesn't take additional arguments
                    <RequireAll>;Options None;</RequireAll> # Options not allowed in <RequireAll> context
                    <RequireAll>;<Limit GET>;Require all denied;</Limit>;</RequireAll> # ''
                    """)
    void aContainer(String lines, String expected) throws IOException {
        String location = "<Location /a>\n" + lines.replace(';', '\n') + "\n</Location>";

        assertEquals(expected, LiveServer.complaint(root, location));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Order allow, deny               | order takes one argument, 'allow,deny', 'deny,allow', or 'mutual-failure'
                    Order foo                       | unknown order
                    Allow from                      | allow requires at least two arguments, 'from' followed by hostnames or IP-address wildcards
                    Allow to all                    | allow and deny must be followed by 'from'
                    Allow from 1.2.3.4/33           | The specified network mask is invalid.
                    Allow from foo/33               | An IP address was expected
                    Allow from 256.1.1.1            | The specified IP address is invalid.
                    Allow from 10.1.                | ''
                    Allow from env=FOO env=!BAR     | ''
                    Deny from all #x                | No comments are allowed here
                    Satisfy foo                     | Satisfy either 'any' or 'all'.
                    """)
    void aLineOfTheOlderForm(String line, String expected) throws IOException {
        assertEquals(expected, LiveServer.complaint(root, "<Location /a>\n" + line + "\n</Location>"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Require user joe        | ''
                    Require valid-user      | ''
                    Require user %{x        | Cannot parse expression in require line: syntax error, unexpected T_ERROR, expecting T_VAR_END or ':': Unterminated string or variable
                    Require group admins    | Unknown Authz provider: group
                    """)
    void usersAreKnownWhereTheirModuleIsLoaded(String line, String expected) throws IOException {
        String lines = "LoadModule authz_user_module mod_authz_user.so\n<Location /a>\n" + line + "\n</Location>";

        assertEquals(expected, LiveServer.complaint(root, lines));
    }
}
