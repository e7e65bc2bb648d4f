package dev.sluice.shell;

import dev.sluice.lint.report.Paint;
import java.util.regex.Pattern;
import org.jline.reader.LineReader;
import org.jline.reader.impl.DefaultHighlighter;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Colours what is typed: commands that there are in bold, others in red. */
final class LineColours extends DefaultHighlighter {
    private static final Pattern FIRST = Pattern.compile("(?:^|;)\\s*([^\\s;]+)");

    private final Commands commands;
    private final boolean coloured;

    LineColours(Commands commands, Paint paint) {
        this.commands = commands;
        this.coloured = paint == Paint.COLOURED;
    }

    @Override
    public AttributedString highlight(LineReader reader, String buffer) {
        if (!coloured) {
            return new AttributedString(buffer);
        }
        AttributedStringBuilder painted = new AttributedStringBuilder();
        var first = FIRST.matcher(buffer);
        int done = 0;
        while (first.find()) {
            painted.append(buffer, done, first.start(1));
            String name = first.group(1);
            boolean begins = commands.names().stream().anyMatch(each -> each.startsWith(name));
            AttributedStyle style = AttributedStyle.DEFAULT;
            if (commands.named(name) != null) {
                style = style.bold();
            } else if (!begins) {
                style = style.foreground(AttributedStyle.RED);
            }
            painted.styled(style, name);
            done = first.end(1);
        }
        return painted.append(buffer, done, buffer.length()).toAttributedString();
    }
}
