package dev.sluice.request;

import io.undertow.server.HttpServerExchange;
import java.util.List;

/** A handler that can say what it would do. */
public interface Explains {
    /** Lines for people, one byte a char: what would be read or sent. Asked instead of handling: what is open is closed. */
    List<String> explain(HttpServerExchange exchange);
}
