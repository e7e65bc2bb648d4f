package dev.sluice.modules.md;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Line;
import dev.sluice.directive.Scope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The checks of what mod_md's directives are given, with its messages (mod_md_config.c). */
final class MdWords {
    /** As md_duration_parse: nothing, d, h, s, ms and mi; what follows those is passed over. */
    private static final Pattern DURATION = Pattern.compile("([+-]?\\d+)(?:[dDhHsS].*|[mM][sSiI].*)?");

    private static final Pattern PERCENT = Pattern.compile("([+-]?\\d*)%.*");
    private static final Pattern PORT = Pattern.compile("(\\d*)(.*)");
    private static final List<String> AUTHORITIES =
            List.of("LetsEncrypt", "LetsEncrypt-Test", "Buypass", "Buypass-Test");
    private static final int SAFE_BITS = 2048;
    private static final int LAST_PORT = 65535;

    private MdWords() {}

    static String first(Line line) {
        return line.words().get(0).text();
    }

    static void onOff(Line line, Scope scope) throws BadArgument {
        oneOf(line, "on", "off", "on");
    }

    static void requireHttps(Line line, Scope scope) throws BadArgument {
        oneOf(line, "temporary", "permanent", "off");
    }

    private static void oneOf(Line line, String one, String other, String also) throws BadArgument {
        String word = first(line);
        if (!word.equalsIgnoreCase(one) && !word.equalsIgnoreCase(other) && !word.equalsIgnoreCase(also)) {
            throw new BadArgument(
                    "unknown '" + word + "', supported parameter values are '" + one + "' and '" + other + "'");
        }
    }

    static long duration(Line line) throws BadArgument {
        return seconds(first(line), "unrecognized duration format");
    }

    static void anyDuration(Line line, Scope scope) throws BadArgument {
        duration(line);
    }

    private static long seconds(String word, String complaint) throws BadArgument {
        Matcher matcher = DURATION.matcher(word);
        if (!matcher.matches()) {
            throw new BadArgument(complaint);
        }
        return Long.parseLong(matcher.group(1));
    }

    static void checkInterval(Line line, Scope scope) throws BadArgument {
        if (duration(line) < 1) {
            throw new BadArgument("check interval cannot be less than one second");
        }
    }

    static void initialDelay(Line line, Scope scope) throws BadArgument {
        if (duration(line) < 0) {
            throw new BadArgument("initial delay must not be negative");
        }
    }

    static void retryDelay(Line line, Scope scope) throws BadArgument {
        if (duration(line) <= 0) {
            throw new BadArgument("minimum delay must be greater than 0");
        }
    }

    static void retryFailover(Line line, Scope scope) throws BadArgument {
        Matcher digits = Pattern.compile("\\s*0*[1-9].*").matcher(first(line));
        if (!digits.matches()) {
            throw new BadArgument("invalid argument, must be a number > 0");
        }
    }

    /** A duration, or a part of the certificate's life. */
    static void window(Line line, Scope scope) throws BadArgument {
        String word = first(line);
        Matcher percent = PERCENT.matcher(word);
        if (!percent.matches()) {
            seconds(word, line.name() + " has unrecognized format");
            return;
        }
        String digits = percent.group(1);
        if (digits.startsWith("-")) {
            throw new BadArgument(line.name() + " percent must be less than 100");
        }
        if (!digits.isEmpty() && Long.parseLong(digits) >= 100) {
            throw new BadArgument(line.name() + " a length of 100% or more is not allowed.");
        }
    }

    static void storeLocks(Line line, Scope scope) throws BadArgument {
        String word = first(line);
        if (!word.equalsIgnoreCase("on") && !word.equalsIgnoreCase("off")) {
            seconds(word, "neither 'on', 'off' or a duration specified");
        }
    }

    static void renewMode(Line line, Scope scope) throws BadArgument {
        if (!Set.of("always", "auto", "manual").contains(first(line).toLowerCase(Locale.ROOT))) {
            throw new BadArgument("unknown MDDriveMode " + first(line));
        }
    }

    static boolean onlyServerNames(Line line) throws BadArgument {
        return switch (first(line).toLowerCase(Locale.ROOT)) {
            case "all" -> false;
            case "servernames" -> true;
            default -> throw new BadArgument("invalid argument, must be a 'all' or 'servernames'");
        };
    }

    static void dnsVersion(Line line, Scope scope) throws BadArgument {
        if (!first(line).equals("1") && !first(line).equals("2")) {
            throw new BadArgument("Only versions `1` and `2` are supported");
        }
    }

    static void authorities(Line line, Scope scope) throws BadArgument {
        for (var word : line.words()) {
            String name = word.text();
            String complaint = uriComplaint(name);
            if (!name.isEmpty() && complaint != null && AUTHORITIES.stream().noneMatch(name::equalsIgnoreCase)) {
                throw new BadArgument("The CA name '" + name + "' is not known and it is not a URL either (" + complaint
                        + "). Known CA names are: " + String.join(" ", AUTHORITIES) + ".");
            }
        }
    }

    static void httpProxy(Line line, Scope scope) throws BadArgument {
        String complaint = uriComplaint(first(line));
        if (complaint != null) {
            throw new BadArgument(complaint);
        }
    }

    private static @org.jspecify.annotations.Nullable String uriComplaint(String uri) {
        if (uri.chars().anyMatch(c -> c == ' ' || c == '\t')) {
            return "whitespace in uri";
        }
        int colon = uri.indexOf(':');
        if (colon <= 0 || (uri.indexOf('/') >= 0 && uri.indexOf('/') < colon)) {
            return "missing uri scheme";
        }
        return colon == uri.length() - 1 ? "missing uri identifier" : null;
    }

    static void accountBinding(Line line, Scope scope) throws BadArgument {
        if (line.words().size() > 1 || first(line).equalsIgnoreCase("none")) {
            return;
        }
        Path file = scope.resolve(first(line));
        if (!Files.exists(file)) {
            throw BadArgument.ofMachine("MDExternalAccountBinding: file not found: " + file);
        }
    }

    static void portMap(Line line, Scope scope) throws BadArgument {
        for (var word : line.words()) {
            String map = word.text();
            Matcher number = PORT.matcher(map);
            boolean isNamed = map.startsWith("http:") || map.startsWith("https:");
            if (!isNamed && !(number.matches() && number.group(2).startsWith(":"))) {
                throw new BadArgument("no ':' after first port number");
            }
            if (!isNamed && !Set.of("80", "443").contains(number.group(1))) {
                throw new BadArgument("mapped port number must be 80 or 443");
            }
            String port = map.substring(map.indexOf(':') + 1);
            if (!port.equals("-") && !isPort(port)) {
                throw new BadArgument("invalid number for port map, must be in ]0,65535]");
            }
        }
    }

    private static boolean isPort(String text) {
        return text.matches("\\d{1,5}") && Integer.parseInt(text) > 0 && Integer.parseInt(text) <= LAST_PORT;
    }

    static void privateKeys(Line line, Scope scope) throws BadArgument {
        List<String> words = line.words().stream()
                .map(word -> word.text())
                .filter(word -> !word.isEmpty())
                .toList();
        if (words.isEmpty()) {
            throw new BadArgument("needs to specify the private key type");
        }
        Set<String> types = new HashSet<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean isRsa = word.equalsIgnoreCase("RSA");
            if (word.equalsIgnoreCase("Default") && words.size() > 1) {
                throw new BadArgument("'Default' allows no other parameter");
            }
            String type = isRsa ? "RSA" : word;
            if (!types.add(type)) {
                throw new BadArgument("two keys of type '" + type + "' are not possible.");
            }
            if (isRsa
                    && i + 1 < words.size()
                    && Character.isDigit(words.get(i + 1).charAt(0))) {
                i++;
                bits(words.get(i));
            }
        }
    }

    private static void bits(String word) throws BadArgument {
        String digits = word.replaceFirst("\\D.*", "");
        if (digits.length() < 10 && Integer.parseInt(digits) < SAFE_BITS) {
            throw new BadArgument("must be 2048 or higher in order to be considered safe.");
        }
    }
}
