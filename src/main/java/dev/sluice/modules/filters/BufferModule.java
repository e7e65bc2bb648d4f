package dev.sluice.modules.filters;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.sets;
import static dev.sluice.model.Setting.perDirectory;

import dev.sluice.directive.Directive;
import dev.sluice.directive.Places;
import dev.sluice.model.Setting;
import dev.sluice.module.HttpdModule;
import dev.sluice.request.Filter;
import dev.sluice.request.FilterType;
import dev.sluice.request.Filters;
import dev.sluice.request.Request;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** mod_buffer: small pieces of bodies joined to large ones. */
public final class BufferModule implements HttpdModule {
    /** Bytes. */
    static final Setting<Integer> SIZE = perDirectory("BufferSize", 131072);

    @Override
    public String id() {
        return "buffer_module";
    }

    @Override
    public String file() {
        return "mod_buffer.c";
    }

    @Override
    public List<Directive> directives() {
        String complaint = "BufferSize must be a size in bytes, and greater than zero";
        return List.of(directive(
                "BufferSize", Places.DIRECTORIES, sets(SIZE, DeflateModule.between(1, Integer.MAX_VALUE, complaint))));
    }

    @Override
    public void filters(Filters filters) {
        filters.addOutput("BUFFER", FilterType.CONTENT_SET, BufferModule::begin)
                .addInput("BUFFER", FilterType.CONTENT_SET, BufferModule::begin);
    }

    private static @Nullable Filter begin(Request request) {
        boolean initial = request.main() == null && request.previous() == null;
        return initial ? new Gathering(request.settings().get(SIZE)) : null;
    }

    /** Keeps what comes until there is enough of it, or until it is to be flushed. */
    private static final class Gathering implements Filter {
        private final int size;
        private byte[] gathered = new byte[8192];
        private int length;

        Gathering(int size) {
            this.size = size;
        }

        @Override
        public void write(ByteBuffer piece, Next next) throws IOException {
            while (piece.hasRemaining()) {
                if (length == gathered.length && length < size) {
                    byte[] larger = new byte[(int) Math.min(size, 2L * length)];
                    System.arraycopy(gathered, 0, larger, 0, length);
                    gathered = larger;
                }
                int take = Math.min(piece.remaining(), Math.min(gathered.length, size) - length);
                piece.get(gathered, length, take);
                length += take;
                if (length == size) {
                    next.write(gathered, 0, length);
                    length = 0;
                    next.pass();
                }
            }
        }

        @Override
        public void flush(Next next) throws IOException {
            next.write(gathered, 0, length);
            length = 0;
            next.flush();
        }

        @Override
        public void pass(Next next) {}

        @Override
        public void end(Next next) throws IOException {
            next.write(gathered, 0, length);
            length = 0;
            next.end();
        }
    }
}
