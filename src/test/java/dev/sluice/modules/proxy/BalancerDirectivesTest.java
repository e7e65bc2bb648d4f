package dev.sluice.modules.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * httpd's complaints about balancers and health checks; each row was asked of httpd 2.4.71. Lines of one configuration are
 * parted by a backslash.
 */
class BalancerDirectivesTest {
    private static final String MODULES =
            """
            LoadModule proxy_balancer_module modules/mod_proxy_balancer.so
            LoadModule slotmem_shm_module modules/mod_slotmem_shm.so
            LoadModule lbmethod_byrequests_module modules/mod_lbmethod_byrequests.so
            LoadModule lbmethod_bytraffic_module modules/mod_lbmethod_bytraffic.so
            LoadModule lbmethod_bybusyness_module modules/mod_lbmethod_bybusyness.so
            LoadModule lbmethod_heartbeat_module modules/mod_lbmethod_heartbeat.so
            LoadModule heartmonitor_module modules/mod_heartmonitor.so
            LoadModule proxy_hcheck_module modules/mod_proxy_hcheck.so
            """;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            textBlock =
                    """
            <Proxy balancer://x>\\BalancerMember http://a:1 loadfactor=0.5\\</Proxy> # BalancerMember LoadFactor must be a number between 1..100
            <Proxy balancer://x>\\BalancerMember http://a:1 loadfactor=1.5 route=r1 status=+H foo=1\\</Proxy> # BalancerMember unknown Worker hcheck parameter
            <Proxy balancer://x>\\BalancerMember http://a:1 foo\\</Proxy> # BalancerMember can not have a balancer name when defined in a location
            <Proxy balancer://x>\\BalancerMember\\</Proxy> # BalancerMember must define remote proxy server
            <Proxy balancer://x>\\BalancerMember balancer://y http://a:1\\</Proxy> # BalancerMember can not have a balancer name when defined in a location
            BalancerMember http://a:1 # BalancerMember must define remote proxy server
            BalancerMember balancer://y # BalancerMember must define remote proxy server
            BalancerMember balancer://y http://a:1 status=Q # BalancerMember Unknown status parameter option
            <Location /x>\\BalancerMember http://a:1\\</Location> # BalancerMember Bad syntax for a balancer name (/x)
            <Location /x>\\BalancerMember balancer://y http://a:1\\</Location> # BalancerMember can not have a balancer name when defined in a location
            <Location balancer://q>\\BalancerMember http://a:1\\</Location> # ``
            <Proxy balancer://x>\\BalancerMember a:1\\</Proxy> # BalancerMember URL must be absolute!: a:1
            <Proxy balancer://x>\\BalancerMember http://\\</Proxy> # BalancerMember URL must be absolute!: http://
            <Proxy balancer://x>\\BalancerMember ajp://a:8009 secret=x\\ProxySet lbmethod=nope\\</Proxy> # ProxySet: unknown lbmethod lbmethod=nope; balancer://x
            <Proxy balancer://x>\\ProxySet stickysession=A|b lbmethod=bytraffic nofailover=On timeout=5 maxattempts=2 failonstatus=500,503 failontimeout=On forcerecovery=Off growth=10 nonce=None scolonpathdelim=On stickysessionsep=Off\\</Proxy> # ``
            <Proxy balancer://x>\\ProxySet nofailover=1\\</Proxy> # ProxySet: failover must be On|Off nofailover=1; balancer://x
            <Proxy balancer://x>\\ProxySet timeout=0\\</Proxy> # ProxySet: timeout must be at least one second timeout=0; balancer://x
            <Proxy balancer://x>\\ProxySet maxattempts=-1\\</Proxy> # ProxySet: maximum number of attempts must be a positive number maxattempts=-1; balancer://x
            <Proxy balancer://x>\\ProxySet scolonpathdelim=1\\</Proxy> # ProxySet: scolonpathdelim must be On|Off scolonpathdelim=1; balancer://x
            <Proxy balancer://x>\\ProxySet failonstatus=5x0\\</Proxy> # ProxySet: failonstatus must be one or more HTTP response codes failonstatus=5x0; balancer://x
            <Proxy balancer://x>\\ProxySet failonstatus=50\\</Proxy> # ProxySet: failonstatus must be one or more HTTP response codes failonstatus=50; balancer://x
            <Proxy balancer://x>\\ProxySet failonstatus=\\</Proxy> # ``
            <Proxy balancer://x>\\ProxySet growth=0\\</Proxy> # ProxySet: growth must be between 1 and 100 growth=0; balancer://x
            <Proxy balancer://x>\\ProxySet growth=101\\</Proxy> # ProxySet: growth must be between 1 and 100 growth=101; balancer://x
            <Proxy balancer://x>\\ProxySet failontimeout=1\\</Proxy> # ProxySet: failontimeout must be On|Off failontimeout=1; balancer://x
            <Proxy balancer://x>\\ProxySet forcerecovery=1\\</Proxy> # ProxySet: forcerecovery must be On|Off forcerecovery=1; balancer://x
            <Proxy balancer://x>\\ProxySet stickysessionsep=ab\\</Proxy> # ProxySet: stickysessionsep must be a single character or Off stickysessionsep=ab; balancer://x
            <Proxy balancer://x>\\ProxySet stickysessionsep=\\</Proxy> # ProxySet: stickysessionsep must be a single character or Off stickysessionsep=; balancer://x
            <Proxy balancer://x>\\ProxySet foo=1\\</Proxy> # ProxySet: unknown Balancer parameter foo=1; balancer://x
            <Proxy balancer://x>\\ProxySet foo\\</Proxy> # Invalid ProxySet parameter. Parameter must be in the form 'key=value'
            <Proxy balancer://x>\\ProxySet nonce=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\\</Proxy> # ProxySet: Provided nonce is too large nonce=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; balancer://x
            <Proxy balancer://x>\\ProxySet stickysession=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\\</Proxy> # ``
            <Proxy balancer://x>\\ProxySet lbmethod=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\\</Proxy> # ProxySet: unknown lbmethod lbmethod=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; balancer://x
            <Proxy balancer://x>\\ProxySet lbmethod=byrequestsbyrequestsbyrequests\\</Proxy> # ProxySet: unknown lbmethod lbmethod=byrequestsbyrequestsbyrequests; balancer://x
            ProxySet balancer://x lbmethod=byrequests # ProxySet can not find 'balancer://x' Balancer.
            ProxyPass /x balancer://x lbmethod=nope # ProxyPass unknown lbmethod
            ProxyPass /x balancer://x foo # Invalid ProxyPass|ProxyPassMatch parameter. Parameter must be in the form 'key=value'.
            ProxyPass /x balancer://x foo=1 # ProxyPass unknown Balancer parameter
            ProxyPass /x balancer://x/ # ``
            ProxyPass /x balancer:/x # ProxyPass Bad syntax for a balancer name (balancer:/x)
            ProxyPass /x balancer:x # ProxyPass Bad syntax for a balancer name (balancer:x)
            ProxyPass /x balancer:// # ProxyPass Bad syntax for a balancer name (balancer://)
            ProxyPass /x balancer:/// # ``
            ProxyPass /x balancer://x\\ProxySet balancer://x lbmethod=bytraffic foo=2 # ProxySet: unknown Balancer parameter foo=2; balancer://x
            ProxyPass /x balancer://x\\ProxySet balancer://x lbmethod=bytraffic # ``
            ProxyPass /x balancer://x\\ProxySet balancer://y lbmethod=bytraffic # ProxySet can not find 'balancer://y' Balancer.
            ProxyPass /x balancer://X\\ProxySet balancer://x/path lbmethod=bytraffic # ``
            BalancerGrowth -1 # BalancerGrowth must be between 0 and 1000
            BalancerGrowth 1001 # BalancerGrowth must be between 0 and 1000
            BalancerGrowth x # ``
            BalancerPersist maybe # BalancerPersist must be On or Off
            BalancerInherit maybe # BalancerInherit must be On or Off
            BalancerGrowth # BalancerGrowth takes one argument, Number of additional Balancers that can be added post-config
            <Proxy balancer://x lbmethod=nope>\\</Proxy> # <Proxy unknown lbmethod lbmethod=nope; balancer://x
            <Proxy balancer://x lbmethod=bytraffic foo>\\</Proxy> # Invalid Proxy parameter. Parameter must be in the form 'key=value'
            <Proxy balancer://x foo=1>\\</Proxy> # <Proxy unknown Balancer parameter foo=1; balancer://x
            <Proxy balancer://>\\</Proxy> # ``
            <Proxy balancer:x>\\ProxySet lbmethod=byrequests\\</Proxy> # ProxySet Bad syntax for a balancer name (balancer:x)
            <Proxy balancer:x>\\BalancerMember http://a\\</Proxy> # BalancerMember Bad syntax for a balancer name (balancer:x)
            <Proxy http://a:1>\\BalancerMember http://a\\</Proxy> # ``
            <Proxy http://a:1>\\ProxySet foo=1\\</Proxy> # ProxySet: unknown Worker hcheck parameter foo=1; http://a:1
            <Proxy http://a:1 foo=1>\\</Proxy> # <Proxy unknown Worker hcheck parameter foo=1; http://a:1
            <Proxy http://a:1>\\ProxySet timeout=0\\</Proxy> # ProxySet: Timeout must be at least one second timeout=0; http://a:1
            <Proxy *>\\ProxySet timeout=10\\</Proxy> # ProxySet URL must be absolute!: *
            <Proxy *>\\BalancerMember http://a\\</Proxy> # BalancerMember Bad syntax for a balancer name (*)
            <ProxyMatch "^balancer://x">\\BalancerMember http://a\\</ProxyMatch> # ``
            <Proxy balancer://x*>\\BalancerMember http://a\\</Proxy> # ``
            <VirtualHost *:80>\\BalancerMember balancer://a http://b\\ProxyPass /x balancer://a lbmethod=heartbeat\\</VirtualHost> # ``
            <Proxy balancer://x>\\BalancerMember http://a:1/p\\BalancerMember http://a:1 route=x\\BalancerMember http://a:1/p route=x\\BalancerMember http://A:1/p/q ping=1\\</Proxy>\\<Proxy balancer://y>\\BalancerMember http://a:1/p\\</Proxy> # ``
            BalancerMember balancer:y http://a # BalancerMember Bad syntax for a balancer name (balancer:y)
            BalancerMember balancer:// http://a # BalancerMember Bad syntax for a balancer name (balancer://)
            BalancerMember balancer://y http://a loadfactor=0 # BalancerMember LoadFactor must be a number between 1..100
            BalancerMember balancer://y http://a loadfactor=0.99 # BalancerMember LoadFactor must be a number between 1..100
            BalancerMember balancer://y http://a loadfactor=100.001 # ``
            BalancerMember balancer://y http://a loadfactor=1e1 # ``
            BalancerMember balancer://y http://a:99999999999 # ``
            BalancerMember balancer://y http://a:x # BalancerMember Unable to parse URL: http://a:x
            ProxyPass /x balancer://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa # ProxyPass balancer name (balancer://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) too long
            ProxyPassMatch ^/x(.*) balancer://x$1 # ``
            ProxyPassMatch ^/x(.*) balancer://x/$1 lbmethod=bybusyness # ``
            <Location /x>\\ProxyPass balancer://x stickysession=A\\</Location> # ``
            ProxyPass /x balancer://x stickysession=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa # ``
            ProxyPass /x balancer://x stickysession=a|aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa # ``
            ProxyPass /x balancer://x stickysession=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa # ``
            ProxyPass /x balancer://x stickysession=a|aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa # ``
            ProxyPass /x balancer://x stickysession=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa # ``
            ProxyPass /x balancer://x stickysession=a|aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa # ``
            ProxyPass /x balancer://x stickysession=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa # ``
            ProxyPass /x balancer://x stickysession=a|aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa # ``
            ProxyPass /x balancer://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa # ``
            ProxyPass /x balancer://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa # ``
            ProxyPass /x balancer://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa # ``
            ProxyPass /x balancer://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa # ``
            ProxyPass /x balancer://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa # ``
            ProxyPass /x balancer://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa # ``
            ProxyPass /x balancer://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa # ``
            ProxyPass /x balancer://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa # ``
            ProxyPass /x balancer://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa # ``
            ProxyPass /x balancer://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa # ``
            ProxyPass /x balancer://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa # ``
            ProxyPass /x balancer://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa # ``
            ProxyPass /x balancer://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa # ``
            ProxyPass /x balancer://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa # ``
            ProxyPass /x balancer://a nonce=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa # ``
            ProxyPass /x balancer://a nonce=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa # ProxyPass Provided nonce is too large
            BalancerMember balancer://a http://b route=aaaaaaaaaaaaaaa # ``
            BalancerMember balancer://a http://b route=aaaaaaaaaaaaaaaa # ``
            BalancerMember balancer://a http://b route=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa # ``
            BalancerMember balancer://a http://b route=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa # BalancerMember Route length must be < 64 characters
            BalancerMember balancer://a http://b route=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa # BalancerMember Route length must be < 64 characters
            BalancerMember balancer://a http://b route=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa # BalancerMember Route length must be < 64 characters
            BalancerMember balancer://a http://b route=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa # BalancerMember Route length must be < 64 characters
            BalancerMember balancer://a http://b route=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa # BalancerMember Route length must be < 64 characters
            ProxyPass / http://a\\<VirtualHost *:80>\\ProxySet http://a timeout=1\\</VirtualHost> # ProxySet can not find 'http://a' Worker.
            ProxyPass / balancer://a\\<VirtualHost *:80>\\ProxySet balancer://a timeout=1\\</VirtualHost> # ProxySet can not find 'balancer://a' Balancer.
            <VirtualHost *:80>\\<Proxy balancer://a>\\BalancerMember http://b\\</Proxy>\\ProxySet balancer://a timeout=1\\</VirtualHost> # ``
            <Location /x>\\ProxySet balancer://a timeout=1\\</Location> # ProxySet can not find 'balancer://a' Balancer.
            BalancerMember balancer://a http://b\\ProxySet http://b timeout=1 # ProxySet can not find 'http://b' Worker.
            BalancerMember balancer://a http://b a b # Invalid BalancerMember parameter. Parameter must be in the form 'key=value'
            BalancerMember balancer://a http://b a=b =c # BalancerMember unknown Worker hcheck parameter
            BalancerMember "balancer://a" "http://b" route="x y" # Invalid BalancerMember parameter. Parameter must be in the form 'key=value'
            BalancerMember balancer://a http://b route=a ROUTE=b status=x Status=D # ``
            ProxyPass /x balancer://a timeout=0 Timeout=4 # ``
            ProxyPass /x balancer://a/b/c stickysession=X nonce=None\\ProxySet balancer://a stickysession=Y nonce="" # ``
            <Proxy balancer://a>\\ProxySet timeout=0 Timeout=4\\</Proxy> # ProxySet: timeout must be at least one second timeout=0; balancer://a
            <Proxy balancer://a timeout=5 lbmethod=bytraffic>\\BalancerMember http://b\\</Proxy> # ``
            <Proxy "balancer://a" >\\BalancerMember http://b\\</Proxy> # ``
            <Proxy ~ "^balancer://a">\\BalancerMember http://b\\</Proxy> # BalancerMember Bad syntax for a balancer name (~)
            ProxyPass /x balancer://a failonstatus=500,501\\ProxyPass /y balancer://a failonstatus=502 # ``
            ProxyPass /x balancer://a lbset=1 # ProxyPass unknown Balancer parameter
            ProxyPass /x balancer://a retry=1 # ProxyPass unknown Balancer parameter
            """)
    void balancersComplainInHttpdsWords(String lines, String expected) throws Exception {
        assertEquals(expected, ConfiguredServer.complaint(MODULES + lines.replace('\\', '\n')));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            textBlock =
                    """
            ProxyHCExpr # Missing expression name for ProxyHCExpr
            ProxyHCExpr a # Missing expression for ProxyHCExpr
            ProxyHCExpr a {%{REQUEST_STATUS} =~ /^[234]/} # ``
            ProxyHCExpr aaaaaaaaaaaaaaaaaaaaaaaaa {%{REQUEST_STATUS} =~ /^[234]/} # Expression name limited to 15 characters
            ProxyHCExpr a {%{REQUEST_STATUS} =~ /^[234/} # Could not parse expression "%{REQUEST_STATUS} =~ /^[234/": Failed to compile regular expression
            ProxyHCExpr a {%{FOO} =~ /^[234]/} # Could not parse expression "%{FOO} =~ /^[234]/": Variable 'FOO' does not exist
            ProxyHCExpr a {hc('body') =~ /x/} b # error: extra parameter(s)
            ProxyHCExpr in_maint {hc('body') !~ /Under maintenance/} # ``
            ProxyHCTemplate # Missing template name for ProxyHCTemplate
            ProxyHCTemplate t # ``
            ProxyHCTemplate t foo # Invalid ProxyHCTemplate parameter. Parameter must be in the form 'key=value'
            ProxyHCTemplate t foo=1 # ProxyHCTemplate: unknown Worker hcheck parameter foo=1; t
            ProxyHCTemplate t hcmethod=foo # ProxyHCTemplate: Unknown method hcmethod=foo; t
            ProxyHCTemplate t hcmethod=TCP hcinterval=5 hcpasses=1 hcfails=2 hcuri=/x # ``
            ProxyHCTemplate t hcmethod=EXTERNAL # ProxyHCTemplate: Unknown method hcmethod=EXTERNAL; t
            ProxyHCTemplate t hcmethod=PROVIDER # ProxyHCTemplate: Health check method PROVIDER not (yet) implemented hcmethod=PROVIDER; t
            ProxyHCTemplate t hcmethod=CPING # ProxyHCTemplate: Health check method CPING not (yet) implemented hcmethod=CPING; t
            ProxyHCTemplate t hcinterval=0 # ProxyHCTemplate: Interval must be a positive value greater than 100ms hcinterval=0; t
            ProxyHCTemplate t hcinterval=50ms # ProxyHCTemplate: Interval must be a positive value greater than 100ms hcinterval=50ms; t
            ProxyHCTemplate t hcinterval=100ms # ``
            ProxyHCTemplate t hcinterval=x # ProxyHCTemplate: Unparse-able hcinterval setting hcinterval=x; t
            ProxyHCTemplate t hcpasses=-1 # ProxyHCTemplate: Passes must be a positive value hcpasses=-1; t
            ProxyHCTemplate t hcfails=-1 # ProxyHCTemplate: Fails must be a positive value hcfails=-1; t
            ProxyHCTemplate t hcexpr=none # ProxyHCTemplate: Unknown health check condition expr: none hcexpr=none; t
            ProxyHCTemplate t hctemplate=u # ProxyHCTemplate: Unknown ProxyHCTemplate name: u hctemplate=u; t
            ProxyHCExpr T {%{REQUEST_STATUS} =~ /^[234]/}\\ProxyHCTemplate t hcexpr=t\\ProxyHCTemplate u hctemplate=T # ``
            ProxyHCTPsize -1 # Invalid ProxyHCTPsize parameter. Parameter must be >= 0
            ProxyHCTPsize x # ``
            <VirtualHost *:80>\\ProxyHCTPsize 4\\</VirtualHost> # ProxyHCTPsize cannot occur within <VirtualHost> section
            <Directory />\\ProxyHCExpr a {%{REQUEST_STATUS} =~ /^[234]/}\\</Directory> # ``
            <Proxy balancer://x>\\BalancerMember http://a:1 hcmethod=GET11 hcinterval=1 hcuri=/x hcexpr=q\\</Proxy> # BalancerMember Unknown health check condition expr: q
            <Proxy balancer://x>\\BalancerMember http://a:1 hcmethod=GET hcinterval=1 hcuri=/x\\BalancerMember http://a:2 hcmethod=q\\</Proxy> # BalancerMember Unknown method
            ProxyPass / http://a:1 hcmethod=GET # ``
            ProxyHCTemplate t hcmethod= # ProxyHCTemplate: Unknown method hcmethod=; t
            HeartbeatListen x # HeartbeatListen: No port provided in multicast address
            HeartbeatListen 239.0.0.1:27999 # ``
            HeartbeatListen 239.0.0.1 # HeartbeatListen: No port provided in multicast address
            HeartbeatListen :27999 # HeartbeatListen: Unable to parse multicast address.
            HeartbeatListen 239.0.0.1:27999\\HeartbeatListen 239.0.0.1:27999 # HeartbeatListen: May only be specified once.
            HeartbeatMaxServers 5 # HeartbeatMaxServers: Should be 0 for file storage, or greater or equal than 10 for slotmem
            HeartbeatMaxServers 0 # ``
            HeartbeatMaxServers x # ``
            <VirtualHost *:80>\\HeartbeatMaxServers 10\\</VirtualHost> # HeartbeatMaxServers cannot occur within <VirtualHost> section
            """)
    void healthChecksComplainInHttpdsWords(String lines, String expected) throws Exception {
        assertEquals(expected, ConfiguredServer.complaint(MODULES + lines.replace('\\', '\n')));
    }
}
