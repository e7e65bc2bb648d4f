package dev.sluice.modules.filters;

import dev.sluice.request.Filter;
import dev.sluice.request.Level;
import dev.sluice.request.Request;
import io.undertow.util.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Applies Substitute lines to a response, line by line (substitute_filter, mod_substitute.c). */
final class SubstituteFilter implements Filter {
    /** Parts of lines after which what was made goes on its way. */
    private static final int MANY = 1000;

    private final Request request;
    private final List<Substitution> rules;
    private final long longest;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    private int gone;
    private boolean any;

    private SubstituteFilter(Request request) {
        this.request = request;
        this.rules = request.settings().get(SubstituteModule.RULES).rules();
        this.longest = request.settings().get(SubstituteModule.MAX_LINE_LENGTH);
    }

    static @Nullable Filter begin(Request request) {
        request.exchange().getResponseHeaders().remove(Headers.CONTENT_LENGTH);
        return new SubstituteFilter(request);
    }

    @Override
    public void write(ByteBuffer piece, Next next) throws IOException {
        any |= piece.hasRemaining();
        while (piece.hasRemaining()) {
            byte octet = piece.get();
            line.write(octet);
            if (octet == '\n') {
                changed(next);
            }
        }
    }

    private void changed(Next next) throws IOException {
        List<String> parts = List.of(line.toString(StandardCharsets.ISO_8859_1));
        line.reset();
        for (int i = 0; i < rules.size(); i++) {
            parts = applied(rules.get(i), parts);
        }
        for (String part : parts) {
            next.write(part.getBytes(StandardCharsets.ISO_8859_1));
        }
        gone += parts.size();
        if (gone > MANY) {
            gone = 0;
            next.flush();
        }
    }

    /** The limit is for lines in which something is replaced; it is reached, too, where a pattern matches nothing at all. */
    private List<String> applied(Substitution rule, List<String> parts) throws IOException {
        Made made = new Made(parts.size());
        for (String part : parts) {
            if (!rule.apply(part, made)) {
                throw tooLong();
            }
        }
        if (!made.any) {
            return parts;
        }
        if (made.length > longest) {
            throw tooLong();
        }
        return rule.flattens() && rules.size() > 1 ? List.of(String.join("", made.parts)) : made.parts;
    }

    private IOException tooLong() {
        request.log(Level.ERROR, "substitute", "AH01328: Line too long, URI " + request.path());
        return new IOException("a line of more than " + longest + " bytes");
    }

    private static final class Made implements Substitution.Parts {
        private final List<String> parts;
        private long length;
        private boolean any;

        Made(int size) {
            parts = new ArrayList<>(size + 2);
        }

        @Override
        public void add(String text, boolean replaced) {
            any |= replaced;
            length += text.length();
            if (!text.isEmpty()) {
                parts.add(text);
            }
        }
    }

    @Override
    public void end(Next next) throws IOException {
        if (line.size() > 0) {
            changed(next);
        }
        if (any) {
            next.pass();
        }
        next.end();
    }
}
