package dev.sluice.expression;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression as httpd takes it: PCRE with DOTALL and DOLLAR_ENDONLY (the defaults of RegexDefaultOptions), over
 * byte strings held one byte a char, ASCII alone having case. Compiled once.
 *
 * <p>A match that takes too long is given up and counts as no match, as with PCRE's match limit: what a client sends must
 * not hold a thread for long. Who wants to know of it says so by {@link #reportTo}.
 */
public final class Regex {
    /** Looks at characters in one match: tens of milliseconds. PCRE gives up after ten million steps. */
    static final int LIMIT = 2_000_000;

    private static final LongAdder GIVEN_UP = new LongAdder();
    private static volatile Consumer<String> report = message -> {};

    private final String source;
    private final Pattern pattern;
    private final List<String> names;

    private Regex(String source, Pattern pattern, List<String> names) {
        this.source = source;
        this.pattern = pattern;
        this.names = names;
    }

    public static Regex compile(String source) throws BadPattern {
        return compile(source, 0);
    }

    /** As {@link #compile}, without regard to the case of ASCII letters. */
    public static Regex compileIgnoringCase(String source) throws BadPattern {
        return compile(source, Pattern.CASE_INSENSITIVE);
    }

    private static Regex compile(String source, int flags) throws BadPattern {
        PcreReader reader = new PcreReader(source);
        String java = reader.read();
        try {
            Pattern pattern = Pattern.compile(java, flags | Pattern.DOTALL | Pattern.UNIX_LINES);
            return new Regex(source, pattern, reader.names());
        } catch (PatternSyntaxException e) {
            throw BadPattern.wrong(e.getDescription());
        } catch (StackOverflowError e) {
            throw BadPattern.wrong("too deeply nested");
        }
    }

    /** Where to tell of matches that were given up, one sentence each. One for the process: the main error log. */
    public static void reportTo(Consumer<String> log) {
        report = log;
    }

    /** Matches given up since the process began. */
    public static long givenUp() {
        return GIVEN_UP.sum();
    }

    /** True where the pattern matches somewhere in {@code subject}. */
    public boolean matches(String subject) {
        return matcher(subject, 0) != null;
    }

    /** The first match in {@code subject}, or null. */
    public @Nullable Captures find(String subject) {
        return find(subject, 0);
    }

    /** The first match that begins at {@code from} or later, or null. What stands before is seen by lookbehinds. */
    public @Nullable Captures find(String subject, int from) {
        Matcher matched = matcher(subject, from);
        return matched == null ? null : new Captures(subject, matched);
    }

    private @Nullable Matcher matcher(String subject, int from) {
        Matcher matcher = pattern.matcher(new Counted(subject));
        try {
            return matcher.find(from) ? matcher : null;
        } catch (GaveUp | StackOverflowError e) {
            GIVEN_UP.increment();
            report.accept("the pattern '" + source + "' was given up on a text of " + subject.length()
                    + " bytes: matching took too many steps");
            return null;
        }
    }

    /** Capturing groups. */
    public int groups() {
        return names.size();
    }

    /** The names of the groups in order; an empty name for a group without one. */
    public List<String> names() {
        return names;
    }

    /** What it was compiled to. */
    public Pattern pattern() {
        return pattern;
    }

    /** As written. */
    @Override
    public String toString() {
        return source;
    }

    /** The subject, counting how often the matcher looks at it. */
    private static final class Counted implements CharSequence {
        private final String text;
        private int left = LIMIT;

        Counted(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if (--left < 0) {
                throw new GaveUp();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static final class GaveUp extends RuntimeException {
        private static final long serialVersionUID = 1L;

        GaveUp() {
            super(null, null, false, false);
        }
    }
}
