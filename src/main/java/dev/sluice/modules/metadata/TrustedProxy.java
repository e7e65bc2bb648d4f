package dev.sluice.modules.metadata;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Line;
import dev.sluice.directive.Scope;
import dev.sluice.modules.core.IpSubnet;
import dev.sluice.modules.core.IpText;
import dev.sluice.source.SourceFile;
import dev.sluice.syntax.Quoting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Proxies whose word about a client counts.
 *
 * @param internal whether they may name private addresses, too
 */
record TrustedProxy(IpSubnet addresses, boolean internal) {
    /** Reads an address, a subnet, or the name of a host, which is looked up now (proxies_set, mod_remoteip.c). */
    static List<TrustedProxy> read(String text, boolean internal, String directive) throws BadArgument {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        String bits = slash < 0 ? null : text.substring(slash + 1);
        try {
            IpSubnet subnet = IpSubnet.parse(address, bits);
            if (subnet != null) {
                return List.of(new TrustedProxy(subnet, internal));
            }
        } catch (IpSubnet.Invalid e) {
            throw unreadable(text, String.valueOf(e.getMessage()), directive);
        }
        if (bits != null) {
            throw new BadArgument(
                    "RemoteIP: Error parsing IP " + text + " the subnet /" + bits + " is invalid for " + directive);
        }
        return ofHost(address, internal, directive);
    }

    private static List<TrustedProxy> ofHost(String name, boolean internal, String directive) throws BadArgument {
        List<TrustedProxy> all = new ArrayList<>();
        try {
            for (InetAddress each : InetAddress.getAllByName(name)) {
                IpSubnet subnet = IpSubnet.parse(IpText.of(each), null);
                if (subnet != null) {
                    all.add(new TrustedProxy(subnet, internal));
                }
            }
        } catch (UnknownHostException | IpSubnet.Invalid e) {
            throw unreadable(name, "Name or service not known", directive);
        }
        return all;
    }

    private static BadArgument unreadable(String text, String why, String directive) {
        return new BadArgument("RemoteIP: Error parsing IP " + text + " (" + why + " error) for " + directive);
    }

    /** Reads a file of them; {@code #} begins a remark (proxylist_read). */
    static List<TrustedProxy> list(Line line, Scope scope, boolean internal) throws BadArgument {
        String name = line.words().get(0).text();
        Path file = scope.resolve(SourceFile.utf8(name));
        List<TrustedProxy> all = new ArrayList<>();
        int number = 0;
        for (String text : lines(file, line)) {
            number++;
            try {
                Quoting words = new Quoting(text);
                for (String word = words.word(); !word.isEmpty() && !word.startsWith("#"); word = words.word()) {
                    all.addAll(read(word, internal, line.name()));
                }
            } catch (BadArgument e) {
                throw new BadArgument(e.message() + " at line " + number + " of " + file);
            }
        }
        return all;
    }

    private static List<String> lines(Path file, Line line) throws BadArgument {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            String why = e instanceof NoSuchFileException ? "No such file or directory" : reason(e);
            throw BadArgument.ofMachine(line.name() + ": Could not open file " + file + ": " + why);
        }
    }

    private static String reason(IOException e) {
        return e instanceof AccessDeniedException ? "Permission denied" : "Is a directory";
    }

    static @Nullable TrustedProxy of(InetAddress address, List<TrustedProxy> all) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).addresses.contains(address)) {
                return all.get(i);
            }
        }
        return null;
    }
}
