package dev.sluice.modules.ssl;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Line;
import dev.sluice.syntax.Word;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * SSLOptions of a section: words with a sign change those of the section around it, words without one stand instead.
 *
 * @param words in lower case
 */
record SslOptions(boolean instead, Set<String> words, Set<String> without) {
    static final SslOptions NONE = new SslOptions(true, Set.of(), Set.of());

    static SslOptions read(Line line) throws BadArgument {
        boolean instead = false;
        Set<String> with = new HashSet<>();
        Set<String> without = new HashSet<>();
        for (String each : line.words().stream().map(Word::text).toArray(String[]::new)) {
            if (each.isEmpty()) {
                continue;
            }
            boolean signed = each.startsWith("+") || each.startsWith("-");
            String word = signed ? each.substring(1) : each;
            check(word);
            if (!signed && !instead) {
                instead = true;
                with.clear();
            }
            boolean off = each.startsWith("-");
            (off ? without : with).add(word.toLowerCase(Locale.ROOT));
            (off ? with : without).remove(word.toLowerCase(Locale.ROOT));
        }
        if (with.contains("fakebasicauth")) {
            throw BadArgument.refusal("SSLOptions FakeBasicAuth is not supported: certificates give no passwords here");
        }
        return new SslOptions(instead, Set.copyOf(with), Set.copyOf(without));
    }

    boolean has(String word) {
        return words.contains(word.toLowerCase(Locale.ROOT));
    }

    SslOptions with(SslOptions inner) {
        if (inner.instead) {
            return inner;
        }
        Set<String> all = new HashSet<>(words);
        all.addAll(inner.words);
        all.removeAll(inner.without);
        return new SslOptions(instead, Set.copyOf(all), inner.without);
    }

    private static void check(String word) throws BadArgument {
        switch (word.toLowerCase(Locale.ROOT)) {
            case "stdenvvars",
                    "exportcertdata",
                    "strictrequire",
                    "optrenegotiate",
                    "legacydnstringformat",
                    "fakebasicauth" -> {}
            default -> throw new BadArgument("SSLOptions: Illegal option '" + word + "'");
        }
    }
}
