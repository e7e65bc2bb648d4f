package dev.sluice.compat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** HTTP/2 by way of curl, which speaks it with nghttp2: neither server's own code judges itself. */
final class Curl {
    private final Site site;

    Curl(Site site) {
        this.site = site;
    }

    Result perform(Step step) throws IOException, InterruptedException {
        PlainRequest request = PlainRequest.of(step, site);
        Path head = site.root().resolve("curl.head");
        Path body = site.root().resolve("curl.body");
        Files.deleteIfExists(head);
        Files.deleteIfExists(body);
        List<String> command = command(step, request);
        command.addAll(List.of("-D", head.toString(), "-o", body.toString()));
        Process curl = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (OutputStream in = curl.getOutputStream()) {
            in.write(request.body());
        } catch (IOException notRead) {
            curl.waitFor();
        }
        int exit = curl.waitFor();
        if ("HEAD".equals(request.method())) {
            // -I writes the head where the body would be.
            Files.deleteIfExists(body);
        }
        return result(exit, head, body);
    }

    private List<String> command(Step step, PlainRequest request) {
        boolean tls = step.has("h2");
        String host = tls && !step.option("h2").isEmpty() ? step.option("h2") : "localhost";
        int port = site.port(step.option("port", tls ? "TLS_PORT" : "PORT"));
        List<String> command = new ArrayList<>(List.of("curl", "-q", "-s", "-k", "-g", "--max-time", "8"));
        command.add(step.has("h2c") ? "--http2-prior-knowledge" : "--http2");
        command.addAll(List.of("--path-as-is", "--noproxy", "*", "--resolve", host + ":" + port + ":127.0.0.1"));
        if ("HEAD".equals(request.method())) {
            command.add("-I");
        } else {
            command.addAll(List.of("-X", request.method()));
        }
        for (String unwanted : List.of("User-Agent", "Accept", "Content-Type", "Expect")) {
            command.addAll(List.of("-H", unwanted + ":"));
        }
        request.headers().forEach(header -> command.addAll(List.of("-H", header)));
        if (request.body().length > 0) {
            command.addAll(List.of("--data-binary", "@-"));
        }
        command.add((tls ? "https://" : "http://") + host + ":" + port + request.target());
        return command;
    }

    private static Result result(int exit, Path head, Path body) throws IOException {
        List<String> lines = new ArrayList<>();
        if (exit != 0) {
            lines.add("curl " + exit);
        }
        String outcome = exit == 0 ? "no head" : "curl " + exit;
        List<String> headers = new ArrayList<>();
        if (Files.exists(head)) {
            for (String line : Files.readAllLines(head, StandardCharsets.ISO_8859_1)) {
                boolean status = line.toUpperCase(Locale.ROOT).startsWith("HTTP/");
                if (!status && !line.isEmpty()) {
                    headers.add(line);
                    continue;
                }
                lines.addAll(Wire.byName(headers));
                headers.clear();
                lines.add(line.stripTrailing());
                outcome = status && exit == 0 ? line.split(" ")[1] : outcome;
            }
        }
        if (Files.exists(body)) {
            lines.addAll(Bodies.told(Files.readAllBytes(body)).lines().toList());
        }
        return new Result(outcome, lines);
    }
}
