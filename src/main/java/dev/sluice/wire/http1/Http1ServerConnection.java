package dev.sluice.wire.http1;

import dev.sluice.wire.Deadlines;
import dev.sluice.wire.InterimSender;
import dev.sluice.wire.Refusal;
import dev.sluice.wire.Refused;
import dev.sluice.wire.ResponseConduits;
import dev.sluice.wire.TlsSession;
import io.undertow.UndertowOptions;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.AbstractServerConnection;
import io.undertow.server.Connectors;
import io.undertow.server.DelegateOpenListener;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.HttpUpgradeListener;
import io.undertow.server.SSLSessionInfo;
import io.undertow.util.DateUtils;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.ImmediatePooledByteBuffer;
import io.undertow.util.Methods;
import io.undertow.util.PooledAdaptor;
import io.undertow.util.Protocols;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.XnioIoThread;
import org.xnio.channels.Configurable;
import org.xnio.channels.SslChannel;
import org.xnio.conduits.ConduitStreamSinkChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;
import org.xnio.conduits.EmptyStreamSourceConduit;
import org.xnio.conduits.PushBackStreamSourceConduit;
import org.xnio.conduits.ReadReadyHandler;
import org.xnio.conduits.StreamSinkConduit;
import org.xnio.conduits.StreamSourceConduit;
import org.xnio.conduits.WriteReadyHandler;

/**
 * A client's HTTP/1 connection: one exchange after the other, each begun when the one before is complete. Between two
 * requests it holds no buffer. Its own work is done on its I/O thread; what an exchange reads and writes, it does on the
 * thread that the exchange belongs to.
 */
public final class Http1ServerConnection extends AbstractServerConnection implements InterimSender, ResponseConduits {
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** Pipelined requests that are answered before other connections have their turn. */
    private static final int REQUESTS_A_TURN = 32;

    /** Two seconds each (MAX_SECS_TO_LINGER, http_connection.c). */
    private static final int LONGEST_LINGER = 15;

    private enum State {
        /** Between requests, or within a head. */
        READING,
        /** An exchange runs. */
        BUSY,
        /** All is said; what the client still sends is dropped. */
        LINGERING,
        /** Closed, or no longer HTTP/1. */
        OVER
    }

    private final Http1OpenListener listener;
    private final IoThreadState thread;
    private final XnioIoThread ioThread;
    private final StreamSourceConduit in;
    private final StreamSinkConduit out;
    private final ResponseSink sink;
    private final ConduitStreamSinkChannel sinkChannel;
    private final Clock clock = new Clock();
    private final ReadWatch watch = new ReadWatch(this);
    private final boolean secure;
    private State state = State.READING;
    private boolean inLoop;
    private boolean anyRequest;
    private boolean inputEnded;
    private int lingered;
    private @Nullable RequestReader reader;
    private @Nullable RequestSource source;
    private @Nullable PooledByteBuffer input;
    private @Nullable HttpUpgradeListener upgradeListener;
    private @Nullable SSLSessionInfo tls;
    private BodyFraming framing = BodyFraming.NONE;

    Http1ServerConnection(Http1OpenListener listener, StreamConnection connection, IoThreadState thread) {
        super(
                connection,
                listener.getBufferPool(),
                listener.getRootHandler(),
                listener.getUndertowOptions(),
                listener.getBufferPool().getBufferSize());
        this.listener = listener;
        this.thread = thread;
        this.ioThread = connection.getIoThread();
        this.secure = connection instanceof SslChannel;
        this.in = getOriginalSourceConduit();
        this.out = getOriginalSinkConduit();
        this.sink = new ResponseSink(out, this);
        this.sinkChannel = new ConduitStreamSinkChannel(Configurable.EMPTY, sink);
        addCloseListener(closed -> closed());
    }

    private final class Clock extends Deadlines.Wait {
        @Override
        protected void timedOut() {
            Http1ServerConnection.this.timedOut();
        }
    }

    private final class Incoming implements ReadReadyHandler {
        @Override
        public void readReady() {
            readable();
        }

        @Override
        public void forceTermination() {
            IoUtils.safeClose(channel);
        }

        @Override
        public void terminated() {}
    }

    private final class Outgoing implements WriteReadyHandler {
        @Override
        public void writeReady() {
            if (state == State.LINGERING) {
                flushEnd();
            } else {
                sink.writeReady();
            }
        }

        @Override
        public void forceTermination() {
            IoUtils.safeClose(channel);
        }

        @Override
        public void terminated() {}
    }

    void start(@Nullable PooledByteBuffer first) {
        in.setReadReadyHandler(new Incoming());
        out.setWriteReadyHandler(new Outgoing());
        input = first;
        if (hasInput()) {
            run();
        } else {
            releaseInput();
            thread.busy.add(clock);
            watch.begin(listener.options().headRate(), thread.watching);
            in.resumeReads();
        }
    }

    // --- requests

    private void readable() {
        switch (state) {
            case READING -> run();
            case BUSY -> {
                RequestSource body = source;
                if (body == null) {
                    in.suspendReads();
                } else {
                    body.readReady();
                }
            }
            case LINGERING -> drop();
            case OVER -> in.suspendReads();
        }
    }

    /** Reads and answers requests until there is nothing to read or an answer is not complete. */
    private void run() {
        if (inLoop) {
            return;
        }
        inLoop = true;
        try {
            int requests = 0;
            while (state == State.READING) {
                ByteBuffer bytes = received();
                if (bytes == null) {
                    break;
                }
                if (anyRequest || !isPreface(bytes)) {
                    if (readHead(bytes) && ++requests == REQUESTS_A_TURN) {
                        later(this::run);
                        break;
                    }
                } else if (bytes.remaining() < PREFACE.length) {
                    break;
                }
            }
        } catch (IOException e) {
            IoUtils.safeClose(channel);
        } finally {
            inLoop = false;
        }
    }

    /** Bytes to be parsed; null where there are none now. */
    private @Nullable ByteBuffer received() throws IOException {
        PooledByteBuffer held = input;
        if (held != null && held.getBuffer().hasRemaining() && (reader != null || !startsPreface(held.getBuffer()))) {
            return held.getBuffer();
        }
        if (held == null) {
            held = bufferPool.allocate();
            input = held;
            held.getBuffer().clear();
        } else {
            held.getBuffer().compact();
        }
        int count;
        try {
            count = in.read(held.getBuffer());
        } finally {
            held.getBuffer().flip();
        }
        if (count > 0) {
            watch.received(count);
            return held.getBuffer();
        }
        if (!held.getBuffer().hasRemaining()) {
            releaseInput();
        }
        if (count < 0) {
            inputEnded = true;
            ended();
        } else {
            waitForRequest();
        }
        return null;
    }

    /** A first few bytes that may yet become the preface. */
    private boolean startsPreface(ByteBuffer bytes) {
        return !anyRequest && bytes.remaining() < PREFACE.length && isPreface(bytes);
    }

    private void waitForRequest() {
        if (reader != null || !anyRequest) {
            if (!watch.isWaiting()) {
                watch.begin(listener.options().headRate(), thread.watching);
            }
            if (!clock.isWaiting() || (reader != null && reader.justBegun())) {
                thread.busy.add(clock);
            }
        } else if (!clock.isWaiting()) {
            thread.idle.add(clock);
        }
        in.resumeReads();
    }

    /** True for the preface of HTTP/2, or as much of it as has come; hands the connection over where all has. */
    private boolean isPreface(ByteBuffer bytes) {
        DelegateOpenListener http2 = listener.http2();
        if (http2 == null || reader != null) {
            return false;
        }
        int known = Math.min(bytes.remaining(), PREFACE.length);
        for (int i = 0; i < known; i++) {
            if (bytes.get(bytes.position() + i) != PREFACE[i]) {
                return false;
            }
        }
        if (known == PREFACE.length) {
            PooledByteBuffer first = input;
            input = null;
            leave();
            http2.handleEvent(channel, first);
        }
        return true;
    }

    /** The stream belongs to somebody else from now on. */
    private void leave() {
        state = State.OVER;
        clock.stopWaiting();
        watch.end();
        in.suspendReads();
        out.suspendWrites();
        listener.connectionOver(this);
        in.setReadReadyHandler(new ReadReadyHandler.ChannelListenerHandler<>(channel.getSourceChannel()));
        out.setWriteReadyHandler(new WriteReadyHandler.ChannelListenerHandler<>(channel.getSinkChannel()));
        channel.getSourceChannel().setConduit(in);
        channel.getSinkChannel().setConduit(out);
    }

    /** True where a request was begun, or refused. */
    private boolean readHead(ByteBuffer bytes) {
        RequestReader lent = reader;
        if (lent == null) {
            lent = thread.lend(listener.options());
            reader = lent;
        }
        try {
            if (!lent.read(bytes)) {
                return false;
            }
            begin(lent);
        } catch (Refused e) {
            refuse(lent, e.refusal());
        }
        return true;
    }

    private void begin(RequestReader lent) throws Refused {
        RequestLine line = lent.requestLine();
        HeaderMap headers = lent.headers();
        framing = RequestFraming.judge(line, headers, secure ? "https" : "http");
        HttpServerExchange exchange = exchange(line, headers);
        boolean expects = expectsContinue(line, headers);
        boolean body = !framing.equals(BodyFraming.NONE);
        // httpd closes where a continuation was asked for that it has no use for.
        exchange.setPersistent(
                framing.trusted() && (body || !expects) && RequestFraming.persistent(line.protocol, headers));
        if (body) {
            source = new RequestSource(in, this, exchange, framing, expects);
        } else {
            Connectors.terminateRequest(exchange);
        }
        execute(listener.getRootHandler(), exchange);
    }

    private static boolean expectsContinue(RequestLine line, HeaderMap headers) {
        String expect = headers.getFirst(Headers.EXPECT);
        return expect != null && expect.equalsIgnoreCase("100-continue") && line.protocol.equals(Protocols.HTTP_1_1);
    }

    /** What was understood becomes an exchange that has its status, and nothing more to read. */
    private void refuse(RequestReader lent, Refusal refusal) {
        framing = BodyFraming.NONE;
        String brokenLine = lent.requestLine().isSplit() ? null : lent.brokenLine();
        HttpServerExchange exchange = exchange(lent.requestLine(), lent.headers());
        if (brokenLine != null) {
            exchange.putAttachment(Refusal.REQUEST_LINE, brokenLine);
        }
        exchange.setPersistent(false);
        if (exchange.getProtocol().equals(Protocols.HTTP_0_9)) {
            exchange.setProtocol(Protocols.HTTP_1_0);
        }
        exchange.setStatusCode(refusal.status());
        exchange.putAttachment(Refusal.KEY, refusal);
        Connectors.terminateRequest(exchange);
        execute(listener.refusalHandler(), exchange);
    }

    private HttpServerExchange exchange(RequestLine line, HeaderMap headers) {
        clock.stopWaiting();
        watch.end();
        state = State.BUSY;
        anyRequest = true;
        source = null;
        long maxLength = undertowOptions.get(UndertowOptions.MAX_ENTITY_SIZE, -1L);
        HttpServerExchange exchange = new HttpServerExchange(this, headers, new HeaderMap(), maxLength);
        current = exchange;
        exchange.setProtocol(line.protocol);
        if (line.unusual != null) {
            exchange.putAttachment(Refusal.REQUEST_LINE, line.unusual);
        }
        if (line.version != null) {
            exchange.putAttachment(Refusal.PROTOCOL, line.version);
        }
        exchange.setRequestScheme(secure ? "https" : "http");
        exchange.setRequestMethod(line.method);
        target(exchange, line);
        if (undertowOptions.get(UndertowOptions.RECORD_REQUEST_START_TIME, false)) {
            Connectors.setRequestStartTime(exchange);
        }
        thread.giveBack(reader);
        reader = null;
        return exchange;
    }

    private static void target(HttpServerExchange exchange, RequestLine line) {
        boolean absolute = !line.scheme().isEmpty() && !line.authority.isEmpty();
        String path = withoutQuery(line.path);
        int question = line.path.indexOf('?');
        boolean empty = question >= 0 && question + 1 == line.path.length();
        // A query string has no way to be there and empty: its mark stays with the URI.
        String uri = absolute ? line.target : line.path;
        exchange.setRequestURI(empty ? uri : withoutQuery(uri), absolute);
        exchange.setRequestPath(path);
        exchange.setRelativePath(path);
        exchange.setQueryString(question < 0 ? "" : line.path.substring(question + 1));
    }

    private static String withoutQuery(String target) {
        int question = target.indexOf('?');
        return question < 0 ? target : target.substring(0, question);
    }

    private void execute(HttpHandler handler, HttpServerExchange exchange) {
        if (!hasInput()) {
            releaseInput();
        }
        // A TLS conduit must not be read here while a worker thread writes to it.
        if (secure) {
            in.suspendReads();
        }
        boolean outer = inLoop;
        inLoop = true;
        try {
            Connectors.executeRootHandler(handler, exchange);
        } finally {
            inLoop = outer;
        }
    }

    /** The client says no more. */
    private void ended() {
        RequestReader lent = reader;
        if (lent != null && lent.lineRead()) {
            refuse(lent, RequestReader.cutOff(400));
        } else {
            IoUtils.safeClose(channel);
        }
    }

    private void timedOut() {
        RequestReader lent = reader;
        RequestSource body = source;
        if (state == State.READING && lent != null && lent.lineRead()) {
            refuse(lent, RequestReader.cutOff(408));
        } else if (state == State.BUSY && body != null && body.isWaiting() && !sink.isWaiting()) {
            body.timedOut();
        } else {
            IoUtils.safeClose(channel);
        }
    }

    /** The client is looked after: has it sent as fast as it must (reqtimeout_filter, mod_reqtimeout.c)? */
    void watched() {
        RequestReader lent = reader;
        RequestSource body = source;
        if (watch.leftNanos() > 0) {
            thread.watching.add(watch);
        } else if (state == State.READING) {
            if (lent != null && lent.lineRead()) {
                refuse(lent, tooSlow("header"));
            } else {
                IoUtils.safeClose(channel);
            }
        } else if (state == State.BUSY && body != null && !body.isReadShutdown()) {
            thread.watching.add(watch);
            if (body.isWaiting() && !sink.isWaiting()) {
                body.timedOut();
            }
        }
    }

    static Refusal tooSlow(String stage) {
        String text = "AH01382: Request " + stage + " read timeout";
        return new Refusal(408, "", List.of(new Refusal.Line(false, "reqtimeout", text)));
    }

    /** Somebody has begun to wait for the body. Any thread. */
    void bodyAwaited() {
        if (!listener.options().bodyRate().limits()) {
            return;
        }
        if (!onIoThread()) {
            later(this::bodyAwaited);
        } else if (state == State.BUSY && source != null && !watch.isWaiting()) {
            watch.begin(listener.options().bodyRate(), thread.watching);
        }
    }

    ReadWatch watch() {
        return watch;
    }

    /** An exchange has begun to wait for the client; anew where the client has moved. */
    void waitForPeer() {
        if (onIoThread()) {
            if (state == State.BUSY) {
                thread.busy.add(clock);
            }
        } else {
            later(this::waitForPeer);
        }
    }

    void peerNotAwaited() {
        RequestSource body = source;
        if (!onIoThread()) {
            later(this::peerNotAwaited);
        } else if (state == State.BUSY && !sink.isWaiting() && (body == null || !body.isWaiting())) {
            clock.stopWaiting();
        }
    }

    private boolean onIoThread() {
        return Thread.currentThread() == ioThread;
    }

    /** On the I/O thread, if it still runs: where it does not, the worker is shut down and the connection with it. */
    private void later(Runnable task) {
        try {
            ioThread.execute(task);
        } catch (RejectedExecutionException e) {
            IoUtils.safeClose(channel);
        }
    }

    // --- bytes that were read too early

    boolean hasInput() {
        PooledByteBuffer held = input;
        return held != null && held.getBuffer().hasRemaining();
    }

    /** Moves what fits of the bytes that came with the head; 0 where there are none. */
    int takeInput(ByteBuffer to) {
        PooledByteBuffer held = input;
        if (held == null || !held.getBuffer().hasRemaining()) {
            return 0;
        }
        ByteBuffer from = held.getBuffer();
        int size = Math.min(from.remaining(), to.remaining());
        int limit = from.limit();
        from.limit(from.position() + size);
        to.put(from);
        from.limit(limit);
        if (!from.hasRemaining()) {
            releaseInput();
        }
        return size;
    }

    /** Keeps {@code size} bytes that belong to the next request; they go before what is kept already. */
    void keepInput(ByteBuffer from, int start, int size) {
        PooledByteBuffer behind = input;
        int more = behind == null ? 0 : behind.getBuffer().remaining();
        PooledByteBuffer kept = bufferPool.allocate();
        if (kept.getBuffer().capacity() < size + more) {
            kept.close();
            kept = new ImmediatePooledByteBuffer(ByteBuffer.allocate(size + more));
        }
        ByteBuffer to = kept.getBuffer();
        to.clear();
        to.put(0, from, start, size).position(size);
        if (behind != null) {
            to.put(behind.getBuffer());
            behind.close();
        }
        to.flip();
        input = kept;
    }

    private void releaseInput() {
        PooledByteBuffer held = input;
        input = null;
        IoUtils.safeClose(held);
    }

    // --- responses

    @Override
    public void lateStatus(int status) {
        sink.lateStatus(status);
    }

    @Override
    public StreamSinkConduit responseConduit() {
        return sink;
    }

    @Override
    protected StreamSinkConduit getSinkConduit(HttpServerExchange exchange, StreamSinkConduit conduit) {
        DateUtils.addDateHeaderIfRequired(exchange);
        HeaderMap headers = exchange.getResponseHeaders();
        int status = exchange.getStatusCode();
        if (upgradeListener != null && isUpgrade(exchange)) {
            headers.remove(Headers.CONTENT_LENGTH);
            sink.noBody(exchange);
            return sink;
        }
        if (endsConnection(exchange, headers)) {
            exchange.setPersistent(false);
        }
        if (!Connectors.isEntityBodyAllowed(status)) {
            headers.remove(Headers.CONTENT_LENGTH);
            headers.remove(Headers.TRANSFER_ENCODING);
            sink.noBody(exchange);
        } else {
            frame(exchange, headers);
        }
        if (!exchange.isPersistent()) {
            headers.remove(Headers.KEEP_ALIVE);
            headers.put(Headers.CONNECTION, "close");
        }
        return sink;
    }

    private boolean endsConnection(HttpServerExchange exchange, HeaderMap headers) {
        HeaderValues connection = headers.get(Headers.CONNECTION);
        RequestSource body = source;
        return listener.retired()
                || exchange.getStatusCode() == StatusCodes.EXPECTATION_FAILED
                || (body != null && body.continueAwaited())
                || (connection != null && !RequestFraming.persistent(Protocols.HTTP_1_1, headers));
    }

    /** Its own length where it has one, chunks where the client knows them, else until the connection ends (RFC 9112, 6.3). */
    private void frame(HttpServerExchange exchange, HeaderMap headers) {
        boolean head = exchange.getRequestMethod().equals(Methods.HEAD);
        if (!head || !exchange.isHttp11()) {
            headers.remove(Headers.TRANSFER_ENCODING);
        }
        String announced = headers.getFirst(Headers.CONTENT_LENGTH);
        long length = announced == null ? -1 : BodyFraming.length(announced);
        if (length < 0) {
            headers.remove(Headers.CONTENT_LENGTH);
            if (!exchange.isHttp11()) {
                exchange.setPersistent(false);
            }
        }
        if (head) {
            sink.noBody(exchange);
        } else if (length >= 0) {
            sink.fixed(exchange, length);
        } else if (exchange.isHttp11()) {
            headers.put(Headers.TRANSFER_ENCODING, "chunked");
            sink.chunked(exchange);
        } else {
            sink.untilClose(exchange);
        }
    }

    /** Whether the answer is to a request of HTTP/0.9, which knows no head. */
    boolean isHeadless(HttpServerExchange exchange) {
        return exchange.getProtocol().equals(Protocols.HTTP_0_9);
    }

    StatusLines statusLines() {
        return listener.statusLines();
    }

    Http1Options options() {
        return listener.options();
    }

    @Override
    public void sendInterim(int status, String reason, HeaderMap headers) {
        HttpServerExchange running = current;
        if (running == null || !running.isHttp11()) {
            return;
        }
        RequestSource body = source;
        if (status == StatusCodes.CONTINUE && body != null) {
            body.continueSent();
        }
        try {
            StatusLines lines = statusLines();
            sink.interim(reason.isEmpty() ? lines.of(status) : lines.of(status, reason), headers);
        } catch (IOException e) {
            IoUtils.safeClose(channel);
        }
    }

    void sendContinue() throws IOException {
        sink.interim(statusLines().of(StatusCodes.CONTINUE), null);
    }

    @Override
    public HttpServerExchange sendOutOfBandResponse(HttpServerExchange exchange) {
        HttpServerExchange interim = new HttpServerExchange(this);
        interim.setProtocol(exchange.getProtocol());
        interim.setRequestMethod(exchange.getRequestMethod());
        interim.setPersistent(true);
        Connectors.terminateRequest(interim);
        interim.addResponseWrapper((factory, running) -> new InterimAnswer(sink, this, running));
        return interim;
    }

    @Override
    public boolean isContinueResponseSupported() {
        return true;
    }

    // --- the end of an exchange

    @Override
    public void terminateRequestChannel(HttpServerExchange exchange) {
        RequestSource body = source;
        if (body != null) {
            body.exchangeEnds();
        }
    }

    @Override
    protected void exchangeComplete(HttpServerExchange exchange) {
        if (!exchange.equals(current)) {
            return;
        }
        if (onIoThread()) {
            completed(exchange);
        } else {
            later(() -> completed(exchange));
        }
    }

    private void completed(HttpServerExchange exchange) {
        if (state != State.BUSY) {
            return;
        }
        clock.stopWaiting();
        watch.end();
        current = null;
        source = null;
        sink.exchangeOver();
        sinkChannel.setConduit(sink);
        HttpUpgradeListener upgrade = upgradeListener;
        if (!channel.isOpen()) {
            state = State.OVER;
            releaseInput();
        } else if (upgrade != null && isUpgrade(exchange)) {
            upgrade(upgrade, exchange);
        } else if (exchange.isPersistent() && !(listener.retired() && !hasInput())) {
            state = State.READING;
            next();
        } else {
            linger();
        }
    }

    private static boolean isUpgrade(HttpServerExchange exchange) {
        int status = exchange.getStatusCode();
        return status == StatusCodes.SWITCHING_PROTOCOLS
                || (exchange.getRequestMethod().equals(Methods.CONNECT) && status == StatusCodes.OK);
    }

    private void next() {
        if (inLoop) {
            return;
        }
        if (hasInput()) {
            later(this::run);
        } else if (inputEnded) {
            IoUtils.safeClose(channel);
        } else {
            thread.idle.add(clock);
            in.resumeReads();
        }
    }

    private void upgrade(HttpUpgradeListener to, HttpServerExchange exchange) {
        PooledByteBuffer early = hasInput() ? input : null;
        input = early == null ? input : null;
        releaseInput();
        leave();
        if (early != null) {
            PushBackStreamSourceConduit pushed = new PushBackStreamSourceConduit(in);
            pushed.pushBack(new PooledAdaptor(early));
            channel.getSourceChannel().setConduit(pushed);
        }
        to.handleUpgrade(channel, exchange);
    }

    /** The connection ends, but not before the client could read the answer: a close with bytes unread would take it away. */
    private void linger() {
        state = State.LINGERING;
        releaseInput();
        if (inputEnded) {
            IoUtils.safeClose(channel);
            return;
        }
        thread.lingering.add(clock);
        try {
            out.terminateWrites();
        } catch (IOException e) {
            IoUtils.safeClose(channel);
            return;
        }
        flushEnd();
    }

    private void flushEnd() {
        try {
            if (out.flush()) {
                out.suspendWrites();
                if (channel.isOpen()) {
                    in.resumeReads();
                }
            } else {
                out.resumeWrites();
            }
        } catch (IOException e) {
            IoUtils.safeClose(channel);
        }
    }

    private void drop() {
        PooledByteBuffer scrap = bufferPool.allocate();
        try {
            int count = in.read(scrap.getBuffer());
            if (count < 0 || ++lingered > LONGEST_LINGER * 64) {
                IoUtils.safeClose(channel);
            }
        } catch (IOException e) {
            IoUtils.safeClose(channel);
        } finally {
            scrap.close();
        }
    }

    /** Ends a connection that waits for a request; another ends with its answer. Any thread. */
    void closeWhenIdle() {
        later(() -> {
            if (state == State.READING && reader == null && !hasInput() && anyRequest) {
                IoUtils.safeClose(channel);
            }
        });
    }

    private void closed() {
        listener.connectionOver(this);
        if (onIoThread()) {
            freed();
        } else {
            later(this::freed);
        }
    }

    private void freed() {
        clock.stopWaiting();
        watch.end();
        if (current == null) {
            state = State.OVER;
            thread.giveBack(reader);
            reader = null;
            releaseInput();
        }
    }

    // --- what exchanges see

    @Override
    protected ConduitStreamSinkChannel getSinkChannel() {
        return sinkChannel;
    }

    @Override
    protected ConduitStreamSourceChannel getSourceChannel() {
        RequestSource body = source;
        return new ConduitStreamSourceChannel(
                Configurable.EMPTY, body == null ? new EmptyStreamSourceConduit(ioThread) : body);
    }

    @Override
    protected void maxEntitySizeUpdated(HttpServerExchange exchange) {
        RequestSource body = source;
        if (body != null) {
            body.maxLength(exchange.getMaxEntitySize());
        }
    }

    @Override
    protected boolean isUpgradeSupported() {
        return true;
    }

    @Override
    protected boolean isConnectSupported() {
        return true;
    }

    @Override
    protected void setUpgradeListener(HttpUpgradeListener upgradeTo) {
        upgradeListener = upgradeTo;
    }

    @Override
    protected void setConnectListener(HttpUpgradeListener connectTo) {
        upgradeListener = connectTo;
    }

    @Override
    protected StreamConnection upgradeChannel() {
        return channel;
    }

    @Override
    public String getTransportProtocol() {
        return "http/1.1";
    }

    @Override
    public boolean isRequestTrailerFieldsSupported() {
        RequestSource body = source;
        return body != null && body.isChunked();
    }

    @Override
    public @Nullable SSLSessionInfo getSslSessionInfo() {
        SSLSession session = getSslSession();
        if (tls == null && session != null) {
            tls = new TlsSession(session);
        }
        return tls;
    }

    @Override
    public void setSslSessionInfo(SSLSessionInfo info) {
        tls = info;
    }

    @Override
    public @Nullable SSLSession getSslSession() {
        return channel instanceof SslChannel secured ? secured.getSslSession() : null;
    }
}
