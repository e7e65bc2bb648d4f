package dev.sluice.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.sluice.config.ConfigLoader;
import dev.sluice.source.Diagnostic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinterTest {
    private static final String MAIN = "LoadModule mpm_event_module m.so\nServerName a\n";

    @TempDir
    Path folder;

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text, StandardCharsets.ISO_8859_1);
    }

    private Review review(Path file, boolean offline) {
        return new Linter(offline, id -> true)
                .review(new ConfigLoader.Request(
                        folder.toString(), file.toString(), List.of(), List.of(), Set.of(), Map.of()));
    }

    private static List<String> found(Review review) {
        return review.findings().stream().map(LinterTest::brief).toList();
    }

    private static String brief(Diagnostic finding) {
        var span = finding.span();
        return (span == null ? "" : span.line() + " ") + finding.rule().id();
    }

    @Test
    void readingGoesOnBehindWhatHttpdStopsAt() throws IOException {
        Path file = write(
                "httpd.conf",
                MAIN
                        + "Include missing.conf\nNonsense\n</Location>\nLoadModule no_module no.so\n<Location /a>\nTimeout x\n");

        Review review = review(file, false);

        assertEquals(
                List.of(
                        "3 include-missing",
                        "4 unknown-directive",
                        "5 section-nesting",
                        "6 module-missing",
                        "7 section-nesting",
                        "8 place"),
                found(review));
    }

    @Test
    void aSectionClosedByAnotherNameEndsThatOne() throws IOException {
        Path file = write("httpd.conf", MAIN + "<VirtualHost *:80>\n<Location /a>\n</VirtualHost>\nTimeout 5\n");

        assertEquals(List.of("5 section-nesting"), found(review(file, false)));
    }

    @Test
    void aSectionClosedByANameThatIsNotOpenEndsAllTheSame() throws IOException {
        Path file = write("httpd.conf", MAIN + "<Location /a>\n</Directory>\nErrorLog /dev/null\n");

        assertEquals(List.of("4 section-nesting"), found(review(file, false)));
    }

    @Test
    void aMessageAboutOneWordStandsUnderIt() throws IOException {
        Path file = write("site.conf", "RewriteRule ^/(*)$ /x\nRewriteRule ^/a$ /b [Q]\nLogLevel loud\n");

        List<String> places = review(file, false).findings().stream()
                .map(finding -> String.valueOf(
                        finding.span() == null ? null : finding.span().text()))
                .toList();

        assertEquals(List.of("^/(*)$", "[Q]", "loud"), places);
    }

    @Test
    void linesThatOnlyAFolderMayHaveAreReadAsThose() throws IOException {
        Review review = review(write("rules.conf", "RewriteEngine On\nRewriteBase /\n"), false);

        assertEquals(ConfigLoader.Kind.SECTION, review.kind());
        assertEquals(List.of(), found(review));
    }

    @Test
    void aProviderOfALineInErrorIsNotUnknown() throws IOException {
        String text = "LuaAuthzProvider foo a.lua check\n<Location /a>\nRequire foo bar\n</Location>\n";

        Review review = review(write("site.conf", text), false);

        assertEquals(List.of("1 not-supported"), found(review));
    }

    @Test
    void whatLetsEverybodyInIsNotTurnedIntoWhatDoesNot() throws IOException {
        Path any = write("any.conf", "<Location /a>\nDeny from all\nSatisfy Any\n</Location>\n");
        Path wrong = write("wrong.conf", "<Location /a>\nOrder deny, allow\nDeny from all\n</Location>\n");
        Path guarded = write(
                "guarded.conf",
                "<Directory /srv>\nRequire all denied\n</Directory>\n<Directory /srv/www>\nAllow from all\n</Directory>\n");

        assertEquals(0, Fixes.of(review(any, false).findings()).count());
        assertEquals(0, Fixes.of(review(wrong, false).findings()).count());
        assertEquals(0, Fixes.of(review(guarded, false).findings()).count());
    }

    @Test
    void aVariableThatTheMainFileMayDefineIsNoFindingOfAPart() throws IOException {
        Path file = write("site.conf", "ServerAdmin ${ADMIN}\n");

        assertEquals(List.of(), found(review(file, false)));
    }

    @Test
    void aFileWithoutAnMpmIsReadAlone() throws IOException {
        Review review = review(write("site.conf", "Alias /a /srv/a\nSetEnv A b\n"), false);

        assertEquals(ConfigLoader.Kind.PART, review.kind());
        assertNotNull(review.assumption());
        assertEquals(List.of(), found(review));
    }

    @Test
    void aFileOfLinesOfASectionIsReadAsSuch() throws IOException {
        Review review = review(write("access.conf", "Require all denied\nAllowOverrides None\n"), false);

        assertEquals(ConfigLoader.Kind.SECTION, review.kind());
        assertEquals(List.of("2 unknown-directive"), found(review));
    }

    @Test
    void anAccessFileTakesWhatAccessFilesTake() throws IOException {
        Review review = review(write(".htaccess", "DirectoryIndex a.html\nServerName a\n"), false);

        assertEquals(ConfigLoader.Kind.ACCESS, review.kind());
        assertEquals(List.of("2 place"), found(review));
    }

    @Test
    void whatThisMachineLacksIsPassedOverOffline() throws IOException {
        Path file = write(
                "httpd.conf",
                "ServerRoot /no/such/root\n" + MAIN + "Include /no/such/root/part.conf\nDocumentRoot /no/such/docs\n"
                        + "Include /elsewhere/x.conf\nErrorLog ${NO_SUCH_VARIABLE}/log\n");
        write("part.conf", "Nonsense\n");

        assertEquals(List.of("1 unknown-directive"), found(review(file, true)));
    }

    @Test
    void aFileThatIsReadTwiceIsFoundFaultWithOnce() throws IOException {
        Path file = write("httpd.conf", MAIN + "Include part.conf\nInclude part.conf\n");
        write("part.conf", "Nonsense\n");

        Review review = review(file, false);

        assertEquals(List.of("1 unknown-directive"), found(review));
        var span = Objects.requireNonNull(review.findings().get(0).span());
        assertEquals(3, Objects.requireNonNull(review.by(span.file())).lineNumber());
    }
}
