package dev.sluice.modules.core;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Line;
import dev.sluice.directive.Scope;
import dev.sluice.model.Setting;
import dev.sluice.model.View;
import dev.sluice.syntax.Word;
import java.util.Locale;

/**
 * What FileETag lines say: of which of a file's properties its entity tag is made.
 *
 * @param isRelative true where only plusses and minusses were given, so that outer lines shine through
 */
record FileETag(int bits, int added, int removed, boolean isRelative) {
    static final int NONE = 1;
    static final int MTIME = 2;
    static final int INODE = 4;
    static final int SIZE = 8;
    static final int DIGEST = 16;
    private static final int ALL = MTIME | INODE | SIZE;

    private static final FileETag UNSET = new FileETag(0, 0, 0, true);

    static final Setting<FileETag> SETTING = Setting.perDirectory(
                    "FileETag", UNSET, (FileETag before, FileETag line) -> line)
            .inheriting(FileETag::with);

    /** The bits in force; {@link #NONE} where there is to be no tag. */
    static final View<Integer> IN_FORCE =
            View.of(settings -> settings.get(SETTING).inForce());

    private int inForce() {
        int merged = (bits & ~removed) | added;
        if ((bits & NONE) != 0 && added == 0) {
            return NONE;
        }
        merged &= ~NONE;
        return merged == 0 && isRelative ? MTIME | SIZE : merged;
    }

    private FileETag with(FileETag inner) {
        if (!inner.isRelative) {
            return inner;
        }
        int add = (added & ~inner.removed) | inner.added;
        int remove = (removed & ~inner.added) | inner.removed;
        int merged = (bits & ~remove) | add;
        return new FileETag(merged == NONE ? NONE : merged & ~NONE, add, remove, isRelative);
    }

    /** set_etag_bits of httpd's core.c. */
    static void read(Line line, Scope scope) throws BadArgument {
        FileETag earlier = scope.given(SETTING);
        FileETag tag = earlier == null ? UNSET : earlier;
        for (Word word : line.words()) {
            String text = word.text();
            char sign = text.startsWith("+") || text.startsWith("-") ? text.charAt(0) : 0;
            String keyword = sign == 0 ? text : text.substring(1);
            String name = keyword.toLowerCase(Locale.ROOT);
            if (name.equals("none") || name.equals("all")) {
                if (sign != 0) {
                    String plain = name.equals("all") ? "All" : "None";
                    throw new BadArgument("FileETag keyword '" + plain + "' cannot be used with '+' or '-'");
                }
                tag = new FileETag(name.equals("all") ? ALL : NONE, 0, 0, false);
            } else {
                tag = tag.with(sign, bit(name, keyword, word));
            }
        }
        scope.give(SETTING, tag, line.span());
    }

    private FileETag with(char sign, int bit) {
        return switch (sign) {
            case '+' -> new FileETag(bits, added | bit, removed & ~bit, isRelative);
            case '-' -> new FileETag(bits, added & ~bit, removed | bit, isRelative);
            default -> new FileETag((bits & ~NONE) | bit, 0, 0, false);
        };
    }

    private static int bit(String name, String keyword, Word word) throws BadArgument {
        return switch (name) {
            case "mtime" -> MTIME;
            case "inode" -> INODE;
            case "size" -> SIZE;
            case "digest" -> DIGEST;
            default -> throw new BadArgument("Unknown keyword '" + keyword + "' for FileETag directive", word.span());
        };
    }
}
