package dev.sluice.modules.aaa;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.model.Server;
import dev.sluice.model.Settings;
import dev.sluice.request.ErrorLog;
import dev.sluice.request.Level;
import dev.sluice.request.Request;
import dev.sluice.request.Responses;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthzSectionTest {
    /** G granted, D denied, U denied without a user, N neutral, E error; a small letter is the negation of the large one. */
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    ALL, G,   GRANTED
                    ALL, GG,  GRANTED
                    ALL, GD,  DENIED
                    ALL, DG,  DENIED
                    ALL, GU,  DENIED_NO_USER
                    ALL, UG,  DENIED_NO_USER
                    ALL, UD,  DENIED
                    ALL, NG,  GRANTED
                    ALL, N,   NEUTRAL
                    ALL, GE,  GENERAL_ERROR
                    ALL, gG,  DENIED
                    ALL, dG,  GRANTED
                    ALL, uG,  GRANTED
                    ALL, d,   NEUTRAL
                    ANY, G,   GRANTED
                    ANY, DG,  GRANTED
                    ANY, DD,  DENIED
                    ANY, UG,  GRANTED
                    ANY, DU,  DENIED_NO_USER
                    ANY, UD,  DENIED_NO_USER
                    ANY, ND,  DENIED
                    ANY, NN,  NEUTRAL
                    ANY, DE,  GENERAL_ERROR
                    ANY, GE,  GRANTED
                    """)
    void childrenAreJoinedAsInHttpd(AuthzSection.Logic logic, String children, AuthzResult expected) {
        List<AuthzSection> all = new ArrayList<>();
        children.chars().forEach(c -> all.add(child((char) c)));
        AuthzSection container = new AuthzSection.Container(logic, false, false, all);

        AuthzResult result = AuthzSection.apply(container, request(), AuthzSection.Logic.ALL);

        assertEquals(expected, result);
    }

    private static AuthzSection child(char letter) {
        AuthzResult result =
                switch (Character.toUpperCase(letter)) {
                    case 'G' -> AuthzResult.GRANTED;
                    case 'D' -> AuthzResult.DENIED;
                    case 'U' -> AuthzResult.DENIED_NO_USER;
                    case 'E' -> AuthzResult.GENERAL_ERROR;
                    default -> AuthzResult.NEUTRAL;
                };
        return new AuthzSection.Requirement("x", Character.isLowerCase(letter), null, request -> result);
    }

    private static Request request() {
        HttpServerExchange exchange = new HttpServerExchange(null);
        exchange.setRequestMethod(new HttpString("GET"));
        Server server = new Server(List.of(), Settings.EMPTY, Settings.EMPTY, List.of(), null);
        ErrorLog silent = new ErrorLog() {
            @Override
            public boolean keeps(Level level, String module) {
                return false;
            }

            @Override
            public void log(Level level, String module, @Nullable HttpServerExchange about, String message) {}
        };
        Responses none = new Responses() {
            @Override
            public void fail(Request request, int status) {}

            @Override
            public void redirectInternally(Request request, String target) {}
        };
        return new Request(exchange, server, silent, none, "/", "/", "", null);
    }
}
