package dev.sluice.modules.mappers.rewrite;

import dev.sluice.directive.Reading;
import dev.sluice.modules.core.StatusText;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The flags of a RewriteRule.
 *
 * @param is those without a value, and those that others imply
 * @param status of R, F and G; 302 where none is given, 0 for a word that means none
 * @param skip rules that S passes over
 * @param rounds how often N may start again
 * @param escaped the characters that B names; null for those of its own
 * @param exempt the characters that BNE names
 * @param type of T; null where it is not given
 * @param handler of H; null where it is not given
 */
record RuleFlags(
        Set<Is> is,
        int status,
        int skip,
        int rounds,
        @Nullable String escaped,
        String exempt,
        List<Template> variables,
        List<Template> cookies,
        @Nullable Template type,
        @Nullable Template handler) {
    enum Is {
        ESCAPES,
        ESCAPES_CONTROLS,
        NO_PLUS,
        CHAIN,
        DISCARD_PATH,
        END,
        LAST,
        NEXT,
        NO_CASE,
        NO_ESCAPE,
        NO_SUBREQUEST,
        PROXY,
        PASS_THROUGH,
        APPEND_QUERY,
        DISCARD_QUERY,
        LAST_QUERY,
        REDIRECT,
        /** The status alone answers: nothing is substituted. */
        STATUS,
        UNSAFE_ALLOW_3F,
        UNSAFE_PREFIX_STAT,
        UNC
    }

    /** As often as httpd starts again where N names no number. */
    private static final int ROUNDS = 10_000;

    static final RuleFlags NONE = new Reader().flags();

    boolean has(Is flag) {
        return is.contains(flag);
    }

    boolean escapesGroups() {
        return is.contains(Is.ESCAPES) || is.contains(Is.ESCAPES_CONTROLS);
    }

    static RuleFlags read(String text) throws FlagList.BadFlag {
        Reader reader = new Reader();
        for (FlagList.Flag flag : FlagList.read(text)) {
            reader.add(flag.key(), flag.value());
        }
        return reader.flags();
    }

    private static final class Reader {
        private final Set<Is> is = EnumSet.noneOf(Is.class);
        private final List<Template> variables = new ArrayList<>();
        private final List<Template> cookies = new ArrayList<>();
        private int status = 302;
        private int skip;
        private int rounds = ROUNDS;
        private @Nullable String escaped;
        private String exempt = "";
        private @Nullable Template type;
        private @Nullable Template handler;

        void add(String key, String value) throws FlagList.BadFlag {
            if (!addPlain(key) && !addWithValue(key, value)) {
                throw FlagList.BadFlag.unknown(key);
            }
        }

        private boolean addPlain(String key) {
            Is flag =
                    switch (key.toLowerCase(Locale.ROOT)) {
                        case "bctls" -> Is.ESCAPES_CONTROLS;
                        case "bnp", "backrefernoplus" -> Is.NO_PLUS;
                        case "c", "chain" -> Is.CHAIN;
                        case "dpi", "discardpath" -> Is.DISCARD_PATH;
                        case "end" -> Is.END;
                        case "l", "last" -> Is.LAST;
                        case "nc", "nocase" -> Is.NO_CASE;
                        case "ne", "noescape" -> Is.NO_ESCAPE;
                        case "ns", "nosubreq" -> Is.NO_SUBREQUEST;
                        case "p", "proxy" -> Is.PROXY;
                        case "pt", "passthrough" -> Is.PASS_THROUGH;
                        case "qsa", "qsappend" -> Is.APPEND_QUERY;
                        case "qsd", "qsdiscard" -> Is.DISCARD_QUERY;
                        case "qsl", "qslast" -> Is.LAST_QUERY;
                        case "unsafeallow3f" -> Is.UNSAFE_ALLOW_3F;
                        case "unsafeprefixstat" -> Is.UNSAFE_PREFIX_STAT;
                        case "unc" -> Is.UNC;
                        default -> null;
                    };
            return flag != null && (is.add(flag) || is.contains(flag));
        }

        private boolean addWithValue(String key, String value) throws FlagList.BadFlag {
            switch (key.toLowerCase(Locale.ROOT)) {
                case "b", "backrefescaping" -> {
                    is.add(Is.ESCAPES);
                    escaped = value.isEmpty() ? escaped : value;
                }
                case "bne" -> {
                    if (value.isEmpty()) {
                        throw new FlagList.BadFlag("flag 'BNE' wants a list of characters (i.e. [BNE=...])");
                    }
                    exempt = value;
                }
                case "co", "cookie" -> cookies.add(Template.of(value));
                case "e", "env" -> variables.add(Template.of(value));
                case "f", "forbidden" -> answerWith(403);
                case "g", "gone" -> answerWith(410);
                case "h", "handler" -> handler = Template.of(value);
                case "n", "next" -> {
                    is.add(Is.NEXT);
                    rounds = value.isEmpty() ? ROUNDS : Reading.atoi(value);
                }
                case "r", "redirect" -> redirect(value);
                case "s", "skip" -> skip = Reading.atoi(value);
                case "t", "type" -> type = Template.of(value);
                default -> {
                    // Nothing is said of an unknown flag that begins so (cmd_rewriterule_setflag).
                    return key.startsWith("D") || key.startsWith("d");
                }
            }
            return true;
        }

        RuleFlags flags() {
            return new RuleFlags(
                    is,
                    status,
                    skip,
                    rounds,
                    escaped,
                    exempt,
                    List.copyOf(variables),
                    List.copyOf(cookies),
                    type,
                    handler);
        }

        private void answerWith(int code) {
            is.add(Is.STATUS);
            status = code;
        }

        private void redirect(String value) throws FlagList.BadFlag {
            is.add(Is.REDIRECT);
            if (value.isEmpty()) {
                return;
            }
            status = switch (value.toLowerCase(Locale.ROOT)) {
                case "permanent" -> 301;
                case "temp" -> 302;
                case "seeother" -> 303;
                default -> Character.isDigit(value.charAt(0)) ? code(value) : 0;
            };
        }

        private int code(String value) throws FlagList.BadFlag {
            int code = Reading.atoi(value);
            if (StatusText.of(code).isEmpty()) {
                throw new FlagList.BadFlag("invalid HTTP response code '" + value + "' for flag 'R'");
            }
            if (code < 300 || code > 399) {
                is.add(Is.STATUS);
            }
            return code;
        }
    }
}
