package dev.sluice.modules.loggers;

import dev.sluice.modules.core.IpText;
import dev.sluice.modules.core.RemoteHost;
import dev.sluice.modules.core.RequestLine;
import dev.sluice.modules.core.SelfReference;
import dev.sluice.request.Environment;
import dev.sluice.request.Request;
import dev.sluice.request.TlsVariables;
import dev.sluice.wire.Refusal;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import java.net.InetSocketAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the letters of a log format mean.
 *
 * @param tls true where mod_ssl is loaded, which gives {@code x} and {@code c}
 * @param counts true where mod_logio is loaded, which gives {@code I}, {@code O}, {@code S} and {@code ^FB}
 */
record LogLetters(boolean tls, boolean counts) {
    private static final String PLAIN = "aABbCDefhHiklLmnopPqrRsTtuUvVX";

    /** One letter, or a circumflex and two. */
    boolean knows(String letter) {
        if (letter.length() == 3) {
            return letter.equals("^ti") || letter.equals("^to") || (counts && letter.equals("^FB"));
        }
        return PLAIN.contains(letter) || (tls && "xc".contains(letter)) || (counts && "IOS".contains(letter));
    }

    /** {@code argument} is what stood in braces, or empty. */
    LogItem item(String letter, String argument) {
        return switch (letter) {
            case "a" -> address(argument);
            case "A" -> (r, line) -> text(line, IpText.of(r.exchange().getDestinationAddress()));
            case "h" -> name(argument);
            case "l" -> (r, line) -> false;
            case "L" -> (r, line) -> escaped(line, r.original().logId());
            case "u" -> LogLetters::user;
            case "t" -> LogTime.item(argument);
            case "D", "T" -> LogTime.taken(letter.equals("D") ? "us" : argument);
            case "r" -> LogLetters::requestLine;
            case "m" -> (r, line) -> escaped(line, r.method());
            case "U" -> (r, line) -> escaped(line, r.path().isEmpty() ? null : r.path());
            case "q" -> LogLetters::query;
            case "H" -> (r, line) -> escaped(line, protocol(r.exchange()));
            case "f" -> (r, line) -> escaped(line, r.filename());
            case "R" -> (r, line) -> escaped(line, r.handler());
            case "s" -> LogLetters::status;
            case "b", "B" -> bytes(letter.equals("b"));
            case "v" -> (r, line) -> escaped(line, SelfReference.configuredName(r.server()));
            case "V" -> (r, line) -> escaped(line, SelfReference.serverName(r));
            case "p" -> port(argument);
            case "P" -> process(argument);
            case "X" -> LogLetters::connection;
            case "k" -> ConnectionCount::write;
            case "e" -> (r, line) -> escaped(line, value(r.environment(), argument));
            case "n" -> (r, line) -> escaped(line, value(r.notes(), argument));
            case "C" -> LogHeaders.cookie(argument);
            case "i" -> LogHeaders.request(argument);
            case "o" -> LogHeaders.response(argument);
            case "^ti" -> LogHeaders.requestTrailer(argument);
            case "^to" -> LogHeaders.responseTrailer(argument);
            case "x", "c" -> (r, line) -> escaped(line, TlsVariables.value(r.exchange(), argument));
            default -> WireSizes.item(letter);
        };
    }

    private static @Nullable String value(Environment table, String name) {
        return table.get(name);
    }

    static boolean text(LineBuffer line, String text) {
        line.add(text);
        return true;
    }

    static boolean number(LineBuffer line, long number) {
        line.add(number);
        return true;
    }

    static boolean escaped(LineBuffer line, @Nullable String text) {
        if (text == null) {
            return false;
        }
        line.addEscaped(text);
        return true;
    }

    private static LogItem address(String argument) {
        return argument.equals("c")
                ? (r, line) ->
                        text(line, IpText.of(r.exchange().getConnection().getPeerAddress(InetSocketAddress.class)))
                : (r, line) -> text(line, IpText.of(r.exchange().getSourceAddress()));
    }

    /** The name where it is known, for HostnameLookups or since access hung on it; else the address. */
    private static LogItem name(String argument) {
        LogItem address = address(argument);
        return (r, line) -> {
            String name = RemoteHost.known(r.exchange());
            return name == null ? address.write(r, line) : escaped(line, name);
        };
    }

    private static boolean user(Request request, LineBuffer line) {
        String user = request.user();
        return user != null && (user.isEmpty() ? text(line, "\"\"") : escaped(line, user));
    }

    private static String protocol(HttpServerExchange exchange) {
        String unknown = exchange.getAttachment(Refusal.PROTOCOL);
        return unknown == null ? exchange.getProtocol().toString() : unknown;
    }

    private static boolean requestLine(Request request, LineBuffer line) {
        HttpServerExchange exchange = request.exchange();
        String broken = exchange.getAttachment(Refusal.REQUEST_LINE);
        if (broken != null) {
            line.addEscaped(broken);
            return true;
        }
        line.addEscaped(request.askedMethod().toString()).add(' ');
        line.addEscaped(Passwords.hidden(RequestLine.target(request)));
        HttpString protocol = exchange.getProtocol();
        if (!exchange.isHttp09()) {
            line.add(' ').addEscaped(protocol.toString());
        }
        return true;
    }

    private static boolean query(Request request, LineBuffer line) {
        line.addEscaped(request.queryWithMark());
        return true;
    }

    private static boolean status(Request request, LineBuffer line) {
        return number(line, request.status());
    }

    private static LogItem bytes(boolean dashForNone) {
        return (r, line) -> {
            long sent = r.bodyBytes();
            return !(dashForNone && sent == 0) && number(line, sent);
        };
    }

    /** What is not one of the known words is printed as it stands, as httpd does. */
    private static LogItem port(String argument) {
        return switch (argument.toLowerCase(Locale.ROOT)) {
            case "", "canonical" -> (r, line) -> number(line, SelfReference.configuredPort(r));
            case "local" ->
                (r, line) -> number(line, r.exchange().getDestinationAddress().getPort());
            case "remote" ->
                (r, line) -> number(line, r.exchange().getSourceAddress().getPort());
            default -> (r, line) -> text(line, argument);
        };
    }

    private static LogItem process(String argument) {
        long pid = ProcessHandle.current().pid();
        return switch (argument) {
            case "", "pid" -> (r, line) -> number(line, pid);
            case "tid" -> (r, line) -> number(line, Thread.currentThread().getId());
            case "hextid" ->
                (r, line) -> text(line, Long.toHexString(Thread.currentThread().getId()));
            default -> (r, line) -> text(line, argument);
        };
    }

    /** X where the client went away before the end, + where the connection may be kept, - where it is closed. */
    private static boolean connection(Request request, LineBuffer line) {
        HttpServerExchange exchange = request.exchange();
        boolean aborted =
                !exchange.isResponseComplete() && !exchange.getConnection().isOpen();
        line.add(aborted ? 'X' : exchange.isPersistent() ? '+' : '-');
        return true;
    }
}
