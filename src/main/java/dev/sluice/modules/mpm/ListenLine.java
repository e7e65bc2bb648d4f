package dev.sluice.modules.mpm;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Line;
import dev.sluice.directive.Scope;
import dev.sluice.modules.core.Address;
import dev.sluice.syntax.Word;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Listen: an address, a port, and what is spoken there. */
final class ListenLine {
    private ListenLine() {}

    /** As ap_set_listener of httpd's listen.c. */
    static void set(Line line, Scope scope) throws BadArgument {
        List<Word> words = line.words();
        if (words.isEmpty() || words.size() > 2) {
            throw new BadArgument("Listen requires 1 or 2 arguments.");
        }
        String text = words.get(0).text();
        Address address = Address.parse(text);
        if (address == null) {
            throw new BadArgument("Invalid address or port", words.get(0).span());
        }
        if (address.port() <= 0) {
            throw new BadArgument("Port must be specified", words.get(0).span());
        }
        String host = "*".equals(address.host()) ? null : address.host();
        String protocol = words.size() > 1
                ? words.get(1).text().toLowerCase(Locale.ROOT)
                : address.port() == 443 ? "https" : "http";
        List<Listen> earlier = scope.given(Mpm.LISTEN);
        if (earlier != null && earlier.stream().anyMatch(e -> isSame(e, host, address.port()))) {
            throw new BadArgument(
                    "Cannot define multiple Listeners on the same IP:port",
                    words.get(0).span());
        }
        scope.give(Mpm.LISTEN, List.of(new Listen(host, address.port(), protocol)), line.span());
    }

    private static boolean isSame(Listen earlier, @Nullable String host, int port) {
        String other = earlier.host();
        return earlier.port() == port && (other == null ? host == null : other.equalsIgnoreCase(host));
    }
}
