package dev.sluice.modules.session;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.raw;
import static dev.sluice.directive.Directive.reads;
import static dev.sluice.directive.Directive.sets;
import static dev.sluice.directive.Reading.word;
import static dev.sluice.model.Setting.perDirectory;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Findings;
import dev.sluice.directive.Line;
import dev.sluice.directive.Places;
import dev.sluice.directive.Scope;
import dev.sluice.model.Merge;
import dev.sluice.model.Setting;
import dev.sluice.model.View;
import dev.sluice.module.CannotStart;
import dev.sluice.module.HttpdModule;
import dev.sluice.module.Start;
import dev.sluice.modules.core.Sessions;
import dev.sluice.request.Hooks;
import dev.sluice.request.Level;
import dev.sluice.request.Request;
import dev.sluice.source.SourceFile;
import dev.sluice.syntax.Quoting;
import dev.sluice.syntax.Word;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** mod_session_crypto: sessions that the client keeps and cannot read. */
public final class SessionCryptoModule implements HttpdModule, Sessions.Cipher {
    /** The first one encrypts, each of them decrypts. */
    static final Setting<List<String>> PASSPHRASES = perDirectory(
                    "SessionCryptoPassphrase", List.<String>of(), Merge.append())
            .inheriting(Merge.own());

    static final Setting<String> CIPHER = perDirectory("SessionCryptoCipher", "aes256");
    static final Setting<String> DRIVER = Setting.perServer("SessionCryptoDriver", "");

    private static final View<List<SessionCipher>> CIPHERS = View.of(settings -> {
        SessionCipher.Kind kind = SessionCipher.Kind.of(settings.get(CIPHER));
        List<SessionCipher> all = new ArrayList<>();
        for (String passphrase : kind == null ? List.<String>of() : settings.get(PASSPHRASES)) {
            all.add(new SessionCipher(passphrase, kind == null ? SessionCipher.Kind.AES256 : kind));
        }
        return List.copyOf(all);
    });

    private final Sessions sessions;

    public SessionCryptoModule(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public String id() {
        return "session_crypto_module";
    }

    @Override
    public String file() {
        return "mod_session_crypto.c";
    }

    @Override
    public List<Directive> directives() {
        Places places = Places.anywhereAndServers(AllowOverride.AUTH_CONFIG);
        return List.of(
                directive(
                        "SessionCryptoPassphrase",
                        places,
                        reads(Args.ITERATE, SessionCryptoModule::passphrases, PASSPHRASES)),
                directive(
                        "SessionCryptoPassphraseFile",
                        Places.SERVERS_AND_DIRECTORIES,
                        reads(Args.TAKE1, SessionCryptoModule::passphraseFile, PASSPHRASES)),
                directive("SessionCryptoCipher", places, sets(CIPHER, word())),
                directive(
                        "SessionCryptoDriver",
                        Places.MAIN_SERVER,
                        raw((line, scope) -> scope.give(DRIVER, new Quoting(line.args()).word(), line.span()), DRIVER)
                                .partly("the ciphers are Java's own, whatever library is named")));
    }

    @Override
    public void hooks(Hooks.OfModule hooks) {
        sessions.cipher(this);
    }

    /** session_crypto_init of mod_session_crypto.c: a library that httpd does not have does not serve here, either. */
    @Override
    public void start(Start start) throws CannotStart {
        String driver = start.configuration().main().settings().get(DRIVER);
        if (!List.of("", "openssl", "nss", "commoncrypto").contains(driver)) {
            throw new CannotStart("AH01845: The crypto library '" + driver + "' could not be found");
        }
    }

    private static void passphrases(Line line, Scope scope) {
        for (Word word : line.words()) {
            if (word.text().isEmpty()) {
                break;
            }
            scope.give(PASSPHRASES, List.of(word.text()), line.span());
        }
    }

    private static void passphraseFile(Line line, Scope scope) throws BadArgument {
        Path file = scope.resolve(SourceFile.utf8(line.words().get(0).text()));
        String complaint = "SessionCryptoPassphraseFile: Could not open file " + file + ": ";
        if (Files.isDirectory(file)) {
            scope.find(
                    Findings.HTTPD_WARNING,
                    line.span(),
                    "AH00554: Access to file " + file + " denied by server: not a regular file");
            throw BadArgument.ofMachine(complaint + "Bad file descriptor");
        }
        try {
            for (String each :
                    Files.readString(file, StandardCharsets.ISO_8859_1).split("\n", -1)) {
                String text = each.strip();
                if (!text.isEmpty() && !text.startsWith("#")) {
                    Quoting.words(text).forEach(word -> scope.give(PASSPHRASES, List.of(word), line.span()));
                }
            }
        } catch (NoSuchFileException e) {
            throw BadArgument.ofMachine(complaint + "No such file or directory");
        } catch (IOException e) {
            throw BadArgument.ofMachine(complaint + "Permission denied");
        }
    }

    @Override
    public boolean isSlow(Request request, String encoded) {
        byte[] sent = bytes(encoded);
        for (SessionCipher cipher : request.settings().view(CIPHERS)) {
            if (sent != null && !cipher.isQuick(sent)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public @Nullable String encode(Request request, String text) {
        if (request.settings().get(PASSPHRASES).isEmpty()) {
            return text;
        }
        List<SessionCipher> ciphers = request.settings().view(CIPHERS);
        if (ciphers.isEmpty()) {
            logUnknownCipher(request);
            return null;
        }
        return ciphers.get(0).encrypt(text);
    }

    @Override
    public @Nullable String decode(Request request, String encoded) {
        if (request.settings().get(PASSPHRASES).isEmpty()) {
            return encoded;
        }
        List<SessionCipher> ciphers = request.settings().view(CIPHERS);
        if (ciphers.isEmpty()) {
            logUnknownCipher(request);
        }
        byte[] sent = bytes(encoded);
        for (SessionCipher cipher : ciphers) {
            String text = sent == null ? null : cipher.decrypt(sent);
            if (text != null) {
                return text;
            }
        }
        request.log(
                Level.ERROR,
                "session_crypto",
                SessionModule.FAILED_CIPHER + "AH01842: decrypt session failed, wrong passphrase?");
        return null;
    }

    private static void logUnknownCipher(Request request) {
        request.log(
                Level.ERROR,
                "session_crypto",
                "AH01824: cipher '" + request.settings().get(CIPHER)
                        + "' not recognised by crypto driver. session encryption not possible, options: aes128, aes192,"
                        + " aes256, 3des192");
    }

    private static byte @Nullable [] bytes(String encoded) {
        try {
            return Base64.getDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
