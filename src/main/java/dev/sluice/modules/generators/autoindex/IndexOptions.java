package dev.sluice.modules.generators.autoindex;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Line;
import dev.sluice.directive.Reading;
import dev.sluice.directive.Scope;
import dev.sluice.model.Setting;
import dev.sluice.syntax.Word;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What IndexOptions lines say: bits, which of them a plus or a minus gave, and sizes. Joined as merge_autoindex_configs of
 * mod_autoindex.c does it, with its quirk that what a plus gave counts only once an inner section is merged.
 *
 * @param bits of lines without signs; {@link #NONE} alone for "None"
 * @param name the width of names in chars, 23 where no line said any
 * @param iconWidth in pixels; 0 for none
 * @param type the media type of lists; null for text/html
 */
public record IndexOptions(
        int bits,
        int added,
        int removed,
        Width name,
        Width description,
        int iconWidth,
        int iconHeight,
        @Nullable String type,
        @Nullable String charset) {
    static final int NONE = 1;
    static final int FANCY_INDEXING = 1 << 1;
    static final int FOLDERS_FIRST = 1 << 2;
    static final int HTML_TABLE = 1 << 3;
    static final int ICONS_ARE_LINKS = 1 << 4;
    static final int IGNORE_CASE = 1 << 5;
    static final int IGNORE_CLIENT = 1 << 6;
    static final int SCAN_HTML_TITLES = 1 << 7;
    static final int SUPPRESS_COLUMN_SORTING = 1 << 8;
    static final int SUPPRESS_DESCRIPTION = 1 << 9;
    static final int SUPPRESS_HTML_PREAMBLE = 1 << 10;
    static final int SUPPRESS_ICON = 1 << 11;
    static final int SUPPRESS_LAST_MODIFIED = 1 << 12;
    static final int SUPPRESS_SIZE = 1 << 13;
    static final int SUPPRESS_RULES = 1 << 14;
    static final int TRACK_MODIFIED = 1 << 15;
    static final int VERSION_SORT = 1 << 16;
    static final int XHTML = 1 << 17;
    static final int SHOW_FORBIDDEN = 1 << 18;
    static final int ADD_ALT_CLASS = 1 << 19;
    static final int OLD_DATE_FORMAT = 1 << 20;

    private static final Map<String, Integer> NAMES = Map.ofEntries(
            Map.entry("fancyindexing", FANCY_INDEXING),
            Map.entry("foldersfirst", FOLDERS_FIRST),
            Map.entry("htmltable", HTML_TABLE),
            Map.entry("iconsarelinks", ICONS_ARE_LINKS),
            Map.entry("ignorecase", IGNORE_CASE),
            Map.entry("ignoreclient", IGNORE_CLIENT),
            Map.entry("scanhtmltitles", SCAN_HTML_TITLES),
            Map.entry("suppresscolumnsorting", SUPPRESS_COLUMN_SORTING),
            Map.entry("suppressdescription", SUPPRESS_DESCRIPTION),
            Map.entry("suppresshtmlpreamble", SUPPRESS_HTML_PREAMBLE),
            Map.entry("suppressicon", SUPPRESS_ICON),
            Map.entry("suppresslastmodified", SUPPRESS_LAST_MODIFIED),
            Map.entry("suppresssize", SUPPRESS_SIZE),
            Map.entry("suppressrules", SUPPRESS_RULES),
            Map.entry("trackmodified", TRACK_MODIFIED),
            Map.entry("versionsort", VERSION_SORT),
            Map.entry("xhtml", XHTML),
            Map.entry("showforbidden", SHOW_FORBIDDEN),
            Map.entry("addaltclass", ADD_ALT_CLASS),
            Map.entry("useolddateformat", OLD_DATE_FORMAT));

    /** How wide a column is: {@code fits} for as wide as its widest entry; said by no line where {@code given} is false. */
    record Width(int chars, boolean fits, boolean given) {
        private static final Width DEFAULT = new Width(23, false, false);
    }

    static final IndexOptions UNSET = new IndexOptions(0, 0, 0, Width.DEFAULT, Width.DEFAULT, 0, 0, null, null);

    public static final Setting<IndexOptions> SETTING = Setting.perDirectory(
                    "IndexOptions", UNSET, (IndexOptions before, IndexOptions line) -> line)
            .inheriting(IndexOptions::with);

    boolean has(int option) {
        return (bits & option) != 0;
    }

    private IndexOptions with(IndexOptions inner) {
        int plus = 0;
        int minus = 0;
        int merged = NONE;
        if (inner.bits != NONE) {
            boolean relative = inner.bits == 0;
            plus = relative ? (added | inner.added) & ~inner.removed : 0;
            minus = relative ? removed | inner.removed : 0;
            merged = ((relative ? bits & ~NONE : inner.bits) | plus) & ~minus;
        }
        return new IndexOptions(
                merged,
                plus,
                minus,
                inner.name.given ? inner.name : name,
                inner.description.given ? inner.description : description,
                inner.iconWidth != 0 ? inner.iconWidth : iconWidth,
                inner.iconHeight != 0 ? inner.iconHeight : iconHeight,
                inner.type != null ? inner.type : type,
                inner.charset != null ? inner.charset : charset);
    }

    /** add_opts of mod_autoindex.c: goes on from what earlier lines of the section gave. */
    public static void read(Line line, Scope scope) throws BadArgument {
        IndexOptions earlier = scope.given(SETTING);
        Draft draft = new Draft(earlier == null ? UNSET : earlier);
        for (Word word : line.words()) {
            if (word.text().isEmpty()) {
                break;
            }
            draft.take(word);
        }
        scope.give(SETTING, draft.done(), line.span());
    }

    /** Says that a section has lines of mod_autoindex: what plus signs gave further out counts in it. */
    public static void touch(Line line, Scope scope) {
        IndexOptions earlier = scope.given(SETTING);
        scope.give(SETTING, earlier == null ? UNSET : earlier, line.span());
    }

    /** The options while the words of a line are read. */
    private static final class Draft {
        private int bits;
        private int added;
        private int removed;
        private Width name;
        private Width description;
        private int iconWidth;
        private int iconHeight;
        private @Nullable String type;
        private @Nullable String charset;

        Draft(IndexOptions from) {
            bits = from.bits;
            added = from.added;
            removed = from.removed;
            name = from.name;
            description = from.description;
            iconWidth = from.iconWidth;
            iconHeight = from.iconHeight;
            type = from.type;
            charset = from.charset;
        }

        void take(Word word) throws BadArgument {
            String text = word.text();
            char sign = text.startsWith("+") || text.startsWith("-") ? text.charAt(0) : 0;
            String option = sign == 0 ? text : text.substring(1);
            String lower = option.toLowerCase(Locale.ROOT);
            int equals = lower.indexOf('=');
            int bit = NAMES.getOrDefault(lower, 0);
            if (lower.equals("none")) {
                none(sign, word);
            } else if (bit == 0) {
                size(equals < 0 ? lower : lower.substring(0, equals + 1), option.substring(equals + 1), sign, word);
            }
            switch (sign) {
                case '+' -> {
                    added |= bit;
                    removed &= ~bit;
                }
                case '-' -> {
                    removed |= bit;
                    added &= ~bit;
                }
                default -> {
                    bits |= bit;
                    added = 0;
                    removed = 0;
                }
            }
        }

        private void none(char sign, Word word) throws BadArgument {
            if (sign != 0) {
                throw new BadArgument("Cannot combine '+' or '-' with 'None' keyword", word.span());
            }
            bits = NONE;
            added = 0;
            removed = 0;
        }

        private void size(String key, String value, char sign, Word word) throws BadArgument {
            boolean minus = sign == '-';
            switch (key) {
                case "iconwidth" -> iconWidth = minus ? 0 : 20;
                case "iconheight" -> iconHeight = minus ? 0 : 22;
                case "iconwidth=" -> {
                    refuse(minus, "Cannot combine '-' with IconWidth=n", word);
                    iconWidth = Reading.atoi(value);
                }
                case "iconheight=" -> {
                    refuse(minus, "Cannot combine '-' with IconHeight=n", word);
                    iconHeight = Reading.atoi(value);
                }
                case "namewidth", "descriptionwidth" -> {
                    boolean names = key.equals("namewidth");
                    String spelled = names ? "NameWidth" : "DescriptionWidth";
                    refuse(!minus, spelled + " with no value may only appear as '-" + spelled + "'", word);
                    width(names, new Width(23, false, true));
                }
                case "namewidth=" -> {
                    refuse(minus, "Cannot combine '-' with NameWidth=n", word);
                    width(true, width(value, name, 5, "NameWidth", word));
                }
                case "descriptionwidth=" -> {
                    refuse(minus, "Cannot combine '-' with DescriptionWidth=n", word);
                    width(false, width(value, description, 12, "DescriptionWidth", word));
                }
                case "type=" -> type = value;
                case "charset=" -> charset = value;
                default -> throw new BadArgument("Invalid directory indexing option", word.span());
            }
        }

        private void width(boolean names, Width width) {
            name = names ? width : name;
            description = names ? description : width;
        }

        private static Width width(String value, Width before, int least, String name, Word word) throws BadArgument {
            if (value.startsWith("*")) {
                return new Width(before.chars, true, true);
            }
            int chars = Reading.atoi(value);
            refuse(chars != 0 && chars < least, name + " value must be greater than " + least, word);
            return new Width(chars, false, true);
        }

        private static void refuse(boolean wrong, String why, Word word) throws BadArgument {
            if (wrong) {
                throw new BadArgument(why, word.span());
            }
        }

        IndexOptions done() throws BadArgument {
            if ((bits & NONE) != 0 && bits != NONE) {
                throw new BadArgument("Cannot combine other IndexOptions keywords with 'None'");
            }
            return new IndexOptions(bits, added, removed, name, description, iconWidth, iconHeight, type, charset);
        }
    }
}
