package dev.sluice.syntax;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.Samples;
import dev.sluice.source.SourceFile;
import dev.sluice.source.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Token;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigParserTest {
    private static List<Statement> parse(String text) {
        return ConfigParser.parse(SourceFile.of("test.conf", text));
    }

    /** Kinds and words: {@code DirectiveLine[Listen|80]}. */
    private static String outline(String text) {
        return parse(text).stream()
                .map(statement -> statement.getClass().getSimpleName()
                        + statement.words().stream().map(Word::text).collect(Collectors.joining("|", "[", "]")))
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lexical", "corpus"})
    void tokensAndStatementsGiveBackEveryByte(String samples) throws IOException {
        List<Path> files = Samples.files(Samples.folder(samples));

        for (Path path : files) {
            assertLossless(path.toString(), new String(Files.readAllBytes(path), ISO_8859_1));
        }

        assertTrue(files.size() > 400, () -> files.size() + " samples");
    }

    @Test
    void anyBytesGiveBackEveryByte() {
        Random random = new Random(20260101);
        String likely = "<<<>/#\"'\\\\\\\n\n\r\t \f\u000b\0${}abcDirectory=:.\u00e4\u00a0\u00ff";

        for (int i = 0; i < 2_000; i++) {
            StringBuilder soup = new StringBuilder();
            for (int j = random.nextInt(200); j > 0; j--) {
                boolean any = random.nextInt(10) == 0;
                soup.append(any ? (char) random.nextInt(256) : likely.charAt(random.nextInt(likely.length())));
            }
            assertLossless("soup " + i, soup.toString());
        }
    }

    private static void assertLossless(String name, String text) {
        SourceFile file = SourceFile.of(name, text);
        CommonTokenStream tokens = ConfigParser.tokens(file);
        tokens.fill();
        StringBuilder ofTokens = new StringBuilder();
        for (Token token : tokens.getTokens()) {
            if (token.getType() != Token.EOF) {
                ofTokens.append(text, token.getStartIndex(), token.getStopIndex() + 1);
            }
        }
        assertEquals(text, ofTokens.toString(), name);
        String ofStatements =
                ConfigParser.parse(file).stream().map(Statement::text).collect(Collectors.joining());
        assertEquals(text, ofStatements, name);
        assertEquals(
                linesByHand(text),
                ConfigParser.parse(file).stream()
                        .map(line -> line.lineNumber() + ":" + line.logical().text())
                        .filter(line -> !line.endsWith(":"))
                        .toList(),
                name);
    }

    /** The logical lines of a text the plain way: physical line by physical line. Lines without text are left out. */
    private static List<String> linesByHand(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder joined = new StringBuilder();
        int number = 0;
        for (int start = 0; start < text.length(); ) {
            int end = text.indexOf('\n', start) < 0 ? text.length() : text.indexOf('\n', start) + 1;
            String physical = text.substring(start, end);
            start = end;
            number++;
            int nul = physical.indexOf('\0');
            String seen = nul < 0 ? physical : physical.substring(0, nul);
            boolean joins = seen.endsWith("\\\n") || seen.endsWith("\\\r\n");
            joined.append(joins ? seen.substring(0, seen.lastIndexOf('\\')) : seen);
            if (!joins || end == text.length()) {
                add((joins ? number + 1 : number) + ":", joined, lines);
            }
        }
        return lines;
    }

    private static void add(String number, StringBuilder joined, List<String> lines) {
        String line = number + joined.toString().replaceAll("^[ \t\n\u000b\f\r]+|[ \t\n\u000b\f\r]+$", "");
        joined.setLength(0);
        if (!line.endsWith(":")) {
            lines.add(line);
        }
    }

    @Test
    void aLineIsADirectiveASectionsEndACommentOrBlank() {
        String outline = outline("# c\n\n<Location /x>\n  ProxyTimeout 30\n</Location>\n");

        assertEquals(
                "Comment[] Blank[] SectionOpen[<Location|/x>] DirectiveLine[ProxyTimeout|30] SectionClose[</Location>]",
                outline);
    }

    @Test
    void aJoinedLineIsOneStatement() {
        assertEquals("DirectiveLine[ServerName|a|b] Comment[]", outline("ServerNa\\\nme a\\\r\n b\n# c \\\nd"));
    }

    @Test
    void aJoinIsNoEscape() {
        assertEquals("DirectiveLine[A|x\\y|z]", outline("A \"x\\\\\ny\" z\n"));
    }

    @Test
    void aQuoteThatIsNotClosedEndsWithItsLine() {
        assertEquals("DirectiveLine[A|b c] DirectiveLine[D]", outline("A \"b c\nD\n"));
    }

    @Test
    void aWordHasThePlaceItWasReadFrom() {
        Statement statement = parse("\n  Header set \"X-\\\nA\" 'b'\n").get(1);

        List<String> places =
                statement.words().stream().map(Word::span).map(Span::text).toList();

        assertEquals(List.of("Header", "set", "\"X-\\\nA\"", "'b'"), places);
        assertEquals("X-A", statement.words().get(2).text());
        assertEquals("Header set \"X-A\" 'b'", statement.logical().text());
        assertEquals(3, statement.lineNumber());
    }

    @Test
    void aNulHidesTheRestOfItsPhysicalLine() {
        List<Statement> statements = parse("A b\0c \\\nD\n");

        assertEquals("A b", statements.get(0).logical().text());
        assertEquals(2, statements.size());
    }

    @Test
    void aJoinAtTheVeryEndCountsOneMoreLine() {
        assertEquals(2, parse("A b \\\n").get(0).lineNumber());
        assertEquals(1, parse("A b \\").get(0).lineNumber());
    }
}
