package dev.sluice.wire.tls;

import java.net.ProtocolException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a client says first (RFC 8446 section 4.1.2), as far as the choice of a virtual host needs it.
 *
 * @param serverName the host name of the SNI extension in lower case (RFC 6066 section 3), null where none was sent
 * @param applicationProtocols ALPN in the client's order (RFC 7301), empty where none was offered
 * @param versions the protocol versions offered as on the wire, 0x0304 being TLS 1.3
 * @param cipherSuites the suites offered as on the wire
 */
public record ClientHello(
        @Nullable String serverName,
        List<String> applicationProtocols,
        List<Integer> versions,
        List<Integer> cipherSuites) {
    /** A ClientHello in records, in bytes: the most that is waited for. Bounded by the buffer that the engine reads it from. */
    static final int LONGEST = 16 * 1024;

    private static final int RECORD_HEADER = 5;
    private static final int HANDSHAKE_HEADER = 4;
    private static final int HANDSHAKE = 22;
    private static final int CLIENT_HELLO = 1;
    private static final int SERVER_NAME = 0;
    private static final int ALPN = 16;
    private static final int SUPPORTED_VERSIONS = 43;

    /**
     * Reads the records that {@code bytes} holds from its position on, without moving it.
     *
     * @return null while bytes are missing
     * @throws ProtocolException where this is no ClientHello, whatever may follow
     */
    static @Nullable ClientHello read(ByteBuffer bytes) throws ProtocolException {
        ByteBuffer message = message(bytes.duplicate());
        if (message == null) {
            return null;
        }
        try {
            return body(message);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw malformed("a length that leaves the ClientHello");
        }
    }

    /** How many bytes there must be before reading again can say more: the end of the first record that is not whole. */
    static int wanted(ByteBuffer bytes) {
        int end = bytes.position();
        while (end + RECORD_HEADER <= bytes.limit()) {
            end += RECORD_HEADER + (bytes.getShort(end + 3) & 0xffff);
        }
        return end > bytes.limit() ? end : end + RECORD_HEADER;
    }

    /** The body of the first handshake message, which may be spread over records; null while bytes are missing. */
    private static @Nullable ByteBuffer message(ByteBuffer records) throws ProtocolException {
        ByteBuffer joined = ByteBuffer.allocate(records.remaining());
        while (records.remaining() >= RECORD_HEADER) {
            int type = records.get() & 0xff;
            int major = records.get() & 0xff;
            records.get();
            int length = records.getShort() & 0xffff;
            if (type != HANDSHAKE || major != 3 || length == 0 || length > LONGEST) {
                throw malformed("a record of type " + type + " and " + length + " bytes");
            }
            int here = Math.min(length, records.remaining());
            joined.put(records.slice(records.position(), here));
            records.position(records.position() + here);
            ByteBuffer whole = wholeMessage(joined);
            if (whole != null || here < length) {
                return whole;
            }
        }
        return null;
    }

    private static @Nullable ByteBuffer wholeMessage(ByteBuffer joined) throws ProtocolException {
        if (joined.position() < HANDSHAKE_HEADER) {
            return null;
        }
        int header = joined.getInt(0);
        int length = header & 0xffffff;
        if (header >>> 24 != CLIENT_HELLO || length > LONGEST - RECORD_HEADER - HANDSHAKE_HEADER) {
            throw malformed("a first message of type " + (header >>> 24) + " and " + length + " bytes");
        }
        boolean complete = joined.position() >= HANDSHAKE_HEADER + length;
        return complete ? joined.slice(HANDSHAKE_HEADER, length) : null;
    }

    private static ClientHello body(ByteBuffer in) {
        List<Integer> versions = List.of(in.getShort() & 0xffff);
        skip(in, 32);
        skip(in, in.get() & 0xff);
        List<Integer> suites = shorts(part(in, in.getShort() & 0xffff));
        skip(in, in.get() & 0xff);
        String serverName = null;
        List<String> protocols = List.of();
        ByteBuffer extensions = in.hasRemaining() ? part(in, in.getShort() & 0xffff) : in;
        while (extensions.hasRemaining()) {
            int type = extensions.getShort() & 0xffff;
            ByteBuffer extension = part(extensions, extensions.getShort() & 0xffff);
            switch (type) {
                case SERVER_NAME -> serverName = serverName(extension);
                case ALPN -> protocols = protocols(part(extension, extension.getShort() & 0xffff));
                case SUPPORTED_VERSIONS -> versions = shorts(part(extension, extension.get() & 0xff));
                default -> {}
            }
        }
        return new ClientHello(serverName, protocols, versions, suites);
    }

    private static @Nullable String serverName(ByteBuffer extension) {
        if (!extension.hasRemaining()) {
            return null;
        }
        ByteBuffer names = part(extension, extension.getShort() & 0xffff);
        while (names.hasRemaining()) {
            int type = names.get();
            String name = text(part(names, names.getShort() & 0xffff));
            if (type == 0) {
                return name.toLowerCase(Locale.ROOT);
            }
        }
        return null;
    }

    private static List<String> protocols(ByteBuffer list) {
        List<String> protocols = new ArrayList<>(4);
        while (list.hasRemaining()) {
            protocols.add(text(part(list, list.get() & 0xff)));
        }
        return List.copyOf(protocols);
    }

    private static List<Integer> shorts(ByteBuffer list) {
        List<Integer> values = new ArrayList<>(list.remaining() / 2);
        while (list.hasRemaining()) {
            values.add(list.getShort() & 0xffff);
        }
        return List.copyOf(values);
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.ISO_8859_1.decode(bytes).toString();
    }

    private static ByteBuffer part(ByteBuffer in, int length) {
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        ByteBuffer part = in.slice(in.position(), length);
        in.position(in.position() + length);
        return part;
    }

    private static void skip(ByteBuffer in, int length) {
        part(in, length);
    }

    private static ProtocolException malformed(String what) {
        return new ProtocolException("no ClientHello: " + what);
    }
}
