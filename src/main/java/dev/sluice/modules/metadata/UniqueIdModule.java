package dev.sluice.modules.metadata;

import dev.sluice.module.HttpdModule;
import dev.sluice.request.Hooks;
import dev.sluice.request.Outcome;
import dev.sluice.request.Phase;
import dev.sluice.request.Request;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** mod_unique_id: UNIQUE_ID, 27 letters, digits, {@code -} and {@code _} that no other request has. */
public final class UniqueIdModule implements HttpdModule {
    private static final String NAME = "UNIQUE_ID";
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /** What is httpd's own of a child: random, so that servers do not clash. */
    private static final int ROOT_SIZE = 10;

    private static final int BYTES = 20;

    private final byte[] root = new byte[ROOT_SIZE];
    private final AtomicInteger counter = new AtomicInteger();

    public UniqueIdModule() {
        SecureRandom random = new SecureRandom();
        random.nextBytes(root);
        counter.set(random.nextInt());
    }

    @Override
    public String id() {
        return "unique_id_module";
    }

    @Override
    public String file() {
        return "mod_unique_id.c";
    }

    @Override
    public void hooks(Hooks.OfModule hooks) {
        hooks.at(Phase.POST_READ_REQUEST, this::identify);
    }

    private Outcome identify(Request request) {
        request.environment().set(NAME, next(System.currentTimeMillis() / 1000));
        return Outcome.DECLINED;
    }

    /** Seconds, root, counter: more requests than an int can count do not come in a second (gen_unique_id). */
    private String next(long seconds) {
        int number = counter.incrementAndGet();
        byte[] bytes = new byte[BYTES + 1];
        putInt(bytes, 0, (int) seconds);
        System.arraycopy(root, 0, bytes, 4, ROOT_SIZE);
        putInt(bytes, 4 + ROOT_SIZE, number);
        bytes[18] = (byte) (number >> 8 ^ root[0]);
        bytes[19] = (byte) (number ^ root[1]);
        char[] text = new char[27];
        for (int i = 0, at = 0; at < text.length; i += 3) {
            int three = (bytes[i] & 255) << 16 | (bytes[i + 1] & 255) << 8 | (bytes[i + 2] & 255);
            for (int shift = 18; shift >= 0 && at < text.length; shift -= 6) {
                text[at++] = ALPHABET.charAt(three >> shift & 63);
            }
        }
        return new String(text);
    }

    private static void putInt(byte[] bytes, int at, int value) {
        for (int i = 0; i < 4; i++) {
            bytes[at + i] = (byte) (value >> (24 - 8 * i));
        }
    }
}
