package dev.sluice.modules.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pages that httpd 2.4.71 made of the same balancers are resources: but for names of versions, and the order of its
 * methods, which is another one at each start, ours are the same.
 */
class BalancerManagerTest {
    private static final String BALANCERS =
            """
            LoadModule proxy_balancer_module modules/mod_proxy_balancer.so
            LoadModule slotmem_shm_module modules/mod_slotmem_shm.so
            LoadModule lbmethod_byrequests_module modules/mod_lbmethod_byrequests.so
            LoadModule lbmethod_bytraffic_module modules/mod_lbmethod_bytraffic.so
            LoadModule proxy_hcheck_module modules/mod_proxy_hcheck.so
            ServerName localhost
            ProxyHCExpr q {%{REQUEST_STATUS} =~ /^[234]/}
            <Proxy balancer://x>
            BalancerMember http://127.0.0.1:29001 loadfactor=3 route=a timeout=5 max=9
            BalancerMember http://127.0.0.1:29002/p lbset=1 status=D keepalive=On disablereuse=On retry=5 \\
              connectiontimeout=2 ttl=60 max=5 smax=3
            ProxySet nonce=abc stickysession=A|b growth=2
            </Proxy>
            <Proxy balancer://y>
            BalancerMember http://127.0.0.1:29003 redirect=q status=+E hcmethod=GET hcexpr=q hcuri=/x max=9
            ProxySet nonce=def timeout=3 lbmethod=bytraffic
            </Proxy>
            ProxyPass /y balancer://y
            <Location /bm>
            SetHandler balancer-manager
            </Location>
            """;
    private static final String MEMBER = "b=x&w=http://127.0.0.1:29001&nonce=abc";

    @Test
    void pagesAndXmlAreHttpds() throws Exception {
        try (ConfiguredServer server = new ConfiguredServer(BALANCERS)) {
            assertEquals(resource("balancer-manager-balancer.html"), page(server, "GET", "?b=x&nonce=abc", ""));
            assertEquals(resource("balancer-manager-member.html"), page(server, "GET", "?" + MEMBER, ""));
            assertEquals(resource("balancer-manager-xml.xml"), page(server, "GET", "?xml=1", ""));

            page(server, "POST", "", MEMBER + "&w_lf=2&w_wr=z&w_status_N=1");
            page(server, "POST", "", "b=x&nonce=abc&b_nwrkr=http://127.0.0.1:29009&b_wyes=1");

            assertEquals(resource("balancer-manager-page.html"), page(server, "GET", "", ""));
        }
    }

    @Test
    void aFormFromElsewhereOrWithAnotherNonceChangesNothing() throws Exception {
        try (ConfiguredServer server = new ConfiguredServer(BALANCERS)) {
            page(server, "POST", "", "b=x&w=http://127.0.0.1:29001&nonce=xyz&w_wr=changed");
            String form = MEMBER + "&w_wr=changed";
            server.ask("POST /bm HTTP/1.1\r\nHost: 127.0.0.1\r\nReferer: http://evil.example/\r\nConnection: close\r\n"
                    + "Content-Length: " + form.length() + "\r\n\r\n" + form);

            assertFalse(page(server, "GET", "", "").contains("changed"));
        }
    }

    @Test
    void persistedChangesSurviveARestart(@TempDir Path folder) throws Exception {
        String lines = "DefaultRuntimeDir " + folder + "\nBalancerPersist On\n" + BALANCERS;
        String before;
        try (ConfiguredServer server = new ConfiguredServer(lines)) {
            page(server, "POST", "", MEMBER + "&w_lf=2.5&w_wr=z&w_status_D=1&w_ls=3");
            page(server, "POST", "", "b=x&nonce=abc&b_nwrkr=http://127.0.0.1:29009&b_wyes=1&b_ss=S&b_tmo=9&b_max=7");
            before = page(server, "GET", "", "")
                    .replace("<td>250</td>", "<td>0</td>")
                    .replace("<td>100</td>", "<td>0</td>");
        }

        try (ConfiguredServer server = new ConfiguredServer(lines)) {
            assertEquals(before, page(server, "GET", "", ""));
            assertTrue(before.contains("29009"), before);
        }
    }

    /** A crash in mid-write leaves the old file, and a new one that nobody reads. */
    @Test
    void aHalfWrittenFileIsNotRead(@TempDir Path folder) throws Exception {
        String lines = "DefaultRuntimeDir " + folder + "\nBalancerPersist On\n" + BALANCERS;
        try (ConfiguredServer server = new ConfiguredServer(lines)) {
            page(server, "POST", "", MEMBER + "&w_wr=kept");
        }
        try (var files = Files.list(folder)) {
            Path file = files.findFirst().orElseThrow();
            Files.writeString(file.resolveSibling(file.getFileName() + ".new"), "balancer\tbalancer://x\nmember\tht");
        }

        try (ConfiguredServer server = new ConfiguredServer(lines)) {
            assertTrue(page(server, "GET", "", "").contains("<td>kept</td>"));
        }
    }

    private static String page(ConfiguredServer server, String method, String query, String form) throws IOException {
        String answer = server.ask(method + " /bm" + query + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.port()
                + "\r\nReferer: http://127.0.0.1/bm\r\nConnection: close\r\nContent-Length: " + form.length()
                + "\r\n\r\n" + form);
        return answer.substring(answer.indexOf("\r\n\r\n") + 4)
                .replaceAll("Server (Version|Built): [^<]*", "Server $1: X")
                .replaceAll("\\[p[0-9a-f]+_", "[ID_")
                .replace("127.0.0.1:" + server.port(), "127.0.0.1:PORT");
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = BalancerManagerTest.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException(name + ": not there");
            }
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
