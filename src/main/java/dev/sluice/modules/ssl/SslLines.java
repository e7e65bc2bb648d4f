package dev.sluice.modules.ssl;

import static dev.sluice.directive.Directive.reads;

import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Effect;
import dev.sluice.directive.Findings;
import dev.sluice.directive.Line;
import dev.sluice.directive.Place;
import dev.sluice.directive.Reading;
import dev.sluice.directive.Scope;
import dev.sluice.model.Setting;
import dev.sluice.modules.ssl.SslProtocols.Protocol;
import dev.sluice.modules.ssl.SslServer.Revocation;
import dev.sluice.modules.ssl.SslServer.RevocationCheck;
import dev.sluice.modules.ssl.SslServer.Verify;
import dev.sluice.source.SourceFile;
import dev.sluice.syntax.Word;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the lines of mod_ssl do, with the checks and the words of ssl_engine_config.c. */
final class SslLines {
    private SslLines() {}

    /** A file that is there and not empty joins {@code setting}. */
    static Directive.Does file(Setting<List<Path>> setting) {
        return reads(
                Args.TAKE1,
                (line, scope) -> {
                    if (argument(line).regionMatches(true, 0, "pkcs11:", 0, 7)) {
                        throw BadArgument.refusal(
                                line.name() + " '" + argument(line) + "' is not supported: keys are read from files");
                    }
                    scope.give(setting, List.of(existing(line, scope, argument(line))), line.span());
                },
                setting);
    }

    /** As {@link #file}, for a directive whose last line counts. */
    static Directive.Does oneFile(Setting<Optional<Path>> setting) {
        return reads(
                Args.TAKE1,
                (line, scope) -> scope.give(setting, Optional.of(existing(line, scope, argument(line))), line.span()),
                setting);
    }

    /** What httpd checks in a section too, and then refuses there. */
    static Directive.Does serverOnly(Directive.Does does) {
        Effect effect = (line, scope) -> {
            if (scope.place().kind() == Place.Kind.SERVER) {
                does.effect().apply(line, scope);
                return;
            }
            if (line.name().endsWith("Path")) {
                existingDirectory(line, scope);
            } else {
                existing(line, scope, argument(line));
            }
            throw new BadArgument("Your SSL library does not have support for per-directory CA");
        };
        return new Directive.Does(does.args(), effect, does.verdict(), does.gives(), does.reads());
    }

    /** Every file of a directory joins {@code setting}; what is no PEM file in it does not count. */
    static Directive.Does directory(Setting<List<Path>> setting) {
        return reads(
                Args.TAKE1,
                (line, scope) -> scope.give(setting, filesOf(existingDirectory(line, scope)), line.span()),
                setting);
    }

    static void exists(Line line, Scope scope) throws BadArgument {
        existing(line, scope, argument(line));
    }

    static void existsAsDirectory(Line line, Scope scope) throws BadArgument {
        existingDirectory(line, scope);
    }

    static void engine(Line line, Scope scope) throws BadArgument {
        String word = argument(line).toLowerCase(Locale.ROOT);
        switch (word) {
            case "on", "off" -> {
                scope.give(SslServer.ENGINE, word.equals("on"), line.span());
                scope.give(SslServer.OPENSSL, scope.defines().contains("SLUICE_OPENSSL"), line.span());
            }
            case "optional" ->
                scope.find(Findings.HTTPD_WARNING, line.span(), "AH10510: 'SSLEngine optional' is no longer supported");
            default -> throw new BadArgument("Argument must be On or Off");
        }
    }

    static Effect protocol(Setting<Set<Protocol>> setting) {
        return (line, scope) -> {
            Set<Protocol> read = SslProtocols.read(line.name(), line.args(), warning -> {
                if (!scope.place().within("VirtualHost")) {
                    scope.find(Findings.HTTPD_WARNING, line.span(), warning);
                }
            });
            scope.give(setting, read, line.span());
        };
    }

    /** SSLCipherSuite and SSLProxyCipherSuite: an optional protocol, SSL meaning up to TLS 1.2, and a list. */
    static Effect ciphers(Setting<String> setting, Setting<String> setting13) {
        return (line, scope) -> {
            String last = line.words().get(line.words().size() - 1).text();
            String protocol = line.words().size() == 1 ? "SSL" : argument(line);
            boolean inside = scope.place().kind() != Place.Kind.SERVER;
            if (protocol.equals("TLSv1.3")) {
                if (inside) {
                    throw new BadArgument("TLSv1.3 ciphers cannot be set inside a directory context");
                }
                scope.give(setting13, last, line.span());
            } else if (!protocol.equals("SSL")) {
                throw new BadArgument("protocol '" + protocol + "' not supported");
            } else if (inside) {
                throw BadArgument.refusal(line.name() + " is not supported in a section: ciphers are agreed on before "
                        + "the request is known");
            } else {
                scope.give(setting, last, line.span());
            }
        };
    }

    static Verify verify(Line line) throws BadArgument {
        return switch (argument(line).toLowerCase(Locale.ROOT)) {
            case "none", "off" -> Verify.NONE;
            case "optional" -> Verify.OPTIONAL;
            case "require", "on" -> Verify.REQUIRE;
            case "optional_no_ca" -> Verify.OPTIONAL_NO_CA;
            default -> throw new BadArgument(line.name() + ": Invalid argument '" + argument(line) + "'");
        };
    }

    static int depth(Line line) throws BadArgument {
        int depth = Reading.atoi(argument(line));
        if (depth < 0) {
            throw new BadArgument(line.name() + ": Invalid argument '" + argument(line) + "'");
        }
        return depth;
    }

    static Effect revocationCheck(Setting<Revocation> setting) {
        return (line, scope) -> {
            String[] words = words(line);
            RevocationCheck check =
                    switch (words[0].toLowerCase(Locale.ROOT)) {
                        case "none" -> RevocationCheck.NONE;
                        case "leaf" -> RevocationCheck.LEAF;
                        case "chain" -> RevocationCheck.CHAIN;
                        default -> throw new BadArgument(line.name() + ": Invalid argument '" + words[0] + "'");
                    };
            for (int i = 1; i < words.length; i++) {
                if (!words[i].equalsIgnoreCase("no_crl_for_cert_ok")) {
                    throw new BadArgument(line.name() + ": Invalid argument '" + words[i] + "'");
                }
            }
            scope.give(setting, new Revocation(check, words.length > 1), line.span());
        };
    }

    /** {@code builtin} asks nobody here, as there may be no terminal; {@code exec:} runs a program. */
    static void passPhraseDialog(Line line, Scope scope) throws BadArgument {
        String dialog = argument(line);
        if (dialog.startsWith("exec:")) {
            Path program = scope.resolve(SourceFile.utf8(dialog.substring(5)));
            if (!Files.exists(program)) {
                throw BadArgument.ofMachine("SSLPassPhraseDialog: file '" + program + "' does not exist");
            }
            scope.give(SslServer.DIALOG, program.toString(), line.span());
        } else if (dialog.length() > 1 && dialog.startsWith("|")) {
            throw BadArgument.refusal("SSLPassPhraseDialog |program is not supported: a program is run by exec: alone");
        } else if (!dialog.equals("builtin")) {
            throw new BadArgument("SSLPassPhraseDialog: Invalid argument");
        }
    }

    static void sessionTimeout(Line line, Scope scope) throws BadArgument {
        int seconds = Reading.atoi(argument(line));
        if (seconds < 0) {
            throw new BadArgument(line.name() + ": Invalid argument");
        }
        scope.give(SslServer.SESSION_TIMEOUT, Duration.ofSeconds(seconds), line.span());
    }

    /** The words of a line that may have none: one empty word then, as httpd reads its raw text. */
    static String[] words(Line line) {
        String[] words = line.words().stream().map(Word::text).toArray(String[]::new);
        return words.length == 0 ? new String[] {""} : words;
    }

    static String argument(Line line) {
        return line.words().get(0).text();
    }

    private static Path existing(Line line, Scope scope, String text) throws BadArgument {
        Path file = scope.resolve(SourceFile.utf8(text));
        if (!isFilled(file)) {
            throw BadArgument.ofMachine(line.name() + ": file '" + file + "' does not exist or is empty");
        }
        return file;
    }

    private static Path existingDirectory(Line line, Scope scope) throws BadArgument {
        Path directory = scope.resolve(SourceFile.utf8(argument(line)));
        if (!Files.isDirectory(directory)) {
            String slash = argument(line).endsWith("/") ? "/" : "";
            throw BadArgument.ofMachine(line.name() + ": directory '" + directory + slash + "' does not exist");
        }
        return directory;
    }

    private static boolean isFilled(@Nullable Path file) {
        try {
            return file != null && Files.isRegularFile(file) && Files.size(file) > 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static List<Path> filesOf(Path directory) throws BadArgument {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(SslLines::isFilled).sorted().toList();
        } catch (IOException e) {
            throw new BadArgument("directory '" + directory + "' cannot be read");
        }
    }
}
