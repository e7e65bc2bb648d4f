package dev.sluice.modules.mappers.rewrite;

import dev.sluice.directive.Reading;
import dev.sluice.expression.Captures;
import dev.sluice.expression.Evaluation;
import dev.sluice.expression.Regex;
import dev.sluice.modules.core.FileNames;
import dev.sluice.modules.core.RequestExpression;
import dev.sluice.request.Lookup;
import dev.sluice.request.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import org.jspecify.annotations.Nullable;

/** What a RewriteCond asks of its text (apply_rewrite_cond, mod_rewrite.c). */
interface ConditionTest {
    /** {@code keep}: groups of a match are what {@code %1} stands for from now on. */
    boolean holds(String text, RuleMatch match, boolean keep);

    /** True where the answer may have to be waited for. */
    default boolean blocks() {
        return false;
    }

    /** A regular expression. */
    record Matches(Regex regex) implements ConditionTest {
        @Override
        public boolean holds(String text, RuleMatch match, boolean keep) {
            Captures found = regex.find(text);
            if (found != null && keep) {
                match.condition(found);
            }
            return found != null;
        }
    }

    /** An expression: the text that stands before it is not looked at. */
    record Holds(RequestExpression expression) implements ConditionTest {
        @Override
        public boolean holds(String text, RuleMatch match, boolean keep) {
            Evaluation<Request> evaluation = new Evaluation<>(match.request());
            boolean holds = expression.test(evaluation);
            if (holds && keep) {
                match.condition(evaluation.groups());
            }
            return holds;
        }

        @Override
        public boolean blocks() {
            return expression.blocks();
        }
    }

    enum Relation {
        LESS,
        AT_MOST,
        EQUAL,
        MORE,
        AT_LEAST;

        boolean holds(int order) {
            return switch (this) {
                case LESS -> order < 0;
                case AT_MOST -> order <= 0;
                case EQUAL -> order == 0;
                case MORE -> order > 0;
                case AT_LEAST -> order >= 0;
            };
        }
    }

    /** Texts: a longer one is the greater, whatever it says (compare_lexicography). */
    record Compares(Relation relation, String other, boolean noCase) implements ConditionTest {
        @Override
        public boolean holds(String text, RuleMatch match, boolean keep) {
            return relation.holds(order(text));
        }

        private int order(String text) {
            if (noCase) {
                return folded(text).compareTo(folded(other));
            }
            int lengths = relation == Relation.EQUAL ? 0 : Integer.compare(text.length(), other.length());
            return lengths == 0 ? text.compareTo(other) : lengths;
        }

        private static String folded(String text) {
            StringBuilder folded = new StringBuilder(text);
            for (int i = 0; i < folded.length(); i++) {
                char c = folded.charAt(i);
                if (c >= 'A' && c <= 'Z') {
                    folded.setCharAt(i, (char) (c + 0x20));
                }
            }
            return folded.toString();
        }
    }

    /** Whole numbers, read as C's atoi does. */
    record ComparesNumbers(Relation relation, int other) implements ConditionTest {
        @Override
        public boolean holds(String text, RuleMatch match, boolean keep) {
            return relation.holds(Integer.compare(Reading.atoi(text), other));
        }
    }

    /** What is on disk, by the letter of {@code -f} and its kin. */
    record OfFile(char letter) implements ConditionTest {
        @Override
        public boolean holds(String text, RuleMatch match, boolean keep) {
            Path path = text.isEmpty() ? null : FileNames.path(text.startsWith("/") ? text : "/" + text);
            return path != null && holds(path);
        }

        /** Asks without an exception for what is often not there. */
        private boolean holds(Path path) {
            return switch (letter) {
                case 'f' -> path.toFile().isFile();
                case 'd' -> path.toFile().isDirectory();
                case 's' -> {
                    BasicFileAttributes file = path.toFile().exists() ? attributes(path) : null;
                    yield file != null && file.isRegularFile() && file.size() > 0;
                }
                case 'x' -> isExecutable(path);
                default -> Files.isSymbolicLink(path);
            };
        }

        private static @Nullable BasicFileAttributes attributes(Path path) {
            try {
                return Files.readAttributes(path, BasicFileAttributes.class);
            } catch (IOException e) {
                return null;
            }
        }

        private static boolean isExecutable(Path path) {
            try {
                PosixFileAttributes file = Files.readAttributes(path, PosixFileAttributes.class, new LinkOption[0]);
                return file.permissions().contains(PosixFilePermission.OWNER_EXECUTE)
                        || file.permissions().contains(PosixFilePermission.GROUP_EXECUTE)
                        || file.permissions().contains(PosixFilePermission.OTHERS_EXECUTE);
            } catch (IOException e) {
                return false;
            }
        }

        @Override
        public boolean blocks() {
            return true;
        }
    }

    /** Whether the client may have a URL, or a file. */
    record Accessible(boolean file) implements ConditionTest {
        @Override
        public boolean holds(String text, RuleMatch match, boolean keep) {
            if (text.isEmpty() || !match.mayLookAhead()) {
                return false;
            }
            if (!file) {
                int status = match.request().lookUp(text).status();
                match.trace().inDirectory(5, "RewriteCond URI (-U check: path=" + text + " -> status=" + status);
                return status < 400;
            }
            Lookup.Result found = match.request().lookUpFile(text);
            String name = found.request().filename();
            match.trace()
                    .inDirectory(
                            5,
                            "RewriteCond file (-F check: path=" + text + " -> file=" + name + " status="
                                    + found.status());
            Path path = name == null ? null : FileNames.path(name);
            return found.status() < 300 && path != null && path.toFile().exists();
        }

        @Override
        public boolean blocks() {
            return true;
        }
    }
}
