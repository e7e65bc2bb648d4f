package dev.sluice.lint;

import dev.sluice.source.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;

/** Puts a new text in the place of a file's: whoever reads the file gets the old one or the new one, whole. */
public final class FileWriting {
    private FileWriting() {}

    /**
     * Replaces the text of {@code file}, with the file's rights and, where this process may give it away, its owner. A
     * symbolic link stays one: what it names is replaced.
     *
     * @throws IOException also where the file is not what was read any more
     */
    public static void replace(SourceFile file, String text) throws IOException {
        Path path = Path.of(SourceFile.utf8(file.name())).toRealPath();
        String now = new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
        if (!now.equals(file.text())) {
            throw new IOException("changed while it was looked at");
        }
        Path fresh = Files.createTempFile(path.toAbsolutePath().getParent(), ".sluice-", ".tmp");
        try {
            Files.write(fresh, text.getBytes(StandardCharsets.ISO_8859_1));
            keepRights(path, fresh);
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static void keepRights(Path from, Path to) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        PosixFileAttributes old = Files.readAttributes(from, PosixFileAttributes.class);
        PosixFileAttributes fresh = view.readAttributes();
        if (!fresh.owner().equals(old.owner())) {
            view.setOwner(old.owner());
        }
        if (!fresh.group().equals(old.group())) {
            view.setGroup(old.group());
        }
        view.setPermissions(old.permissions());
    }
}
