package dev.sluice.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.source.Diagnostic;
import dev.sluice.source.Edit;
import dev.sluice.source.Fix;
import dev.sluice.source.Rule;
import dev.sluice.source.Severity;
import dev.sluice.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FixesTest {
    private static final Rule RULE = new Rule("r", Severity.WARNING, "a rule");

    @TempDir
    Path folder;

    private static Diagnostic finding(SourceFile file, int start, int end, String fresh, boolean safe) {
        Fix fix = new Fix("f", List.of(new Edit(file.span(start, end), fresh)), safe);
        return new Diagnostic(RULE, file.span(start, end), "m", fix);
    }

    @Test
    void editsAreMadeFromTopToBottomWhateverTheirOrder() {
        SourceFile file = SourceFile.of("f", "one two three");

        Fixes fixes = Fixes.of(List.of(finding(file, 8, 13, "3", true), finding(file, 0, 3, "1", true)));

        assertEquals("1 two 3", fixes.changed(file));
        assertEquals(2, fixes.count());
    }

    @Test
    void ofTwoThatOverlapTheFirstIsMade() {
        SourceFile file = SourceFile.of("f", "one two three");

        Fixes fixes = Fixes.of(List.of(finding(file, 0, 7, "A", true), finding(file, 4, 13, "B", true)));

        assertEquals("A three", fixes.changed(file));
        assertEquals(1, fixes.count());
    }

    @Test
    void whatIsOnlySuggestedIsNotMade() {
        SourceFile file = SourceFile.of("f", "one");

        assertEquals(0, Fixes.of(List.of(finding(file, 0, 3, "A", false))).count());
    }

    @Test
    void aFileKeepsItsRightsAndALinkStaysOne() throws IOException {
        Path real = Files.writeString(folder.resolve("real.conf"), "ServerName a\n");
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-r-----"));
        Path link = Files.createSymbolicLink(folder.resolve("link.conf"), real);

        FileWriting.replace(SourceFile.read(link.toString(), link), "ServerName b\n");

        assertEquals("ServerName b\n", Files.readString(real));
        assertTrue(Files.isSymbolicLink(link));
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(real)));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(2, left.count());
        }
    }

    @Test
    void aFileThatChangedMeanwhileIsLeftAlone() throws IOException {
        Path path = Files.writeString(folder.resolve("a.conf"), "ServerName a\n");
        SourceFile read = SourceFile.read(path.toString(), path);
        Files.writeString(path, "ServerName c\n");

        assertThrows(IOException.class, () -> FileWriting.replace(read, "ServerName b\n"));

        assertEquals("ServerName c\n", Files.readString(path));
    }
}
