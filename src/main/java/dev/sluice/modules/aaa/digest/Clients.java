package dev.sluice.modules.aaa.digest;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The clients whose nonces are counted, each known by its opaque value. Where there are too many the idlest is forgotten. */
public final class Clients {
    /** What one client has used. Safe for several requests at once. */
    public static final class Client {
        private final long id;
        private String nonce = "";
        private long count;

        private Client(long id) {
            this.id = id;
        }

        public long id() {
            return id;
        }

        /** The value that the client has to send back. */
        public String opaque() {
            return Long.toHexString(id);
        }

        /** From now on only {@code next} is good, once. */
        public synchronized void expect(String next) {
            nonce = next;
        }

        public synchronized boolean expects(String sent) {
            return nonce.equals(sent);
        }

        /**
         * Takes a use of a nonce: each has to count higher than those before it, and one that was made before another that
         * was used is not taken any more.
         *
         * @return the count that it is not above; -1 where the use is taken
         */
        public synchronized long use(String sent, long sentCount) {
            boolean newer = !sent.equals(nonce) && (nonce.isEmpty() || Nonces.micros(sent) > Nonces.micros(nonce));
            if (!newer && (!sent.equals(nonce) || sentCount <= count)) {
                return count;
            }
            nonce = sent;
            count = sentCount;
            return -1;
        }
    }

    private final Map<Long, Client> clients;
    private long last;

    public Clients(int most) {
        clients = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, Client> eldest) {
                return size() > most;
            }
        };
    }

    public synchronized Client add() {
        Client client = new Client(++last);
        clients.put(client.id, client);
        return client;
    }

    public synchronized @Nullable Client find(long id) {
        return clients.get(id);
    }
}
