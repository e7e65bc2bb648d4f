package dev.sluice.modules.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** httpd's complaints; each row was asked of httpd 2.4.71. Lines of one configuration are parted by a backslash. */
class ProxyDirectivesTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            textBlock =
                    """
            ProxyPass                                             # ProxyPass|ProxyPassMatch needs a path when not defined in a location
            ProxyPass /a                                          # ProxyPass|ProxyPassMatch needs a path when not defined in a location
            ProxyPass /a /b                                       # ProxyPass URL must be absolute!: /b
            ProxyPass /a http:///                                 # ProxyPass URL must be absolute!: http:///
            ProxyPass /a http://x:abc/                            # ProxyPass Unable to parse URL: http://x:abc/
            ProxyPass /a !                                        # ``
            ProxyPass ~ ^/a http://b/                             # ``
            ProxyPassMatch ~ ^/a http://b/                        # ProxyPassMatch invalid syntax ('~' usage).
            ProxyPassMatch ^/(a http://b/                         # Regular expression could not be compiled.
            ProxyPassMatch ^/(a)$ http://b/$1 retry=0             # ``
            ProxyPassMatch ^/(a)$ http://$1/x                     # ``
            ProxyPass /a http://b/ x                              # Invalid ProxyPass|ProxyPassMatch parameter. Parameter must be in the form 'key=value'.
            ProxyPass /a http://b/ mapping=x                      # unknown mapping
            <Location /a>\\ProxyPass http://b/\\</Location>       # ``
            <Location /a>\\ProxyPass /c http://b/\\</Location>    # ProxyPass|ProxyPassMatch can not have a path when defined in a location.
            <Location /a>\\ProxyPass\\</Location>                 # ProxyPass|ProxyPassMatch needs a path when not defined in a location
            <Directory /a>\\ProxyPass http://b/\\</Directory>     # ProxyPass cannot occur within <Directory> section
            <Files a>\\ProxyPass http://b/\\</Files>              # ProxyPass cannot occur within <Files> section
            <Location /a>\\ProxyPassReverse /x http://b/\\</Location> # ProxyPassReverse can not have a path when defined in a location
            ProxyPassReverse http://b/                            # ProxyPassReverse needs a path when not defined in a location
            ProxyPassReverse /a http://b/ interpolate             # ``
            ProxyPreserveHost maybe                               # ProxyPreserveHost must be On or Off
            ProxyTimeout 0                                        # Proxy Timeout must be at least 1 second.
            ProxyTimeout abc                                      # Proxy Timeout must be at least 1 second.
            ProxyTimeout 500ms                                    # ``
            ProxyVia x                                            # ProxyVia must be one of: off | on | full | block
            ProxyErrorOverride x                                  # ProxyErrorOverride first parameter must be one of: off | on
            ProxyErrorOverride On 404 500                         # ``
            ProxyErrorOverride Off 404                            # ProxyErrorOverride: status codes must follow a value of 'on'
            ProxyErrorOverride On 200                             # ProxyErrorOverride: status codes to intercept must be valid HTTP Status Codes >=400 && <600
            ProxyErrorOverride On abc                             # ProxyErrorOverride: status codes to intercept must be numeric
            ProxyBadHeader x                                      # ProxyBadHeader must be one of: IsError | Ignore | StartBody
            ProxyBadHeader ignore                                 # ``
            ProxyIOBufferSize 100                                 # ProxyIOBufferSize must be >= 512 bytes, or 0 for system default.
            ProxyReceiveBufferSize 100                            # ProxyReceiveBufferSize must be >= 512 bytes, or 0 for system default.
            ProxyDomain x                                         # ProxyDomain: domain name must start with a dot.
            ProxyRequests Off                                     # ``
            ProxySet http://x retry=5                             # ProxySet can not find 'http://x' Worker.
            ProxyPass /a http://x/\\ProxySet http://x/ foo=1      # ProxySet: unknown Worker parameter foo=1; http://x/
            ProxyPass /a http://x/\\ProxySet http://x/ retry=5    # ``
            ProxyPass /a http://x/\\ProxySet http://x/ foo        # Invalid ProxySet parameter. Parameter must be in the form 'key=value'
            <Proxy http://b/>\\ProxySet retry=5\\</Proxy>         # ``
            <Proxy http://b/ retry=-5>\\</Proxy>                  # <Proxy Retry must be a positive value retry=-5; http://b/
            <Proxy http://b/ foo>\\</Proxy>                       # Invalid Proxy parameter. Parameter must be in the form 'key=value'
            <Proxy * foo>\\</Proxy>                               # <Proxy> arguments are not supported for wildchar url.
            <Proxy abc foo>\\</Proxy>                             # <Proxy> arguments are not supported for non url.
            <ProxyMatch (>\\</ProxyMatch>                         # Regex could not be compiled
            <ProxyMatch a b>\\</ProxyMatch>                       # Multiple <ProxyMatch> arguments not (yet) supported.
            <Location /a>\\<Proxy *>\\</Proxy>\\</Location>       # <Proxy not allowed in <Location> context
            <Proxy *>\\ProxyTimeout 5\\</Proxy>                   # ProxyTimeout not allowed in <Proxy> context
            <Location /a>\\ProxyVia On\\</Location>               # ProxyVia not allowed in <Location> context
            """)
    void aWrongLineIsRefusedInHttpdsWords(String lines, String complaint) throws Exception {
        String found = ConfiguredServer.complaint(lines.replace('\\', '\n'));

        assertEquals(complaint, found.substring(found.lastIndexOf('\n') + 1));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '#',
            textBlock =
                    """
            foo              # Invalid ProxyPass|ProxyPassMatch parameter. Parameter must be in the form 'key=value'.
            foo=1            # ProxyPass unknown Worker parameter
            loadfactor=0.5   # ProxyPass LoadFactor must be a number between 1..100
            retry=-1         # ProxyPass Retry must be a positive value
            ttl=0            # ProxyPass TTL must be at least one second
            min=-1           # ProxyPass Min must be a positive number
            max=-1           # ProxyPass Max must be a positive number
            smax=-1          # ProxyPass Smax must be a positive number
            acquire=0        # ProxyPass Acquire must be at least one millisecond
            acquire=abc      # ProxyPass Acquire timeout has wrong format
            acquire=10us     # ProxyPass Acquire timeout has wrong format
            timeout=0        # ProxyPass Timeout must be at least one second
            iobuffersize=1   # ProxyPass IOBufferSize must be >= 512 bytes, or 0 for system default.
            receivebuffersize=1 # ProxyPass ReceiveBufferSize must be >= 512 bytes, or 0 for system default.
            keepalive=x      # ProxyPass KeepAlive must be On|Off
            disablereuse=x   # ProxyPass DisableReuse must be On|Off
            enablereuse=x    # ProxyPass EnableReuse must be On|Off
            addressttl=-2    # ProxyPass AddressTTL must be -1 or a number of seconds not exceeding (2147483647)
            addressttl=abc   # ProxyPass AddressTTL must be -1 or a number of seconds not exceeding (2147483647)
            status=X         # ProxyPass Unknown status parameter option
            status=+-E       # ProxyPass Unknown status parameter option
            flushpackets=x   # ProxyPass flushpackets must be on|off|auto
            flushwait=1001   # ProxyPass flushwait must be <= 1000, or 0 for system default of 10 millseconds.
            ping=0           # ProxyPass Ping/Pong timeout must be at least one millisecond
            ping=abc         # ProxyPass Ping/Pong timeout has wrong format
            lbset=100        # ProxyPass lbset must be between 0 and 99
            connectiontimeout=0   # ProxyPass Connectiontimeout must be at least one millisecond.
            connectiontimeout=abc # ProxyPass Connectiontimeout has wrong format
            flusher=aaaaaaaaaaaaaaaaaaaaaa # ProxyPass flusher name length must be < 16 characters
            upgrade=aaaaaaaaaaaaaaaaaaaaaa # ProxyPass upgrade protocol length must be < 16 characters
            responsefieldsize=-1  # ProxyPass ResponseFieldSize must be greater than 0 bytes, or 0 for system default.
            nocanon=1        # ProxyPass unknown Worker parameter
            """)
    void aWrongParameterIsRefusedInHttpdsWords(String parameter, String complaint) throws Exception {
        String found = ConfiguredServer.complaint("ProxyPass /a http://b.example/ " + parameter);

        assertEquals(complaint, found.substring(found.lastIndexOf('\n') + 1));
    }
}
