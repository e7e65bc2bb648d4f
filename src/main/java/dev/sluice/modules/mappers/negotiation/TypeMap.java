package dev.sluice.modules.mappers.negotiation;

import dev.sluice.modules.core.FileNames;
import dev.sluice.modules.core.LogFile;
import dev.sluice.request.Level;
import dev.sluice.request.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A file that lists the variants of a resource (read_type_map, mod_negotiation.c). */
final class TypeMap {
    /** The type that stands for the handler {@code type-map}. */
    static final String MEDIA_TYPE = "application/x-type-map";

    private final Request request;
    private final String filename;
    private final String text;
    private final List<Variant> variants = new ArrayList<>();
    private Variant open = new Variant();
    private boolean hasContent;
    private int at;

    private TypeMap(Request request, String filename, String text) {
        this.request = request;
        this.filename = filename;
        this.text = text;
    }

    /** @param status 0, or what the request ends with */
    record Result(List<Variant> variants, int status) {}

    /** Reads the file of {@code map}; what is wrong with it is logged for {@code request}. */
    static Result read(Request request, Request map) {
        String filename = String.valueOf(map.filename());
        Path path = FileNames.path(filename);
        try {
            if (path == null) {
                return new Result(List.of(), 404);
            }
            String text = new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
            TypeMap reading = new TypeMap(request, filename, text);
            int status = reading.read();
            return new Result(List.copyOf(reading.variants), status);
        } catch (IOException e) {
            request.log(
                    Level.ERROR,
                    "negotiation",
                    LogFile.reason(e) + ": AH00683: cannot access type map file: " + filename);
            return new Result(List.of(), e instanceof NoSuchFileException ? 404 : 403);
        }
    }

    private int read() {
        while (at < text.length()) {
            String line = line();
            if (line.startsWith("#")) {
                continue;
            }
            if (line.isBlank()) {
                close();
                continue;
            }
            StringBuilder header = new StringBuilder(line);
            while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t') && !isBlankLine()) {
                header.append('\n').append(line());
            }
            int colon = header.indexOf(":");
            if (colon < 0) {
                complain("AH00681: Syntax error in type map, no ':' in " + filename + " for header " + header + "\n");
                return 500;
            }
            String body = header.substring(colon + 1).stripLeading();
            if (body.isEmpty()) {
                String name = header.substring(0, colon).toLowerCase(Locale.ROOT);
                complain("AH00682: Syntax error in type map --- no header body: " + filename + " for " + name + ":\n");
                return 500;
            }
            if (!header(header.substring(0, colon).toLowerCase(Locale.ROOT), withoutComments(body))) {
                break;
            }
        }
        close();
        return 0;
    }

    private String line() {
        int end = text.indexOf('\n', at);
        String line = text.substring(at, end < 0 ? text.length() : end);
        at = end < 0 ? text.length() : end + 1;
        return line;
    }

    private boolean isBlankLine() {
        int end = text.indexOf('\n', at);
        return text.substring(at, end < 0 ? text.length() : end).isBlank();
    }

    private void complain(String message) {
        request.log(Level.ERROR, "negotiation", message);
    }

    /** False where the rest of the map is not read. */
    private boolean header(String name, String body) {
        switch (name) {
            case "uri" -> open.name = token(body);
            case "content-type" -> {
                open.type(Accepted.type(body));
                hasContent = true;
            }
            case "content-language" -> {
                List<String> languages = new ArrayList<>();
                Accepted.Tokens tokens = new Accepted.Tokens(body);
                while (!tokens.isAtEnd()) {
                    languages.add(tokens.next(false).toLowerCase(Locale.ROOT));
                    tokens.skip(',');
                    tokens.skip(';');
                }
                open.languages = List.copyOf(languages);
                hasContent = true;
            }
            case "content-encoding" -> {
                open.encoding = token(body);
                hasContent = true;
            }
            case "content-length" -> {
                return length(body.strip());
            }
            case "description" -> open.description = body.replace('\n', ' ').stripTrailing();
            case "body" -> {
                return body(body.strip());
            }
            default -> {}
        }
        return true;
    }

    private static String token(String body) {
        return new Accepted.Tokens(body).next(false);
    }

    private boolean length(String digits) {
        try {
            open.length = Long.parseLong(digits);
        } catch (NumberFormatException e) {
            open.length = -1;
        }
        if (open.length < 0) {
            complain("AH00684: Parse error in type map, Content-Length: '" + digits + "' in " + filename
                    + " is invalid.");
            return false;
        }
        hasContent = true;
        return true;
    }

    private boolean body(String tag) {
        int end = text.startsWith(tag, at) ? at : text.indexOf("\n" + tag, at);
        if (end < 0) {
            complain("AH00685: Syntax error in type map, no end tag '" + tag + "' found in " + filename
                    + " for Body: content.");
            return false;
        }
        int length = text.startsWith(tag, at) ? 0 : end + 1 - at;
        open.body = text.substring(at, at + length);
        open.length = length;
        open.name = filename.substring(filename.lastIndexOf('/') + 1);
        at += length;
        line();
        return true;
    }

    private void close() {
        if (!open.name.isEmpty() && hasContent) {
            variants.add(open);
        }
        open = new Variant();
        hasContent = false;
    }

    /** What stands in parentheses is for people; quotes guard them. */
    private static String withoutComments(String body) {
        StringBuilder kept = new StringBuilder(body.length());
        boolean comment = false;
        boolean quoted = false;
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            quoted = quoted != (!comment && c == '"');
            comment |= c == '(' && !quoted;
            kept.append(comment ? ' ' : c);
            comment &= c != ')';
        }
        return kept.toString();
    }
}
