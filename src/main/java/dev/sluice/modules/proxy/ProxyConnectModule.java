package dev.sluice.modules.proxy;

import static dev.sluice.directive.Directive.addsEach;
import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Places.SERVERS;
import static dev.sluice.model.Setting.perServer;

import dev.sluice.directive.Arg;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Reading;
import dev.sluice.model.Merge;
import dev.sluice.model.Setting;
import dev.sluice.module.HttpdModule;
import java.util.List;

/** mod_proxy_connect: tunnels for clients of a forward proxy. {@link ProxyModule} asks whether it is loaded. */
public final class ProxyConnectModule implements HttpdModule {
    /** Ports from {@code first} to {@code last}. */
    record Ports(int first, int last) {}

    /** Where no line says so, ports of HTTPS and of news over TLS. */
    private static final List<Ports> USUAL = List.of(new Ports(443, 443), new Ports(563, 563));

    static final Setting<List<Ports>> ALLOWED = perServer("AllowCONNECT", List.<Ports>of(), Merge.append());

    @Override
    public String id() {
        return "proxy_connect_module";
    }

    @Override
    public String file() {
        return "mod_proxy_connect.c";
    }

    @Override
    public List<Directive> directives() {
        return List.of(directive("AllowCONNECT", SERVERS, addsEach(ALLOWED, ports())));
    }

    /** set_allowed_ports of mod_proxy_connect.c. */
    private static Arg<Ports> ports() {
        return (word, line, scope) -> {
            String text = word.text();
            if (text.isEmpty() || !Character.isDigit(text.charAt(0))) {
                throw new BadArgument("AllowCONNECT: port numbers must be numeric", word.span());
            }
            int dash = text.indexOf('-');
            String first = dash < 0 ? text : text.substring(0, dash);
            String last = dash < 0 ? first : text.substring(dash + 1);
            return new Ports(number(first), number(last));
        };
    }

    private static int number(String digits) throws BadArgument {
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new BadArgument("Cannot parse '" + digits + "' as port number");
        }
        return Reading.atoi(digits);
    }

    static boolean allows(List<Ports> allowed, int port) {
        for (Ports ports : allowed.isEmpty() ? USUAL : allowed) {
            if (port >= ports.first() && port <= ports.last()) {
                return true;
            }
        }
        return false;
    }
}
