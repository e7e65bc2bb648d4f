package dev.sluice.modules.core;

import dev.sluice.expression.Functions;
import dev.sluice.expression.Names.BadArgument;
import dev.sluice.expression.Names.BinaryOperator;
import dev.sluice.expression.Names.Meaning;
import dev.sluice.expression.Names.UnaryOperator;
import dev.sluice.request.Lookup;
import dev.sluice.request.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The operators with a name (unary_op_entries and binary_op_entries, util_expr_eval.c). */
final class RequestOperators {
    private static final Set<String> FALSE = Set.of("", "0", "off", "false", "no");

    private RequestOperators() {}

    /** Lower and upper case differ. */
    static @Nullable Meaning<UnaryOperator<Request>> unary(String letter) {
        return switch (letter) {
            case "n" -> Meaning.of((word, e) -> !word.isEmpty());
            case "z" -> Meaning.of((word, e) -> word.isEmpty());
            case "T" -> Meaning.of((word, e) -> !FALSE.contains(word.toLowerCase(java.util.Locale.ROOT)));
            case "R" -> Meaning.of(new FromSubnet(null));
            case "e" -> file(file -> true);
            case "d" -> file(BasicFileAttributes::isDirectory);
            case "f" -> file(BasicFileAttributes::isRegularFile);
            case "s" -> file(file -> file.isRegularFile() && file.size() > 0);
            case "L", "h" -> Meaning.ofFiles((word, e) -> isLink(word));
            case "x" -> Meaning.ofFiles((word, e) -> isExecutable(word));
            case "F" -> Meaning.blocking((word, e) -> isServable(e.subject(), word));
            case "U", "A" ->
                Meaning.blocking((word, e) -> e.subject().lookUp(word).status() < 400);
            default -> null;
        };
    }

    /** {@code name} is in lower case. */
    static @Nullable Meaning<BinaryOperator<Request>> binary(String name) {
        return switch (name) {
            case "ipmatch" -> Meaning.of(new Inside(null));
            case "strmatch" -> Meaning.of((text, pattern, e) -> Fnmatch.matchesAcrossSlashes(pattern, text));
            case "strcmatch" ->
                Meaning.of((text, pattern, e) ->
                        Fnmatch.matchesAcrossSlashes(Functions.lower(pattern), Functions.lower(text)));
            case "fnmatch" -> Meaning.of((text, pattern, e) -> Fnmatch.matches(pattern, text));
            default -> null;
        };
    }

    private static Meaning<UnaryOperator<Request>> file(Predicate<BasicFileAttributes> wanted) {
        return Meaning.ofFiles((word, e) -> {
            BasicFileAttributes found = attributes(word);
            return found != null && wanted.test(found);
        });
    }

    private static @Nullable BasicFileAttributes attributes(String name, LinkOption... options) {
        Path path = name.isEmpty() ? null : FileNames.path(name);
        try {
            BasicFileAttributes found =
                    path == null ? null : Files.readAttributes(path, BasicFileAttributes.class, options);
            return found == null || (name.endsWith("/") && !found.isDirectory()) ? null : found;
        } catch (IOException e) {
            return null;
        }
    }

    private static boolean isServable(Request request, String filename) {
        Lookup.Result found = request.lookUpFile(filename);
        return found.status() < 300 && found.request().file() != null;
    }

    private static boolean isLink(String name) {
        BasicFileAttributes found = attributes(name, LinkOption.NOFOLLOW_LINKS);
        return found != null && found.isSymbolicLink();
    }

    private static boolean isExecutable(String name) {
        Path path = name.isEmpty() ? null : FileNames.path(name);
        return path != null && Files.isExecutable(path);
    }

    /** The client's address in a subnet. */
    private record FromSubnet(@Nullable IpSubnet subnet) implements UnaryOperator<Request> {
        @Override
        public boolean holds(String word, dev.sluice.expression.Evaluation<Request> evaluation) {
            java.net.InetSocketAddress client = evaluation.subject().exchange().getSourceAddress();
            return subnet != null && client.getAddress() != null && subnet.contains(client.getAddress());
        }

        @Override
        public UnaryOperator<Request> with(@Nullable String constant) throws BadArgument {
            return new FromSubnet(read(constant, "-R"));
        }
    }

    /** An address in a subnet. */
    private record Inside(@Nullable IpSubnet subnet) implements BinaryOperator<Request> {
        @Override
        public boolean holds(String left, String right, dev.sluice.expression.Evaluation<Request> evaluation) {
            InetAddress address = address(left);
            return subnet != null && address != null && subnet.contains(address);
        }

        @Override
        public BinaryOperator<Request> with(@Nullable String constant) throws BadArgument {
            return new Inside(read(constant, "-ipmatch"));
        }

        /** Null where the text is no address; names are never looked up. */
        private static @Nullable InetAddress address(String text) {
            boolean looksLikeAddress = !text.isEmpty()
                    && text.chars().allMatch(c -> c == '.' || c == ':' || Character.digit(c, 16) >= 0)
                    && (text.indexOf(':') >= 0 || text.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9')));
            try {
                return looksLikeAddress ? InetAddress.getByName(text) : null;
            } catch (UnknownHostException e) {
                return null;
            }
        }
    }

    private static IpSubnet read(@Nullable String constant, String operator) throws BadArgument {
        if (constant == null) {
            throw new BadArgument(operator + " requires subnet/netmask as constant argument");
        }
        int slash = constant.indexOf('/');
        String address = slash < 0 ? constant : constant.substring(0, slash);
        try {
            IpSubnet subnet = IpSubnet.parse(address, slash < 0 ? null : constant.substring(slash + 1));
            if (subnet != null) {
                return subnet;
            }
        } catch (IpSubnet.Invalid e) {
            // httpd does not say why
        }
        throw new BadArgument("parsing of subnet/netmask failed");
    }
}
