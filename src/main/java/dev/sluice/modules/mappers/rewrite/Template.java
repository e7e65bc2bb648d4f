package dev.sluice.modules.mappers.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A text with {@code $1}, {@code %1}, <code>%{VARIABLE}</code> and <code>${map:key|default}</code> in it, taken apart once
 * (do_expand, mod_rewrite.c).
 */
final class Template {
    /** A piece of a template. */
    private sealed interface Part {
        record Literal(String text) implements Part {}

        /** @param ofCondition true for {@code %1}, false for {@code $1} */
        record Group(boolean ofCondition, int number) implements Part {}

        record Value(Variable variable) implements Part {}

        /** @param otherwise null where no default is given */
        record Mapped(String map, Template key, @Nullable Template otherwise) implements Part {
            boolean blocks(Map<String, RewriteMap> maps) {
                RewriteMap known = maps.get(map);
                return (known != null && known.blocks())
                        || key.blocks(maps)
                        || (otherwise != null && otherwise.blocks(maps));
            }
        }
    }

    private final Part[] parts;
    private final @Nullable String constant;

    private Template(List<Part> parts) {
        this.parts = parts.toArray(Part[]::new);
        if (parts.isEmpty()) {
            constant = "";
        } else {
            constant = parts.size() == 1 && parts.get(0) instanceof Part.Literal literal ? literal.text : null;
        }
    }

    static Template of(String text) {
        return new Template(new Reader(text).read());
    }

    /** The text. Looks up nothing where it is always the same. */
    String expand(RuleMatch match) {
        return expand(match, null);
    }

    /** {@code flags} say how groups are escaped; null for not at all. */
    String expand(RuleMatch match, @Nullable RuleFlags flags) {
        if (constant != null) {
            return constant;
        }
        StringBuilder text = new StringBuilder(64);
        boolean asked = false;
        boolean smuggled = false;
        for (Part part : parts) {
            if (part instanceof Part.Literal literal) {
                asked |= literal.text.indexOf('?') >= 0;
                text.append(literal.text);
                continue;
            }
            String value = value(part, match, flags);
            smuggled |= !asked && value.indexOf('?') >= 0;
            text.append(value);
        }
        match.smuggled(smuggled);
        return text.toString();
    }

    private static String value(Part part, RuleMatch match, @Nullable RuleFlags flags) {
        if (part instanceof Part.Group group) {
            String value = match.group(group.ofCondition, group.number);
            return flags == null || value.isEmpty() || !flags.escapesGroups()
                    ? value
                    : Escapes.group(value, flags, match.trace());
        }
        if (part instanceof Part.Value value) {
            return value.variable.text(match);
        }
        Part.Mapped mapped = (Part.Mapped) part;
        String found = match.map(mapped.map, mapped.key.expand(match, flags));
        if (found != null) {
            return found;
        }
        return mapped.otherwise == null ? "" : mapped.otherwise.expand(match, flags);
    }

    /** True where expanding may wait for a disk or a program. */
    boolean blocks(Map<String, RewriteMap> maps) {
        for (Part part : parts) {
            if (part instanceof Part.Value value && value.variable.blocks()) {
                return true;
            }
            if (part instanceof Part.Mapped mapped && mapped.blocks(maps)) {
                return true;
            }
        }
        return false;
    }

    /** Reads a template. Brackets nest; what does not end stands for itself. */
    private static final class Reader {
        private final String text;
        private final List<Part> parts = new ArrayList<>();
        private final StringBuilder literal = new StringBuilder();

        Reader(String text) {
            this.text = text;
        }

        List<Part> read() {
            int at = 0;
            while (at < text.length()) {
                char c = text.charAt(at);
                char next = at + 1 < text.length() ? text.charAt(at + 1) : 0;
                if (c == '\\' && next != 0) {
                    literal.append(next);
                    at += 2;
                } else if ((c == '$' || c == '%') && next == '{') {
                    at = bracket(at);
                } else if ((c == '$' || c == '%') && next >= '0' && next <= '9') {
                    add(new Part.Group(c == '%', next - '0'));
                    at += 2;
                } else {
                    literal.append(c);
                    at++;
                }
            }
            flush();
            return parts;
        }

        private void add(Part part) {
            flush();
            parts.add(part);
        }

        private void flush() {
            if (literal.length() > 0) {
                parts.add(new Part.Literal(literal.toString()));
                literal.setLength(0);
            }
        }

        /** The place behind what begins at {@code at}. */
        private int bracket(int at) {
            int end = find('}', at + 2);
            if (end >= 0 && text.charAt(at) == '%') {
                add(new Part.Value(Variable.of(text.substring(at + 2, end))));
                return end + 1;
            }
            int colon = end < 0 ? -1 : find(':', at + 2);
            if (colon < 0) {
                literal.append(text, at, at + 2);
                return at + 2;
            }
            String map = text.substring(at + 2, colon);
            int bar = find('|', colon + 1);
            Template key = of(text.substring(colon + 1, bar < 0 ? end : bar));
            add(new Part.Mapped(map, key, bar < 0 || bar + 1 == end ? null : of(text.substring(bar + 1, end))));
            return end + 1;
        }

        /** Where {@code wanted} stands outside inner brackets; -1 where the bracket ends before, or never does. */
        private int find(char wanted, int from) {
            int depth = 1;
            for (int i = from; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == wanted && depth == 1) {
                    return i;
                }
                if (c == '}' && --depth == 0) {
                    return -1;
                }
                if (c == '{') {
                    depth++;
                }
            }
            return -1;
        }
    }
}
