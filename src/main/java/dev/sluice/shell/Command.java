package dev.sluice.shell;

import java.util.List;

/**
 * A command.
 *
 * @param arguments what may follow the name, say {@code [SITE]}
 * @param summary what it does, on one line
 * @param example one use of it
 */
record Command(String name, String arguments, String summary, String example, Completing completing, Action action) {
    /** Exit codes, the worst of which a script ends with. */
    static final int DONE = 0;

    static final int FOUND = 1;
    static final int MISUSE = 2;

    /** Words that may stand behind {@code before}, which begins behind the name. */
    interface Completing {
        List<String> words(Session session, List<String> before);
    }

    /** Does it. The words are those behind the name, without {@code --json}. */
    interface Action {
        int run(Session session, List<String> words, Out out) throws Misuse;
    }

    /** Words that make no sense; the message says which. */
    static final class Misuse extends Exception {
        private static final long serialVersionUID = 1L;

        Misuse(String message) {
            super(message, null, false, false);
        }
    }

    static List<String> none(Session session, List<String> before) {
        return List.of();
    }

    static List<String> sites(Session session, List<String> before) {
        return before.isEmpty() ? session.siteNames() : List.of();
    }

    String usage() {
        return arguments.isEmpty() ? name : name + " " + arguments;
    }
}
