package dev.sluice.modules.aaa.authn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFileTest {
    private final Path path;

    TextFileTest(@TempDir Path folder) {
        this.path = folder.resolve("users");
    }

    @Test
    void linesAreJoinedAndTrimmedAndRemarksLeftOut() {
        List<String> lines = TextFile.lines("# a\n  b:1  \r\n\nc\\\nd\n #e\nf\\");

        assertEquals(List.of("b:1", "cd"), lines);
    }

    @Test
    void nothingIsReadBehindALineThatIsTooLong() {
        List<String> lines = TextFile.lines("a\n" + "b".repeat(8192) + "\nc");

        assertEquals(List.of("a"), lines);
    }

    @Test
    void aFileThatRestsIsReadOnce() throws IOException {
        Files.writeString(path, "a");
        Files.setLastModifiedTime(path, FileTime.from(Instant.now().minusSeconds(10)));
        TextFile<List<String>> file = new TextFile<>(path, lines -> List.copyOf(lines));

        assertSame(file.contents(), file.contents());
    }

    @Test
    void aChangeWithinOneTickOfTheClockIsSeen() throws IOException {
        TextFile<List<String>> file = new TextFile<>(path, lines -> List.copyOf(lines));
        Files.writeString(path, "a");
        FileTime changed = Files.getLastModifiedTime(path);
        assertEquals(List.of("a"), file.contents());

        Files.writeString(path, "b");
        Files.setLastModifiedTime(path, changed);

        assertEquals(List.of("b"), file.contents());
    }

    @Test
    void anOlderFileInItsPlaceIsSeen() throws IOException {
        TextFile<List<String>> file = new TextFile<>(path, lines -> List.copyOf(lines));
        Files.writeString(path, "a");
        Files.setLastModifiedTime(path, FileTime.from(Instant.now().minusSeconds(10)));
        assertEquals(List.of("a"), file.contents());

        Files.writeString(path, "b");
        Files.setLastModifiedTime(path, FileTime.from(Instant.now().minusSeconds(20)));

        assertEquals(List.of("b"), file.contents());
    }

    @Test
    void aFolderAndNothingAreToldApart() throws IOException {
        TextFile<List<String>> file = new TextFile<>(path, List::copyOf);
        IOException nothing = assertThrows(IOException.class, file::contents);
        Files.createDirectory(path);
        IOException folder = assertThrows(IOException.class, file::contents);

        assertEquals("(2)No such file or directory: ", TextFile.reason(nothing));
        assertEquals("(9)Bad file descriptor: ", TextFile.reason(folder));
    }
}
