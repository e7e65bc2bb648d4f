package dev.sluice.modules.proxy;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Line;
import dev.sluice.directive.Scope;
import dev.sluice.model.Setting;
import dev.sluice.syntax.Word;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the lines about responses, and those with more than a word. */
final class ReverseLines {
    private ReverseLines() {}

    /** ProxyPassReverse (add_pass_reverse). */
    static void reverse(Line line, Scope scope) throws BadArgument {
        List<Word> words = line.words();
        String first = words.get(0).text();
        String second = words.size() > 1 ? words.get(1).text() : "";
        boolean one = second.isEmpty() || second.equalsIgnoreCase("interpolate");
        Scope.Enclosing section = scope.enclosing();
        if (section == null) {
            if (one) {
                throw new BadArgument("ProxyPassReverse needs a path when not defined in a location");
            }
            give(ProxyModule.REVERSE, second, first, line, scope);
        } else {
            if (!one) {
                throw new BadArgument("ProxyPassReverse can not have a path when defined in a location");
            }
            give(ProxyModule.REVERSE, first, section.argument(), line, scope);
        }
    }

    static void cookiePath(Line line, Scope scope) {
        give(
                ProxyModule.COOKIE_PATHS,
                line.words().get(0).text(),
                line.words().get(1).text(),
                line,
                scope);
    }

    static void cookieDomain(Line line, Scope scope) {
        give(
                ProxyModule.COOKIE_DOMAINS,
                line.words().get(0).text(),
                line.words().get(1).text(),
                line,
                scope);
    }

    private static void give(
            Setting<List<ReverseMappings.Mapping>> setting, String real, String shown, Line line, Scope scope) {
        scope.give(setting, List.of(new ReverseMappings.Mapping(real, shown)), line.span());
    }

    /** ProxyErrorOverride: On or Off, then codes (set_proxy_error_override). */
    static void errorOverride(Line line, Scope scope) throws BadArgument {
        List<Word> words = line.words();
        Boolean on = WorkerParameters.Reader.onOff(words.get(0).text());
        if (on == null) {
            throw new BadArgument("ProxyErrorOverride first parameter must be one of: off | on");
        }
        Set<Integer> codes = new HashSet<>();
        for (Word word : words.subList(1, words.size())) {
            String text = word.text();
            if (text.isEmpty() || !Character.isDigit(text.charAt(0))) {
                throw new BadArgument("ProxyErrorOverride: status codes to intercept must be numeric");
            }
            if (!on) {
                throw new BadArgument("ProxyErrorOverride: status codes must follow a value of 'on'");
            }
            int code = Numbers.atoi(text);
            if (code < 400 || code >= 600) {
                throw new BadArgument("ProxyErrorOverride: status codes to intercept must be valid HTTP Status Codes"
                        + " >=400 && <600");
            }
            codes.add(code);
        }
        scope.give(ProxyModule.ERROR_OVERRIDE, new ProxyModule.ErrorOverride(on, Set.copyOf(codes)), line.span());
    }

    static void sourceAddress(Line line, Scope scope) throws BadArgument {
        try {
            InetAddress address = InetAddress.getByName(line.words().get(0).text());
            scope.give(ProxyModule.SOURCE_ADDRESS, Optional.of(new InetSocketAddress(address, 0)), line.span());
        } catch (UnknownHostException e) {
            throw new BadArgument(
                    "ProxySourceAddress invalid value", line.words().get(0).span());
        }
    }
}
