package dev.sluice.shell;

import dev.sluice.migrate.Host;
import dev.sluice.migrate.Sites;
import dev.sluice.modules.core.Address;
import dev.sluice.server.Explainer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code [METHOD] URL [-H 'NAME: VALUE']... [--from ADDRESS] [--to ADDRESS]}. */
final class AskedUrl {
    static final String USAGE = "[METHOD] URL [-H 'NAME: VALUE']... [--from ADDRESS] [--to ADDRESS]";

    private static final Pattern URL =
            Pattern.compile("(https?)://(\\[[^\\]]+\\]|[^/:?#]+)(?::(\\d{1,5}))?([^#]*)(?:#.*)?");
    private static final int PEER_PORT = 50_000;
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final List<String> fields = new ArrayList<>();
    private String method = "GET";
    private @Nullable String url;
    private String from = "192.0.2.1";
    private @Nullable String to;

    private AskedUrl() {}

    /** The request that {@code words} ask for, at an address where the hosts of its name are found. */
    static Explainer.Asked read(List<String> words, Sites sites) throws Command.Misuse {
        AskedUrl asked = new AskedUrl();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (List.of("-H", "--from", "--to").contains(word)) {
                if (++i == words.size()) {
                    throw new Command.Misuse("'" + word + "' lacks its word");
                }
                asked.option(word, words.get(i));
            } else if (word.startsWith("-")) {
                throw new Command.Misuse("'" + word + "' is no option here");
            } else if (word.matches("[A-Z]+") && asked.url == null) {
                asked.method = word;
            } else if (asked.url == null) {
                asked.url = word;
            } else {
                throw new Command.Misuse("'" + word + "' makes no sense here");
            }
        }
        return asked.at(sites);
    }

    private void option(String option, String value) throws Command.Misuse {
        switch (option) {
            case "-H" -> {
                int colon = value.indexOf(':');
                if (colon < 1) {
                    throw new Command.Misuse("'" + value + "' is no NAME: VALUE");
                }
                fields.add(value.substring(0, colon));
                fields.add(bytes(value.substring(colon + 1).strip()));
            }
            case "--from" -> from = value;
            default -> to = value;
        }
    }

    private Explainer.Asked at(Sites sites) throws Command.Misuse {
        String given = url;
        if (given == null) {
            throw new Command.Misuse("a URL has to be named");
        }
        Matcher parts = URL.matcher(given.contains("://") ? given : "http://" + given);
        if (!parts.matches()) {
            throw new Command.Misuse("'" + given + "' is no URL of http or https");
        }
        boolean tls = parts.group(1).equals("https");
        String host = parts.group(2).toLowerCase(Locale.ROOT);
        String explicit = parts.group(3);
        int port = explicit == null ? (tls ? HTTPS : HTTP) : Integer.parseInt(explicit);
        String target = parts.group(4).isEmpty() ? "/" : bytes(parts.group(4));
        return new Explainer.Asked(
                method,
                target.startsWith("/") ? target : "/" + target,
                explicit == null ? host : host + ":" + port,
                tls,
                local(sites, host, port),
                new InetSocketAddress(address(from), PEER_PORT),
                fields);
    }

    /** The address that was named; else one that a host of the name has for its own; else any. */
    private InetSocketAddress local(Sites sites, String host, int port) throws Command.Misuse {
        if (to != null) {
            Address named = Address.parse(to);
            if (named == null || named.host() == null) {
                throw new Command.Misuse("'" + to + "' is no address");
            }
            return new InetSocketAddress(address(named.host()), named.port() <= 0 ? port : named.port());
        }
        for (Host each : sites.named(host).stream()
                .flatMap(site -> site.hosts().stream())
                .toList()) {
            for (String word : each.addresses()) {
                Address address = Address.parse(word);
                String name = address == null || address.port() != port ? null : address.host();
                if (name != null && !name.equals("*") && !name.startsWith("_")) {
                    return new InetSocketAddress(address(name), port);
                }
            }
        }
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static InetAddress address(String text) throws Command.Misuse {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new Command.Misuse("'" + text + "' is no address");
        }
    }

    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
