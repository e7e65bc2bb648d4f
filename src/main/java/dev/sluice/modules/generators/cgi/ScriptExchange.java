package dev.sluice.modules.generators.cgi;

import dev.sluice.modules.core.ScriptHead;
import dev.sluice.request.EmptyAnswer;
import dev.sluice.request.Level;
import dev.sluice.request.Request;
import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpContinue;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import io.undertow.util.Protocols;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.channels.StreamSourceChannel;

/**
 * One script's answer. Everything of the exchange happens on its I/O thread; threads of {@link Scripts} wait for the process
 * and hand over what they have read, a buffer at a time, so that neither side runs ahead of the other.
 */
final class ScriptExchange {
    private static final int BUFFER = 16 * 1024;

    private final Request request;
    private final HttpServerExchange exchange;
    private final Process process;
    private final Scripts scripts;
    private final String module;
    private final Duration limit;
    private final ScriptHead head;
    private final NphStatus nph;
    private @Nullable StreamSourceChannel source;
    private @Nullable StreamSinkChannel sink;
    private volatile boolean refusesInput;
    private boolean headRead;
    private boolean over;
    private volatile long heardNanos = System.nanoTime();

    /** @param limit how long the script may be silent */
    ScriptExchange(Request request, Process process, Scripts scripts, String module, Duration limit) {
        this.request = request;
        this.exchange = request.exchange();
        this.process = process;
        this.scripts = scripts;
        this.module = module;
        this.limit = limit;
        this.head = new ScriptHead(request, module);
        this.nph = new NphStatus(name().startsWith("nph-"));
    }

    /** On the I/O thread. */
    void begin() {
        exchange.addExchangeCompleteListener((ended, next) -> {
            end();
            next.proceed();
        });
        exchange.getConnection().addCloseListener(closed -> end());
        onThread(this::readErrors);
        onThread(this::readOutput);
        watch();
        StreamSourceChannel body = exchange.isRequestComplete() ? null : exchange.getRequestChannel();
        if (body == null) {
            onThread(this::closeInput);
            return;
        }
        source = body;
        if (HttpContinue.requiresContinueResponse(exchange)) {
            HttpContinue.sendContinueResponse(exchange, new IoCallback() {
                @Override
                public void onComplete(HttpServerExchange continued, Sender sender) {
                    readBody();
                }

                @Override
                public void onException(HttpServerExchange failed, Sender sender, IOException e) {
                    abort();
                }
            });
        } else {
            readBody();
        }
    }

    // What the client sends.

    private void readBody() {
        StreamSourceChannel body = source;
        if (over || body == null) {
            return;
        }
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        int count = 1;
        try {
            while (count > 0 && buffer.hasRemaining()) {
                count = body.read(buffer);
                if (refusesInput) {
                    buffer.clear();
                }
            }
        } catch (IOException e) {
            request.log(Level.ERROR, module, "AH01225: Error reading request entity data");
            abort();
            return;
        }
        if (count == 0) {
            body.getReadSetter().set(channel -> readBody());
            body.resumeReads();
            if (buffer.position() == 0) {
                return;
            }
        }
        body.suspendReads();
        boolean ended = count < 0;
        onThread(() -> write(buffer.flip(), ended));
    }

    private void write(ByteBuffer buffer, boolean ended) {
        OutputStream input = process.getOutputStream();
        try {
            if (!refusesInput) {
                input.write(buffer.array(), 0, buffer.limit());
                input.flush();
            }
        } catch (IOException e) {
            // It has read what it wanted: the rest of the body is read and forgotten.
            refusesInput = true;
            request.log(
                    Level.ERROR,
                    module,
                    "(32)Broken pipe: AH02651: Error writing request body to script " + request.filename());
        }
        heardNanos = System.nanoTime();
        if (ended) {
            closeInput();
        } else {
            onIoThread(this::readBody);
        }
    }

    private void closeInput() {
        IoUtils.safeClose(process.getOutputStream());
    }

    // What the script says.

    private void readErrors() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.ISO_8859_1))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                request.log(
                        Level.ERROR,
                        module,
                        "AH01215: stderr from " + request.filename() + ": " + ExecFailure.inHttpdsWords(line));
            }
        } catch (IOException e) {
            // The process is gone, and with it what it would have said.
            return;
        }
    }

    private void readOutput() {
        byte[] bytes = new byte[BUFFER];
        int count;
        try {
            InputStream output = process.getInputStream();
            count = output.read(bytes);
            while (count > 0 && count < bytes.length && output.available() > 0) {
                int more = output.read(bytes, count, bytes.length - count);
                count = more < 0 ? count : count + more;
            }
        } catch (IOException e) {
            count = -1;
        }
        heardNanos = System.nanoTime();
        int read = count;
        onIoThread(() -> {
            if (read < 0) {
                outputEnded();
            } else {
                output(ByteBuffer.wrap(bytes, 0, read));
            }
        });
    }

    private void output(ByteBuffer buffer) {
        if (over) {
            return;
        }
        if (!headRead) {
            ScriptHead.Progress progress = nph.read(buffer) ? head.read(buffer) : ScriptHead.Progress.MORE;
            if (progress == ScriptHead.Progress.MALFORMED) {
                fail(500);
                return;
            }
            if (progress == ScriptHead.Progress.MORE) {
                onThread(this::readOutput);
                return;
            }
            headRead = true;
            if (!answerBegins()) {
                return;
            }
        }
        send(buffer);
    }

    /** False where something else than the script's body is the answer. */
    private boolean answerBegins() {
        String location = head.location();
        if (head.redirects() && location != null && location.startsWith("/")) {
            end();
            over = true;
            if (!exchange.getRequestMethod().equals(Methods.HEAD)) {
                exchange.setRequestMethod(Methods.GET);
            }
            exchange.getRequestHeaders().remove(Headers.CONTENT_LENGTH);
            request.redirectInternally(location);
            return false;
        }
        int condition = head.apply();
        int status = head.redirects() ? 302 : condition;
        if (status != 0 && status != 304) {
            // It is the tag of what is not sent.
            request.alwaysHeaders().remove(Headers.ETAG);
            fail(status);
            return false;
        }
        if (nph.status() != 0) {
            exchange.setStatusCode(nph.status());
            exchange.setReasonPhrase(nph.reason());
        }
        if (status == 304) {
            exchange.getResponseHeaders().remove(Headers.CONTENT_TYPE);
            exchange.getResponseHeaders().remove(Headers.CONTENT_ENCODING);
            exchange.getResponseHeaders().remove(Headers.CONTENT_LANGUAGE);
        }
        if (status == 304 || exchange.getRequestMethod().equals(Methods.HEAD)) {
            end();
            over = true;
            EmptyAnswer.end(exchange);
            return false;
        }
        return true;
    }

    private void send(ByteBuffer buffer) {
        if (over) {
            return;
        }
        if (!buffer.hasRemaining()) {
            onThread(this::readOutput);
            return;
        }
        StreamSinkChannel to = sink();
        try {
            while (buffer.hasRemaining()) {
                if (to.write(buffer) == 0) {
                    await(to, () -> send(buffer));
                    return;
                }
            }
            if (!to.flush()) {
                await(to, () -> flushed(to));
                return;
            }
        } catch (IOException e) {
            abort();
            return;
        }
        onThread(this::readOutput);
    }

    private void flushed(StreamSinkChannel to) {
        try {
            if (!to.flush()) {
                to.resumeWrites();
                return;
            }
        } catch (IOException e) {
            abort();
            return;
        }
        to.suspendWrites();
        onThread(this::readOutput);
    }

    private static void await(StreamSinkChannel to, Runnable then) {
        to.getWriteSetter().set(channel -> {
            to.suspendWrites();
            then.run();
        });
        to.resumeWrites();
    }

    private StreamSinkChannel sink() {
        StreamSinkChannel known = sink;
        if (known == null) {
            known = exchange.getResponseChannel();
            sink = known;
        }
        return known;
    }

    private void outputEnded() {
        if (over) {
            return;
        }
        if (!headRead) {
            head.end();
            fail(500);
            return;
        }
        over = true;
        if (sink == null && !exchange.getResponseHeaders().contains(Headers.CONTENT_LENGTH)) {
            exchange.setResponseContentLength(0);
        }
        exchange.endExchange();
    }

    // Ends.

    private void fail(int status) {
        over = true;
        end();
        request.fail(status);
    }

    /** The client must see that the answer is not whole. */
    private void abort() {
        if (over) {
            return;
        }
        over = true;
        end();
        if (exchange.getProtocol().equals(Protocols.HTTP_2_0) && sink != null) {
            IoUtils.safeClose(sink);
        }
        IoUtils.safeClose(exchange.getConnection());
        exchange.endExchange();
    }

    /** Whatever ends the exchange ends the script. */
    private void end() {
        scripts.stop(process);
    }

    private void watch() {
        long left = limit.toNanos() - (System.nanoTime() - heardNanos);
        if (over) {
            return;
        }
        if (left > 0) {
            exchange.getIoThread().executeAfter(this::watch, left, TimeUnit.NANOSECONDS);
            return;
        }
        if (headRead) {
            request.log(
                    Level.ERROR, module, "AH01220: Timeout waiting for output from CGI script " + request.filename());
            abort();
        } else {
            request.log(Level.ERROR, module, "Script timed out before returning headers: " + name());
            fail(504);
        }
    }

    /** Its file's name without folders. */
    private String name() {
        String file = String.valueOf(request.filename());
        return file.substring(file.lastIndexOf('/') + 1);
    }

    private void onThread(Runnable task) {
        try {
            scripts.threads().execute(task);
        } catch (RejectedExecutionException e) {
            // The configuration has ended, and its scripts with it.
            end();
        }
    }

    private void onIoThread(Runnable task) {
        try {
            exchange.getIoThread().execute(task);
        } catch (RejectedExecutionException e) {
            end();
        }
    }
}
