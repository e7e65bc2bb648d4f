package dev.sluice.modules.ssl;

import dev.sluice.connection.TlsPlan;
import dev.sluice.wire.tls.ClientAuth;
import dev.sluice.wire.tls.TestServer;
import dev.sluice.wire.tls.TlsContext;
import dev.sluice.wire.tls.TlsEngine;
import dev.sluice.wire.tls.TlsHost;
import dev.sluice.wire.tls.TlsTerms;
import io.undertow.server.HttpHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Serves plans. */
final class Hosts {
    private Hosts() {}

    static TestServer serve(TlsPlan plan) throws IOException {
        TlsHost host = of(plan, exchange -> exchange.getResponseSender().send("served"), "host");
        return new TestServer((hello, local) -> host, Duration.ofSeconds(30));
    }

    static TlsHost of(TlsPlan plan, HttpHandler handler, Object virtualHost) {
        ClientAuth clients =
                switch (plan.clientCertificate()) {
                    case NONE -> ClientAuth.NONE;
                    case WANTED -> ClientAuth.OPTIONAL;
                    case NEEDED -> ClientAuth.REQUIRE;
                };
        TlsTerms terms = new TlsTerms(
                plan.protocols(), plan.ciphers(), plan.honorCipherOrder(), clients, List.of("http/1.1"), true);
        TlsEngine engine = plan.preferOpenSsl() ? TlsEngine.OPENSSL : TlsEngine.JSSE;
        return TestServer.host("host", new TlsContext(plan.context(), engine, null), terms, handler, virtualHost);
    }
}
