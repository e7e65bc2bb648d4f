package dev.sluice.modules.aaa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.modules.LiveServer;
import dev.sluice.modules.aaa.authn.PasswordHash;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every answer was compared with httpd 2.4.71. */
class AuthDigestTest {
    private static final String MODULES =
            """
            LoadModule authn_core_module mod_authn_core.so
            LoadModule authn_file_module mod_authn_file.so
            LoadModule authz_user_module mod_authz_user.so
            LoadModule auth_digest_module mod_auth_digest.so
            <Location /x>
            AuthType Digest
            AuthName Site
            AuthUserFile ROOT/users
            Require valid-user
            %s
            </Location>
            """;

    private final Path root;

    AuthDigestTest(@TempDir Path root) throws Exception {
        this.root = root;
        Files.createDirectories(root.resolve("htdocs"));
        Files.writeString(root.resolve("htdocs/x"), "x");
        Files.writeString(root.resolve("users"), "ann:Site:" + PasswordHash.md5("ann:Site:one") + "\n");
    }

    @Test
    void aProofIsTakenAndConfirmed() throws Exception {
        try (LiveServer server = LiveServer.start(root, MODULES.formatted(""))) {
            String challenge = server.get("/x").header("WWW-Authenticate");
            LiveServer.Answer good = server.get("/x", proof(challenge, "one", "/x", "00000001"));
            LiveServer.Answer again = server.get("/x", proof(challenge, "one", "/x", "00000001"));

            assertTrue(challenge.startsWith("Digest realm=\"Site\", nonce=\""), challenge);
            assertTrue(challenge.endsWith(", algorithm=MD5, qop=\"auth\""), challenge);
            assertEquals(200, good.status());
            assertTrue(good.header("Authentication-Info").startsWith("rspauth=\""));
            assertEquals(200, again.status());
        }
    }

    @Test
    void whatIsNoProofIsRefused() throws Exception {
        try (LiveServer server = LiveServer.start(root, MODULES.formatted(""))) {
            String challenge = server.get("/x").header("WWW-Authenticate");

            assertEquals(
                    401,
                    server.get("/x", proof(challenge, "two", "/x", "00000001")).status());
            assertEquals(
                    400,
                    server.get("/x", proof(challenge, "one", "/y", "00000001")).status());
            LiveServer.Answer forged =
                    server.get("/x", proof(challenge.replaceAll("nonce=\"....", "nonce=\"AAAA"), "one", "/x", "1"));
            assertEquals(401, forged.status());
            assertTrue(forged.header("WWW-Authenticate").contains("stale=true"));
        }
    }

    @Test
    void aCountedNonceIsNotUsedTwice() throws Exception {
        try (LiveServer server = LiveServer.start(root, MODULES.formatted("AuthDigestNcCheck On"))) {
            String challenge = server.get("/x").header("WWW-Authenticate");

            assertEquals(
                    200,
                    server.get("/x", proof(challenge, "one", "/x", "00000001")).status());
            LiveServer.Answer again = server.get("/x", proof(challenge, "one", "/x", "00000001"));
            assertEquals(401, again.status());
            assertFalse(again.header("WWW-Authenticate").contains("stale"));
            assertEquals(
                    200,
                    server.get("/x", proof(challenge, "one", "/x", "00000003")).status());
            assertEquals(
                    401,
                    server.get("/x", proof(challenge, "one", "/x", "00000002")).status());
        }
    }

    private static String proof(String challenge, String password, String uri, String count) {
        String nonce = field(challenge, "nonce");
        String opaque = field(challenge, "opaque");
        String response = PasswordHash.md5(PasswordHash.md5("ann:Site:" + password) + ":" + nonce + ":" + count
                + ":abc:auth:" + PasswordHash.md5("GET:" + uri));
        return "Authorization: Digest username=\"ann\", realm=\"Site\", nonce=\"" + nonce + "\", uri=\"" + uri
                + "\", response=\"" + response + "\", qop=auth, nc=" + count + ", cnonce=\"abc\""
                + (opaque.isEmpty() ? "" : ", opaque=\"" + opaque + "\"");
    }

    private static String field(String challenge, String name) {
        Matcher found = Pattern.compile(name + "=\"([^\"]*)\"").matcher(challenge);
        return found.find() ? found.group(1) : "";
    }
}
