package dev.sluice.modules.filters;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Reading;
import dev.sluice.request.Filter;
import dev.sluice.request.FilterType;
import dev.sluice.request.Request;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What an ExtFilterDefine line defines.
 *
 * @param command program and arguments; empty where none is given
 * @param intype the only media type that it is for; empty for any
 * @param outtype the media type of what comes out; empty for what went in
 * @param enableEnv the variable that must be set; empty for none; {@code disableEnv} must not
 */
record ExternalFilter(
        String name,
        List<String> command,
        int type,
        boolean ofInput,
        String intype,
        String outtype,
        String enableEnv,
        String disableEnv,
        boolean keepsLength) {
    /** Reads a line's text word by word, as define_filter of mod_ext_filter.c does. */
    static ExternalFilter read(String args, Predicate<String> isKnown) throws BadArgument {
        Reader reader = new Reader(args.stripLeading());
        String name = reader.word();
        if (!name.isEmpty() && isKnown.test(name)) {
            throw new BadArgument("ExtFilter " + name + " is already defined");
        }
        return reader.rest(name);
    }

    private static final class Reader {
        private String text;
        private List<String> command = List.of();
        private int type = FilterType.RESOURCE;
        private boolean ofInput;
        private String intype = "";
        private String outtype = "";
        private String enableEnv = "";
        private String disableEnv = "";
        private boolean keepsLength;

        Reader(String text) {
            this.text = text;
        }

        /** Up to white space, and past it (ap_getword_white). */
        String word() {
            int end = 0;
            while (end < text.length() && !isSpace(text.charAt(end))) {
                end++;
            }
            String word = text.substring(0, end);
            text = text.substring(end).stripLeading();
            return word;
        }

        private static boolean isSpace(char c) {
            return c == ' ' || c == '\t';
        }

        ExternalFilter rest(String name) throws BadArgument {
            while (!text.isEmpty()) {
                if (takes("preservescontentlength")) {
                    keepsLength = true;
                    text = text.stripLeading();
                } else if (takes("mode=")) {
                    mode(word());
                } else if (takes("ftype=")) {
                    type = Reading.atoi(word());
                } else if (takes("enableenv=")) {
                    enableEnv = word();
                } else if (takes("disableenv=")) {
                    disableEnv = word();
                } else if (takes("intype=")) {
                    String given = word();
                    intype = given.equals("*") ? "" : given;
                } else if (takes("outtype=")) {
                    outtype = word();
                } else if (takes("cmd=")) {
                    command = words(command());
                } else {
                    throw new BadArgument("Unexpected parameter: `" + text + "'");
                }
            }
            return new ExternalFilter(
                    name, command, type, ofInput, intype, outtype, enableEnv, disableEnv, keepsLength);
        }

        private boolean takes(String prefix) {
            boolean found = text.regionMatches(true, 0, prefix, 0, prefix.length());
            if (found) {
                text = text.substring(prefix.length());
            }
            return found;
        }

        private void mode(String word) throws BadArgument {
            switch (word) {
                case "output" -> ofInput = false;
                case "input" -> ofInput = true;
                default -> throw new BadArgument("Invalid mode: `" + word + "'");
            }
        }

        private String command() throws BadArgument {
            if (!text.startsWith("\"")) {
                return word();
            }
            StringBuilder command = new StringBuilder();
            int at = 1;
            while (at < text.length() && text.charAt(at) != '"') {
                boolean escape = text.charAt(at) == '\\' && at + 1 < text.length() && text.charAt(at + 1) == '"';
                at += escape ? 1 : 0;
                command.append(text.charAt(at++));
            }
            if (at >= text.length()) {
                throw new BadArgument("Expected cmd= delimiter");
            }
            text = text.substring(at + 1).stripLeading();
            return command.toString();
        }

        /** Words with quotes around them where they have blanks, a backslash before what is meant as it is (apr_tokenize_to_argv). */
        private static List<String> words(String command) {
            List<String> words = new ArrayList<>();
            StringBuilder word = null;
            char quote = 0;
            for (int i = 0; i < command.length(); i++) {
                char c = command.charAt(i);
                if (quote == 0 && isSpace(c)) {
                    if (word != null) {
                        words.add(word.toString());
                        word = null;
                    }
                    continue;
                }
                word = word == null ? new StringBuilder() : word;
                if (c == quote) {
                    quote = 0;
                } else if (quote == 0 && (c == '"' || c == '\'')) {
                    quote = c;
                } else {
                    i += c == '\\' && i + 1 < command.length() ? 1 : 0;
                    word.append(command.charAt(i));
                }
            }
            if (word != null) {
                words.add(word.toString());
            }
            return List.copyOf(words);
        }
    }

    /** The filter of one body, or null where it is not for it (init_filter_instance). */
    @Nullable
    Filter begin(Request request) {
        HeaderMap headers =
                ofInput ? request.exchange().getRequestHeaders() : request.exchange().getResponseHeaders();
        boolean disabled = !disableEnv.isEmpty() && request.environment().has(disableEnv);
        boolean enabled = enableEnv.isEmpty() || request.environment().has(enableEnv);
        if (disabled || !enabled || !isOfType(headers.getFirst(Headers.CONTENT_TYPE))) {
            return null;
        }
        if (!ofInput && !outtype.isEmpty()) {
            headers.put(Headers.CONTENT_TYPE, outtype);
        }
        if (!keepsLength) {
            headers.remove(Headers.CONTENT_LENGTH);
        }
        return new ProgramFilter(request, this, request.settings().get(ExtFilterModule.OPTIONS));
    }

    private boolean isOfType(@Nullable String type) {
        if (intype.isEmpty()) {
            return true;
        }
        String bare = type == null ? "" : type.split(";", 2)[0].strip();
        return bare.toLowerCase(Locale.ROOT).equals(intype.toLowerCase(Locale.ROOT));
    }
}
