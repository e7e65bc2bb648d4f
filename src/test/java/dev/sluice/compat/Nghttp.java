package dev.sluice.compat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HTTP/2 by way of nghttp, which tells of pushes and interim answers that curl keeps to itself. The frames are told by stream. */
final class Nghttp {
    private static final Pattern FIELD = Pattern.compile("recv \\(stream_id=(\\d+)\\) (.*)");
    private static final Pattern PROMISED = Pattern.compile("promised_stream_id=(\\d+)");
    private static final Pattern RESET = Pattern.compile("recv RST_STREAM frame .*stream_id=(\\d+)");
    private static final Pattern CODE = Pattern.compile("error_code=(\\w+)");
    private static final Pattern DATA = Pattern.compile("recv DATA frame <length=(\\d+), .*stream_id=(\\d+)");

    private final Site site;

    Nghttp(Site site) {
        this.site = site;
    }

    Result perform(Step step) throws IOException, InterruptedException {
        PlainRequest request = PlainRequest.of(step, site);
        boolean tls = step.option("nghttp").contains("tls");
        int port = site.port(step.option("port", tls ? "TLS_PORT" : "PORT"));
        List<String> command = new ArrayList<>(List.of("nghttp", "-nv", "-t", "5"));
        if (step.option("nghttp").contains("no-push")) {
            command.add("--no-push");
        }
        request.headers().stream()
                .filter(header -> !header.startsWith("Host:"))
                .forEach(header -> command.add("-H" + header.replaceFirst(":\\s*", ": ")));
        command.add("-H:authority: localhost");
        command.add((tls ? "https" : "http") + "://127.0.0.1:" + port + request.target());
        Path told = site.root().resolve("nghttp.out");
        Process nghttp = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(told.toFile())
                .start();
        nghttp.getOutputStream().close();
        nghttp.waitFor();
        return result(Files.readAllLines(told, StandardCharsets.ISO_8859_1));
    }

    private static Result result(List<String> told) {
        List<String> lines = new ArrayList<>();
        String outcome = "no answer";
        String reset = "";
        for (String line : told) {
            Matcher field = FIELD.matcher(line);
            Matcher promised = PROMISED.matcher(line);
            Matcher resets = RESET.matcher(line);
            Matcher code = CODE.matcher(line);
            Matcher data = DATA.matcher(line);
            if (field.find() && !isHostOfPromise(field.group(2))) {
                lines.add("stream " + field.group(1) + " " + field.group(2).replaceFirst("^date: .*", "date: <now>"));
                outcome = outcome(field, outcome);
            } else if (promised.find()) {
                lines.add("promised " + promised.group(1));
            } else if (data.find() && !data.group(1).equals("0")) {
                lines.add("stream " + data.group(2) + " " + data.group(1) + " bytes");
            } else if (resets.find()) {
                reset = resets.group(1);
            } else if (!reset.isEmpty() && code.find()) {
                lines.add("reset " + reset + " " + code.group(1));
                outcome = outcome.equals("no answer") ? "reset " + code.group(1) : outcome;
                reset = "";
            }
        }
        return new Result(outcome, lines.stream().sorted().toList());
    }

    /** httpd says it twice, in a pseudo-header field and in this. */
    private static boolean isHostOfPromise(String field) {
        return field.startsWith("host: ");
    }

    /** The final status of what was asked for: its stream has an odd number. */
    private static String outcome(Matcher field, String before) {
        String text = field.group(2);
        boolean asked = Integer.parseInt(field.group(1)) % 2 == 1;
        return asked && text.startsWith(":status: ") && !text.startsWith(":status: 1")
                ? text.substring(":status: ".length())
                : before;
    }
}
