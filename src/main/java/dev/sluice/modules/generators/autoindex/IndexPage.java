package dev.sluice.modules.generators.autoindex;

import dev.sluice.modules.core.HtmlText;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes the entries of a folder as HTML: a table, preformatted lines, or a plain list (output_directories). */
final class IndexPage {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final DateTimeFormatter OLD_DATE = DateTimeFormatter.ofPattern("dd-MMM-yyyy HH:mm", Locale.ENGLISH);

    private final IndexSettings settings;
    private final IndexQuery query;
    private final Entry[] entries;
    private final StringBuilder html;
    private final boolean styled;
    private final String slash;
    private final DateTimeFormatter date;
    private final ZoneId zone = ZoneId.systemDefault();
    private final int nameWidth;
    private final int descriptionWidth;

    IndexPage(IndexSettings settings, IndexQuery query, Entry[] entries, StringBuilder html) {
        this.settings = settings;
        this.query = query;
        this.entries = entries;
        this.html = html;
        this.styled = !settings.styleSheet().isEmpty();
        this.slash = query.has(IndexOptions.XHTML) ? " /" : "";
        this.date = query.has(IndexOptions.OLD_DATE_FORMAT) ? OLD_DATE : DATE;
        this.nameWidth = width(settings.options().name(), true);
        this.descriptionWidth = width(settings.options().description(), false);
    }

    private int width(IndexOptions.Width width, boolean names) {
        int widest = width.chars();
        if (width.fits() && query.has(IndexOptions.FANCY_INDEXING) && !query.has(IndexOptions.HTML_TABLE)) {
            for (Entry entry : entries) {
                String text = names ? entry.name() : entry.description();
                widest = Math.max(widest, text == null ? 0 : text.length());
            }
        }
        return widest;
    }

    void write() {
        if (query.has(IndexOptions.HTML_TABLE)) {
            table();
        } else if (query.has(IndexOptions.FANCY_INDEXING)) {
            lines();
        } else {
            list();
        }
    }

    private void list() {
        html.append("<ul>");
        for (int i = 0; i < entries.length; i++) {
            html.append("<li><a href=\"")
                    .append(Entries.link(entries[i].name()))
                    .append("\"> ")
                    .append(HtmlText.escaped(shown(i)))
                    .append("</a></li>\n");
        }
        html.append("</ul>\n");
    }

    /** What names an entry for people. */
    private String shown(int index) {
        String name = entries[index].name();
        return index == 0 && name.startsWith("/") ? "Parent Directory" : name;
    }

    /** A heading, which asks for the same list by its column. */
    private void heading(String text, char column) {
        if (query.has(IndexOptions.SUPPRESS_COLUMN_SORTING)) {
            html.append(text);
            return;
        }
        boolean turn = query.order().key() == column && query.order().ascending();
        html.append("<a href=\"?C=")
                .append(column)
                .append(";O=")
                .append(turn ? 'D' : 'A')
                .append(query.carried())
                .append("\">")
                .append(text)
                .append("</a>");
    }

    private void image(String url, String alt) {
        IndexOptions options = settings.options();
        html.append("<img src=\"")
                .append(HtmlText.escaped(url))
                .append("\" alt=\"")
                .append(alt)
                .append('"');
        if (options.iconWidth() != 0) {
            html.append(" width=\"").append(options.iconWidth()).append('"');
        }
        if (options.iconHeight() != 0) {
            html.append(" height=\"").append(options.iconHeight()).append('"');
        }
        html.append(slash).append('>');
    }

    /** The icon's URL; empty for none. */
    private String icon(Entry entry) {
        return entry.icon() != null ? entry.icon() : settings.defaultIcon();
    }

    private static String alt(Entry entry) {
        return "[" + (entry.alt() == null ? "   " : entry.alt()) + "]";
    }

    /** The name as wide as its column, blanks behind the link. */
    private void name(int index, boolean fits) {
        String shown = shown(index);
        String cut = shown;
        if (!fits && shown.length() > nameWidth) {
            cut = shown.substring(0, Math.max(0, nameWidth - 3)) + "..>";
        }
        html.append("<a href=\"")
                .append(Entries.link(entries[index].name()))
                .append("\">")
                .append(HtmlText.escaped(cut))
                .append("</a>");
        if (!fits) {
            blanks(nameWidth - cut.length());
        }
    }

    private void blanks(int count) {
        html.append(" ".repeat(Math.max(0, count)));
    }

    private String time(Entry entry) {
        return date.format(Instant.ofEpochMilli(entry.modified()).atZone(zone)) + "  ";
    }

    /** As much of it as the column takes. */
    private String description(String text) {
        int most = descriptionWidth;
        if (!settings.options().description().given()) {
            most += query.has(IndexOptions.SUPPRESS_ICON) ? 6 : 0;
            most += query.has(IndexOptions.SUPPRESS_LAST_MODIFIED) ? 19 : 0;
            most += query.has(IndexOptions.SUPPRESS_SIZE) ? 7 : 0;
        }
        return TerminatedText.of(text, most);
    }

    // Preformatted lines.

    private void lines() {
        html.append("<pre>");
        if (!query.has(IndexOptions.SUPPRESS_ICON)) {
            String blank = Item.of(settings.icons(), Item.BLANK_ICON);
            if (blank == null) {
                html.append("     ");
            } else {
                image(blank, "Icon ");
            }
            html.append(' ');
        }
        heading("Name", Order.NAME);
        blanks(nameWidth - 4);
        html.append(' ');
        if (!query.has(IndexOptions.SUPPRESS_LAST_MODIFIED)) {
            heading("Last modified", Order.MODIFIED);
            html.append("      ");
        }
        if (!query.has(IndexOptions.SUPPRESS_SIZE)) {
            heading("Size", Order.SIZE);
            html.append("  ");
        }
        if (!query.has(IndexOptions.SUPPRESS_DESCRIPTION)) {
            heading("Description", Order.DESCRIPTION);
        }
        html.append(query.has(IndexOptions.SUPPRESS_RULES) ? "\n" : "<hr" + slash + ">");
        for (int i = 0; i < entries.length; i++) {
            line(i);
        }
        html.append(query.has(IndexOptions.SUPPRESS_RULES) ? "</pre>\n" : "<hr" + slash + "></pre>\n");
    }

    private void line(int index) {
        Entry entry = entries[index];
        if (!query.has(IndexOptions.SUPPRESS_ICON)) {
            iconBetween(entry, () -> html.append("     "));
            html.append(' ');
        }
        name(index, false);
        html.append(' ');
        if (!query.has(IndexOptions.SUPPRESS_LAST_MODIFIED)) {
            html.append(entry.modified() == -1 ? "                   " : time(entry));
        }
        if (!query.has(IndexOptions.SUPPRESS_SIZE)) {
            html.append(FileSize.of(entry.size())).append("  ");
        }
        String text = entry.description();
        if (!query.has(IndexOptions.SUPPRESS_DESCRIPTION) && text != null) {
            html.append(description(text));
        }
        html.append('\n');
    }

    private void iconBetween(Entry entry, Runnable none) {
        boolean links = query.has(IndexOptions.ICONS_ARE_LINKS);
        if (links) {
            html.append("<a href=\"").append(Entries.link(entry.name())).append("\">");
        }
        String icon = icon(entry);
        if (icon.isEmpty()) {
            none.run();
        } else {
            image(icon, alt(entry));
        }
        if (links) {
            html.append("</a>");
        }
    }

    // Tables.

    private void table() {
        html.append(styled ? "  <table id=\"indexlist\">\n   <tr class=\"indexhead\">" : "  <table>\n   <tr>");
        int columns = 1;
        if (!query.has(IndexOptions.SUPPRESS_ICON)) {
            cell("<th", "indexcolicon", " valign=\"top\"");
            String blank = Item.of(settings.icons(), Item.BLANK_ICON);
            if (blank == null) {
                html.append("&nbsp;");
            } else {
                image(blank, "[ICO]");
            }
            html.append("</th>");
            columns++;
        }
        cell("<th", "indexcolname", "");
        heading("Name", Order.NAME);
        columns += headingCell(IndexOptions.SUPPRESS_LAST_MODIFIED, "indexcollastmod", "Last modified", 'M');
        columns += headingCell(IndexOptions.SUPPRESS_SIZE, "indexcolsize", "Size", Order.SIZE);
        columns += headingCell(IndexOptions.SUPPRESS_DESCRIPTION, "indexcoldesc", "Description", 'D');
        html.append("</th></tr>\n");
        String rule = query.has(IndexOptions.SUPPRESS_RULES)
                ? ""
                : "   <tr" + (styled ? " class=\"indexbreakrow\"" : "") + "><th colspan=\"" + columns + "\"><hr" + slash
                        + "></th></tr>\n";
        html.append(rule);
        for (int i = 0; i < entries.length; i++) {
            row(i);
        }
        html.append(rule).append("</table>\n");
    }

    private int headingCell(int suppressed, String style, String text, char column) {
        if (query.has(suppressed)) {
            return 0;
        }
        cell("</th><th", style, "");
        heading(text, column);
        return 1;
    }

    private void cell(String start, String style, String unstyled) {
        html.append(start)
                .append(styled ? " class=\"" + style + "\"" : unstyled)
                .append('>');
    }

    private void row(int index) {
        Entry entry = entries[index];
        html.append(styled ? "   <tr class=\"" + rowStyle(entry, index) + "\">" : "<tr>");
        if (!query.has(IndexOptions.SUPPRESS_ICON)) {
            cell("<td", "indexcolicon", " valign=\"top\"");
            iconBetween(entry, () -> html.append("&nbsp;"));
            html.append("</td>");
        }
        cell("<td", "indexcolname", "");
        name(index, settings.options().name().fits());
        if (!query.has(IndexOptions.SUPPRESS_LAST_MODIFIED)) {
            boolean known = entry.modified() != -1;
            cell("</td><td", "indexcollastmod", known ? " align=\"right\"" : "");
            html.append(known ? time(entry) : "&nbsp;");
        }
        if (!query.has(IndexOptions.SUPPRESS_SIZE)) {
            cell("</td><td", "indexcolsize", " align=\"right\"");
            html.append(FileSize.of(entry.size()));
        }
        if (!query.has(IndexOptions.SUPPRESS_DESCRIPTION)) {
            cell("</td><td", "indexcoldesc", "");
            html.append(describedInTable(entry.description()));
        }
        html.append("</td></tr>\n");
    }

    private String describedInTable(@Nullable String text) {
        return text == null ? "&nbsp;" : settings.options().description().fits() ? text : description(text);
    }

    private String rowStyle(Entry entry, int index) {
        String parity = (index & 1) == 1 ? "odd" : "even";
        String alt = query.has(IndexOptions.ADD_ALT_CLASS) ? entry.alt() : null;
        return alt == null ? parity : parity + "-" + alt.toLowerCase(Locale.ROOT);
    }
}
