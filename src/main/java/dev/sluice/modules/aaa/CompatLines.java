package dev.sluice.modules.aaa;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Line;
import dev.sluice.directive.Scope;
import dev.sluice.modules.aaa.CompatRules.Client;
import dev.sluice.modules.aaa.CompatRules.Decision;
import dev.sluice.modules.aaa.CompatRules.Limited;
import dev.sluice.modules.core.IpSubnet;
import dev.sluice.syntax.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the lines of mod_access_compat do. */
final class CompatLines {
    private CompatLines() {}

    static void order(Line line, Scope scope) throws BadArgument {
        CompatRules.Order order =
                switch (line.words().get(0).text().toLowerCase(Locale.ROOT)) {
                    case "allow,deny" -> CompatRules.Order.ALLOW_DENY;
                    case "deny,allow" -> CompatRules.Order.DENY_ALLOW;
                    case "mutual-failure" -> CompatRules.Order.MUTUAL_FAILURE;
                    default -> throw new BadArgument("unknown order");
                };
        List<Limited<CompatRules.Order>> orders = List.of(new Limited<>(scope.methods(), order));
        scope.give(CompatRules.SETTING, new CompatRules(orders, List.of(), List.of(), List.of()), line.span());
    }

    static void allow(Line line, Scope scope) throws BadArgument {
        List<Limited<Client>> allows = clients(line, scope);
        scope.give(CompatRules.SETTING, new CompatRules(List.of(), allows, List.of(), List.of()), line.span());
    }

    static void deny(Line line, Scope scope) throws BadArgument {
        List<Limited<Client>> denies = clients(line, scope);
        scope.give(CompatRules.SETTING, new CompatRules(List.of(), List.of(), denies, List.of()), line.span());
    }

    static void satisfy(Line line, Scope scope) throws BadArgument {
        boolean any =
                switch (line.words().get(0).text().toLowerCase(Locale.ROOT)) {
                    case "any" -> true;
                    case "all" -> false;
                    default -> throw new BadArgument("Satisfy either 'any' or 'all'.");
                };
        List<Limited<Boolean>> satisfy = List.of(new Limited<>(scope.methods(), any));
        scope.give(CompatRules.SETTING, new CompatRules(List.of(), List.of(), List.of(), satisfy), line.span());
    }

    private static List<Limited<Client>> clients(Line line, Scope scope) throws BadArgument {
        List<Word> words = line.words();
        if (!words.get(0).text().equalsIgnoreCase("from")) {
            throw new BadArgument("allow and deny must be followed by 'from'");
        }
        List<Limited<Client>> clients = new ArrayList<>();
        for (Word word : words.subList(1, words.size())) {
            if (word.text().isEmpty() && !clients.isEmpty()) {
                break;
            }
            clients.add(new Limited<>(scope.methods(), client(word)));
        }
        return clients;
    }

    /** allow_cmd of mod_access_compat.c. */
    private static Client client(Word word) throws BadArgument {
        String where = word.text();
        if (where.regionMatches(true, 0, "env=!", 0, 5)) {
            String name = where.substring(5);
            return request -> matched(!request.environment().has(name));
        }
        if (where.regionMatches(true, 0, "env=", 0, 4)) {
            String name = where.substring(4);
            return request -> matched(request.environment().has(name));
        }
        if (where.equalsIgnoreCase("all")) {
            return request -> Decision.ALLOWED;
        }
        if (where.startsWith("#")) {
            throw new BadArgument("No comments are allowed here", word.span());
        }
        int slash = where.indexOf('/');
        try {
            IpSubnet subnet = IpSubnet.parse(
                    slash < 0 ? where : where.substring(0, slash), slash < 0 ? null : where.substring(slash + 1));
            if (subnet != null) {
                return request -> matched(subnet.contains(ClientHost.address(request)));
            }
        } catch (IpSubnet.Invalid e) {
            throw new BadArgument(String.valueOf(e.getMessage()), word.span());
        }
        if (slash >= 0) {
            throw new BadArgument("An IP address was expected", word.span());
        }
        return host(where);
    }

    private static Client host(String domain) {
        return request -> {
            if (request.exchange().isInIoThread()) {
                return Decision.ON_WORKER;
            }
            String name = ClientHost.name(request);
            return matched(name != null && ClientHost.isIn(domain, name));
        };
    }

    private static Decision matched(boolean is) {
        return is ? Decision.ALLOWED : Decision.DENIED;
    }
}
