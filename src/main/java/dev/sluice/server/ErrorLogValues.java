package dev.sluice.server;

import dev.sluice.config.ErrorLogText;
import dev.sluice.modules.core.ErrorLogFormat;
import dev.sluice.modules.core.SelfReference;
import dev.sluice.request.Environment;
import dev.sluice.request.Level;
import dev.sluice.request.Request;
import io.undertow.server.HttpServerExchange;
import java.net.InetSocketAddress;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What ErrorLogFormat's letters stand for in one line. There are no places in httpd's source files: {@code %F} is empty. */
record ErrorLogValues(Level level, String module, @Nullable HttpServerExchange exchange, String cause, String message)
        implements ErrorLogFormat.Values {
    private static final DateTimeFormatter LONG = DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss yyyy", Locale.ROOT);
    private static final DateTimeFormatter LONG_MICROS =
            DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss.SSSSSS yyyy", Locale.ROOT);
    private static final DateTimeFormatter COMPACT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter COMPACT_MICROS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

    @Override
    public String of(char letter, String argument) {
        return switch (letter) {
            case 't' -> time(argument).format(ZonedDateTime.now(ZoneId.systemDefault()));
            case 'l' -> level.word();
            case 'm' -> module;
            case 'M' -> ErrorLogText.escape(message);
            case 'E' -> ErrorLogText.escape(cause);
            case 'P' -> String.valueOf(ProcessHandle.current().pid());
            case 'T' -> String.valueOf(Thread.currentThread().getId());
            case 'F' -> "";
            default -> exchange == null ? "" : ofExchange(exchange, letter, argument);
        };
    }

    private static DateTimeFormatter time(String argument) {
        boolean micros = argument.indexOf('u') >= 0;
        boolean compact = argument.indexOf('c') >= 0;
        return compact ? micros ? COMPACT_MICROS : COMPACT : micros ? LONG_MICROS : LONG;
    }

    private static String ofExchange(HttpServerExchange exchange, char letter, String argument) {
        return switch (letter) {
            case 'a' ->
                address(
                        argument.equals("c")
                                ? exchange.getConnection().getPeerAddress(InetSocketAddress.class)
                                : exchange.getSourceAddress());
            case 'A' -> address(exchange.getDestinationAddress());
            case 'i' -> escaped(exchange.getRequestHeaders().getFirst(argument));
            default -> {
                Request request = Request.of(exchange);
                yield request == null ? "" : ofRequest(request, letter, argument);
            }
        };
    }

    private static String ofRequest(Request request, char letter, String argument) {
        return switch (letter) {
            case 'e' -> of(request.environment(), argument);
            case 'n' -> of(request.notes(), argument);
            case 'L' -> argument.isEmpty() ? escaped(request.logId()) : "";
            case 'v' -> SelfReference.configuredName(request.server());
            case 'V' -> SelfReference.serverName(request);
            default -> "";
        };
    }

    private static String of(Environment values, String name) {
        return escaped(values.get(name));
    }

    private static String escaped(@Nullable String text) {
        return text == null ? "" : ErrorLogText.escape(text);
    }

    private static String address(@Nullable InetSocketAddress address) {
        return address == null || address.getAddress() == null
                ? ""
                : address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
