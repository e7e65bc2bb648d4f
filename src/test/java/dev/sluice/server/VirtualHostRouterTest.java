package dev.sluice.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.config.ConfigError;
import dev.sluice.config.ConfigLoader;
import dev.sluice.model.Configuration;
import dev.sluice.model.Server;
import dev.sluice.modules.AllModules;
import dev.sluice.modules.core.CoreModule;
import dev.sluice.modules.core.ServerName;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VirtualHostRouterTest {
    private static final String HOSTS =
            """
            LoadModule mpm_event_module mod_mpm_event.so
            ServerName main
            <VirtualHost *:80>
                ServerName first
            </VirtualHost>
            <VirtualHost *:80>
                ServerName second
                ServerAlias *.second ?.wild
            </VirtualHost>
            <VirtualHost 10.0.0.1:80>
                ServerName exact
            </VirtualHost>
            <VirtualHost 10.0.0.1:80>
                ServerName other
            </VirtualHost>
            <VirtualHost 10.0.0.2>
                ServerName anyport
            </VirtualHost>
            <VirtualHost [::1]:8080 *:9000>
                ServerName six
            </VirtualHost>
            <VirtualHost 10.0.0.3:* 10.0.0.4:80>
                ServerName several
            </VirtualHost>
            <VirtualHost 10.0.0.4:80>
                ServerName shared
                ServerAlias several
            </VirtualHost>
            <VirtualHost 0.0.0.0:7000>
                ServerName zero
            </VirtualHost>
            <VirtualHost _default_:7000>
                ServerName default
            </VirtualHost>
            <VirtualHost 10.0.0.5>
                ServerName portless
                ServerAlias a*b*c
            </VirtualHost>
            <VirtualHost 10.0.0.5:80>
                ServerName ported
            </VirtualHost>
            <VirtualHost 10.0.0.5:80>
                ServerName last
            </VirtualHost>
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
            127.0.0.1, 80,   first,          first
            127.0.0.1, 80,   SECOND,         second
            127.0.0.1, 80,   second:80,      second
            127.0.0.1, 80,   second.,        second
            127.0.0.1, 80,   www.second,     second
            127.0.0.1, 80,   a.wild,         second
            127.0.0.1, 80,   ab.wild,        first
            127.0.0.1, 80,   unknown,        first
            127.0.0.1, 80,   exact,          first
            127.0.0.1, 81,   first,          main
            10.0.0.1,  80,   first,          exact
            10.0.0.1,  80,   other,          other
            10.0.0.2,  1234, first,          anyport
            ::1,       8080, whatever,       six
            127.0.0.1, 9000, whatever,       six
            10.0.0.3,  5,    shared,         several
            10.0.0.4,  80,   several,        several
            10.0.0.4,  80,   SHARED:99,      shared
            10.0.0.4,  81,   shared,         main
            10.0.0.9,  7000, default,        default
            10.0.0.9,  7000, zero.,          zero
            10.0.0.9,  7000, any,            zero
            10.0.0.5,  80,   portless,       ported
            10.0.0.5,  80,   10.0.0.5,       ported
            10.0.0.5,  80,   last,           last
            10.0.0.5,  81,   last,           portless
            10.0.0.1,  80,   '',             exact
            """)
    void aHostIsFoundByAddressThenByName(String address, int port, String asked, String found) throws Exception {
        VirtualHostRouter router = new VirtualHostRouter(configuration(), (server, name) -> {});

        Server server = router.route(new InetSocketAddress(address, port), asked);

        assertEquals(
                found,
                server.settings()
                        .get(CoreModule.SERVER_NAME)
                        .map(ServerName::host)
                        .orElse(""));
    }

    private Configuration configuration() throws IOException, ConfigError {
        Path file = Files.writeString(folder.resolve("httpd.conf"), HOSTS);
        return ConfigLoader.load(
                        new ConfigLoader.Request(
                                folder.toString(), file.toString(), List.of(), List.of(), Set.of(), Map.of()),
                        AllModules.create())
                .configuration();
    }
}
