package dev.sluice.modules.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;

/** What Options lets through of a path's last component (resolve_symlink, request.c). */
final class SymbolicLinks {
    private SymbolicLinks() {}

    /** A link that Options does not admit, or that leads nowhere. */
    static final class NotAllowed extends IOException {
        private static final long serialVersionUID = 1L;

        NotAllowed() {
            super("symbolic link");
        }
    }

    /** The attributes of what {@code path} leads to. */
    static BasicFileAttributes attributes(Path path, DirectoryOptions options) throws IOException {
        if (options.has(DirectoryOptions.FOLLOW_SYM_LINKS)) {
            BasicFileAttributes own = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return own.isSymbolicLink() ? target(path, BasicFileAttributes.class) : own;
        }
        if (!options.has(DirectoryOptions.SYM_LINKS_IF_OWNER_MATCH)) {
            BasicFileAttributes own = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (own.isSymbolicLink()) {
                throw new NotAllowed();
            }
            return own;
        }
        PosixFileAttributes link = Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!link.isSymbolicLink()) {
            return link;
        }
        PosixFileAttributes target = target(path, PosixFileAttributes.class);
        if (!target.owner().equals(link.owner())) {
            throw new NotAllowed();
        }
        return target;
    }

    private static <A extends BasicFileAttributes> A target(Path path, Class<A> type) throws NotAllowed {
        try {
            return Files.readAttributes(path, type);
        } catch (IOException e) {
            NotAllowed refused = new NotAllowed();
            refused.addSuppressed(e);
            throw refused;
        }
    }
}
