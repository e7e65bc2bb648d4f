package dev.sluice.modules.core;

import dev.sluice.model.Section;
import dev.sluice.model.Server;
import dev.sluice.request.Level;
import dev.sluice.request.Outcome;
import dev.sluice.request.Request;
import io.undertow.util.AttachmentKey;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows a request's file name from the root of the file system down: finds the file and the rest that is path info,
 * refuses what symbolic links and permissions forbid, and merges the {@code <Directory>} and {@code <Files>} sections and the
 * access files on the way (ap_directory_walk and ap_file_walk, request.c). Blocks: for worker threads.
 */
public final class DirectoryWalk {
    private final DirectorySections sections;
    private final AccessFiles accessFiles;
    private final List<String> accessNames;

    private DirectoryWalk(Server server, AccessFiles accessFiles) {
        this.accessFiles = accessFiles;
        sections = new DirectorySections(server);
        accessNames = server.settings().get(OverrideDirectives.ACCESS_FILE_NAME);
    }

    public static DirectoryWalk of(Server server, AccessFiles accessFiles) {
        return new DirectoryWalk(server, accessFiles);
    }

    /**
     * Sets the request's file name, path info, file and settings.
     *
     * @return {@link Outcome#OK}, or the status that ends the request
     */
    public Outcome walkOnWorker(Request request) {
        if (request.path().equals("*")) {
            return request.method().equals("OPTIONS") ? Outcome.answerWith(FileHandler.NOTHING) : Outcome.status(400);
        }
        String filename = request.filename();
        if (filename == null || !filename.startsWith("/")) {
            request.log(
                    Level.ERROR,
                    "core",
                    filename == null
                            ? "AH00029: Module bug?  Request filename is missing for URI " + request.path()
                            : "AH00030: Module bug?  Request filename path " + filename
                                    + " is invalid or or not absolute for uri " + request.path());
            return Outcome.status(500);
        }
        return new Walk(request, filename + request.pathInfo()).run();
    }

    /** Where a request's way down ended, for the requests that follow from it: an index, an error document. */
    private record Reached(DirectoryWalk walk, String directory, DirectorySections.Progress progress) {
        static final AttachmentKey<Reached> KEY = AttachmentKey.create(Reached.class);

        boolean isParentOf(DirectoryWalk other, String file) {
            int slash = file.lastIndexOf('/');
            return walk == other && slash + 1 == directory.length() && file.startsWith(directory);
        }
    }

    /** One request's way down. */
    private final class Walk {
        private final Request request;
        private final String whole;
        private final StringBuilder prefix = new StringBuilder("/");
        private DirectorySections.Progress progress;
        private @Nullable BasicFileAttributes regular;
        private @Nullable BasicFileAttributes file;
        private boolean isDirectory;

        Walk(Request request, String whole) {
            this.request = request;
            this.whole = whole;
            this.progress =
                    sections.start(request.environment(), request.server().defaults());
        }

        Outcome run() {
            Outcome trace = TraceMethod.answer(request);
            if (trace != Outcome.DECLINED) {
                return trace;
            }
            regular = regularFile();
            Reached before = request.exchange().getAttachment(Reached.KEY);
            if (regular != null && before != null && before.isParentOf(DirectoryWalk.this, whole)) {
                return another(before);
            }
            int at = afterSlashes(0);
            int end = whole.length();
            Outcome refused = enter();
            if (at == end) {
                root();
            }
            while (refused == null && at < end) {
                int slash = whole.indexOf('/', at);
                int to = slash < 0 ? end : slash;
                prefix.append(whole, at, to);
                at = to;
                refused = step(to == end);
                if (refused != null || !isDirectory) {
                    break;
                }
                at = afterSlashes(at);
                if (to < end) {
                    prefix.append('/');
                }
                refused = enter();
            }
            return refused != null ? refused : finish(at);
        }

        /** A request for the root of the disk itself has no way to go. */
        private void root() {
            try {
                file = Files.readAttributes(Path.of("/"), BasicFileAttributes.class);
                isDirectory = true;
            } catch (IOException e) {
                file = null;
            }
        }

        /** A file of the directory where the walk before ended: its sections stand, patterns and all. */
        private Outcome another(Reached before) {
            progress = before.progress.forAnother(request.environment());
            prefix.setLength(0);
            prefix.append(whole);
            Outcome refused = step(true);
            return refused != null ? refused : found(whole, "");
        }

        private int afterSlashes(int from) {
            int at = from;
            while (at < whole.length() && whole.charAt(at) == '/') {
                at++;
            }
            return at;
        }

        /** One look at the whole name, which spares those at its parts where links are followed anyway. */
        private @Nullable BasicFileAttributes regularFile() {
            Path path = FileNames.path(whole);
            if (path == null || whole.endsWith("/")) {
                return null;
            }
            try {
                BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
                return found.isRegularFile() ? found : null;
            } catch (IOException e) {
                return null;
            }
        }

        /** Takes the directory that {@code prefix} is into account. */
        private @Nullable Outcome enter() {
            boolean slash = prefix.charAt(prefix.length() - 1) == '/';
            String directory = slash ? prefix.toString() : prefix + "/";
            progress.enter(directory);
            AllowedOverrides allowed = progress.settings().view(AllowedOverrides.IN_FORCE);
            if (allowed.isNone()) {
                return null;
            }
            AccessFiles.Found found =
                    accessFiles.in(request, directory, allowed.overrides(), accessNames, regular != null);
            Section section = found.section();
            if (section != null) {
                progress.apply(section);
            }
            return found.refused();
        }

        /** Looks at the component just appended. */
        private @Nullable Outcome step(boolean isLast) {
            DirectoryOptions options = progress.settings().view(DirectoryOptions.IN_FORCE);
            if (regular != null && options.has(DirectoryOptions.FOLLOW_SYM_LINKS)) {
                file = regular;
                isDirectory = !isLast;
                return null;
            }
            isDirectory = false;
            String name = prefix.toString();
            Path path = FileNames.path(name);
            if (path == null) {
                file = null;
                return null;
            }
            try {
                file = SymbolicLinks.attributes(path, options);
            } catch (NoSuchFileException e) {
                file = null;
                return null;
            } catch (SymbolicLinks.NotAllowed e) {
                return forbidden("AH00037: Symbolic link not allowed or link target not accessible: " + name);
            } catch (AccessDeniedException e) {
                return forbidden(
                        "(13)Permission denied: AH00035: access to " + request.path() + " denied (filesystem path '"
                                + name + "') because search permissions are missing on a component of the path");
            } catch (IOException e) {
                return forbidden(LogFile.reason(e) + ": AH00036: access to " + request.path()
                        + " failed (filesystem path '" + name + "')");
            }
            isDirectory = file.isDirectory();
            if (!file.isRegularFile() && !isDirectory) {
                return forbidden("AH00038: Forbidden: " + name + " doesn't point to a file or directory");
            }
            return null;
        }

        private Outcome forbidden(String message) {
            request.filename(prefix.toString());
            request.log(Level.ERROR, "core", message);
            return Outcome.status(403);
        }

        private Outcome finish(int at) {
            String filename = prefix.toString();
            progress.finish(filename);
            String directory = isDirectory ? filename : filename.substring(0, filename.lastIndexOf('/') + 1);
            request.exchange().putAttachment(Reached.KEY, new Reached(DirectoryWalk.this, directory, progress));
            return found(filename, whole.substring(at));
        }

        private Outcome found(String filename, String pathInfo) {
            request.filename(filename);
            request.pathInfo(pathInfo);
            request.file(file);
            request.settings(progress.withFiles(filename));
            return Outcome.OK;
        }
    }
}
