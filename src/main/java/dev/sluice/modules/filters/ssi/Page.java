package dev.sluice.modules.filters.ssi;

import dev.sluice.modules.core.CgiEnvironment;
import dev.sluice.modules.core.DirectoryOptions;
import dev.sluice.modules.core.FileNames;
import dev.sluice.modules.filters.IncludeModule;
import dev.sluice.request.Environment;
import dev.sluice.request.Level;
import dev.sluice.request.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One page while it is worked out: text, elements between {@code <!--#} and {@code -->}, and what they have set so far. Blocks.
 * Texts are held one byte a char.
 */
final class Page {
    /** An {@code if} that is open. */
    private static final class Condition {
        /** Whether a branch has held. */
        private boolean held;
        /** Whether what stands here is shown. */
        private boolean shown;
    }

    final Request request;
    final Environment variables;
    final StringBuilder out = new StringBuilder();
    String timeFormat;
    String errorMessage;
    String undefinedEcho;
    boolean sizeInBytes;
    private final Deque<Condition> conditions = new ArrayDeque<>();
    private final int depth;

    /** Whether a module is loaded that has {@code exec}. */
    final boolean runsPrograms;

    private Page(Request request, Environment variables, @Nullable Page outer, boolean runsPrograms) {
        this.request = request;
        this.runsPrograms = runsPrograms;
        this.variables = variables;
        this.depth = outer == null ? 0 : outer.depth + 1;
        this.timeFormat = request.settings().get(IncludeModule.TIME_FORMAT);
        this.errorMessage = request.settings().get(IncludeModule.ERROR_MESSAGE);
        this.undefinedEcho = request.settings().get(IncludeModule.UNDEFINED_ECHO);
    }

    /** What {@code text}, the body of {@code request}'s answer, comes to. */
    static String of(Request request, String text, boolean runsPrograms) {
        Page page = new Page(request, request.environment(), null, runsPrograms);
        CgiEnvironment.addCommon(request);
        CgiEnvironment.addRequest(request);
        page.describe();
        return page.run(text);
    }

    /** What a page that is part of this one comes to: both have the same variables. */
    String part(Request looked, String text) {
        return new Page(looked, variables, this, runsPrograms).run(text);
    }

    int depth() {
        return depth;
    }

    boolean mayExecute() {
        return request.settings().view(DirectoryOptions.IN_FORCE).has(DirectoryOptions.INCLUDES_WITH_EXEC);
    }

    /** The variables that pages have beside those of scripts (add_include_vars). */
    private void describe() {
        String name = request.filename() == null ? "" : request.filename();
        variables.set("DOCUMENT_URI", request.path());
        variables.set("DOCUMENT_ARGS", request.query());
        if (!request.pathInfo().isEmpty()) {
            variables.set("DOCUMENT_PATH_INFO", request.pathInfo());
        }
        if (!request.query().isEmpty()) {
            variables.set("QUERY_STRING_UNESCAPED", request.query());
        }
        variables.set("DOCUMENT_NAME", name.substring(name.lastIndexOf('/') + 1));
        variables.set("USER_NAME", owner(name));
        times();
    }

    /** Those that are printed as {@code timefmt} says. */
    void times() {
        Instant now = Instant.now();
        variables.set("DATE_LOCAL", Times.text(timeFormat, now, ZoneId.systemDefault()));
        variables.set("DATE_GMT", Times.text(timeFormat, now, ZoneOffset.UTC));
        if (request.file() != null) {
            variables.set(
                    "LAST_MODIFIED",
                    Times.text(timeFormat, request.file().lastModifiedTime().toInstant(), ZoneId.systemDefault()));
        }
    }

    private static String owner(String name) {
        try {
            Path path = FileNames.path(name);
            return path == null ? "<unknown>" : Files.getOwner(path).getName();
        } catch (IOException e) {
            return "<unknown>";
        }
    }

    private String run(String text) {
        String start = request.server().settings().get(IncludeModule.START_TAG);
        String end = request.server().settings().get(IncludeModule.END_TAG);
        int at = 0;
        for (int tag = text.indexOf(start); tag >= 0; tag = text.indexOf(start, at)) {
            show(text, at, tag);
            Element element = Element.read(text, tag + start.length(), end);
            if (element == null) {
                warn(
                        "AH01372: SSI directive was not properly finished at the end of parsed document "
                                + request.filename(),
                        Level.ERROR);
                fail();
                return out.toString();
            }
            at = element.end();
            element(element);
        }
        show(text, at, text.length());
        if (!conditions.isEmpty()) {
            warn("an if is not closed in parsed document " + request.filename(), Level.DEBUG);
        }
        return out.toString();
    }

    private void show(String text, int from, int to) {
        if (isShown()) {
            out.append(text, from, to);
        }
    }

    boolean isShown() {
        return conditions.isEmpty() || conditions.getFirst().shown;
    }

    private void element(Element element) {
        switch (element.name()) {
            case "if" -> open(element);
            case "elif" -> elseIf(element);
            case "else" -> otherwise();
            case "endif" -> close();
            default -> {
                if (isShown()) {
                    Elements.run(this, element);
                }
            }
        }
    }

    private void open(Element element) {
        boolean outer = isShown();
        Condition condition = new Condition();
        condition.held = !outer;
        conditions.push(condition);
        if (outer) {
            Boolean holds = holds(element);
            condition.shown = Boolean.TRUE.equals(holds);
            // Where it cannot be told, no other branch is shown either.
            condition.held = !Boolean.FALSE.equals(holds);
        }
    }

    private void elseIf(Element element) {
        Condition condition = conditions.peek();
        if (condition == null) {
            fail();
            return;
        }
        Boolean holds = condition.held ? Boolean.FALSE : holds(element);
        condition.shown = Boolean.TRUE.equals(holds);
        condition.held |= !Boolean.FALSE.equals(holds);
    }

    private void otherwise() {
        Condition condition = conditions.peek();
        if (condition == null) {
            // One of its own hides what follows.
            condition = new Condition();
            condition.held = true;
            conditions.push(condition);
        }
        condition.shown = !condition.held;
        condition.held = true;
    }

    private void close() {
        conditions.poll();
    }

    /** Null where the expression is broken. */
    private @Nullable Boolean holds(Element element) {
        String text = element.first("expr");
        if (text == null) {
            warn("AH01350: missing expr in " + element.name() + " statement: " + request.filename(), Level.ERROR);
            fail();
            return null;
        }
        return Elements.holds(this, text);
    }

    /** Shows the message for errors. */
    void fail() {
        out.append(errorMessage);
    }

    void warn(String message, Level level) {
        request.log(level, "include", message);
    }
}
