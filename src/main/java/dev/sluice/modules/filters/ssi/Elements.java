package dev.sluice.modules.filters.ssi;

import dev.sluice.expression.BadExpression;
import dev.sluice.expression.Evaluation;
import dev.sluice.modules.core.FileNames;
import dev.sluice.modules.core.PageExpression;
import dev.sluice.modules.core.ProgramRights;
import dev.sluice.request.Filter;
import dev.sluice.request.Level;
import dev.sluice.request.Lookup;
import dev.sluice.request.Request;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the elements do (handle_include and its kin, mod_include.c). */
final class Elements {
    /** Pages within pages. */
    private static final int DEEPEST = 10;

    private Elements() {}

    static void run(Page page, Element element) {
        switch (element.name()) {
            case "echo" -> echo(page, element);
            case "set" -> set(page, element);
            case "config" -> config(page, element);
            case "include" -> include(page, element);
            case "exec" -> {
                if (page.runsPrograms) {
                    exec(page, element);
                } else {
                    unknown(page, element);
                }
            }
            case "fsize" -> file(page, element, false);
            case "flastmod" -> file(page, element, true);
            case "printenv" -> printenv(page, element);
            default -> unknown(page, element);
        }
    }

    private static void unknown(Page page, Element element) {
        page.warn(
                "AH01371: unknown directive \"" + element.name() + "\" in parsed doc " + page.request.filename(),
                Level.ERROR);
        page.fail();
    }

    static @Nullable Boolean holds(Page page, String text) {
        try {
            PageExpression expression = PageExpression.read(text);
            Evaluation<Request> evaluation = new Evaluation<>(page.request);
            boolean holds = expression.test(evaluation);
            if (evaluation.failure() == null) {
                return holds;
            }
            page.warn(
                    "AH01338: Could not evaluate expr \"" + text + "\" in " + page.request.filename() + ": "
                            + evaluation.failure(),
                    Level.ERROR);
        } catch (BadExpression e) {
            page.warn(
                    "AH01337: Could not parse expr \"" + text + "\" in " + page.request.filename() + ": " + e.message(),
                    Level.ERROR);
        }
        page.fail();
        return null;
    }

    private static boolean isMissing(Page page, Element element, String number) {
        if (!element.attributes().isEmpty()) {
            return false;
        }
        page.warn(
                number + ": missing argument for " + element.name() + " element in " + page.request.filename(),
                Level.ERROR);
        page.fail();
        return true;
    }

    private static void unknown(Page page, Element element, String attribute, String number) {
        page.warn(
                number + ": unknown parameter \"" + attribute + "\" to tag " + element.name() + " in "
                        + page.request.filename(),
                Level.ERROR);
        page.fail();
    }

    private static void echo(Page page, Element element) {
        if (isMissing(page, element, "AH01343")) {
            return;
        }
        String encoding = "entity";
        String decoding = "none";
        for (Element.Attribute each : element.attributes()) {
            switch (each.name()) {
                case "var" -> {
                    String value = page.variables.get(Values.substituted(page, each.value()));
                    page.out.append(
                            value == null
                                    ? page.undefinedEcho
                                    : Values.encoded(Values.decoded(value, decoding), encoding));
                }
                case "encoding" -> encoding = each.value().toLowerCase(Locale.ROOT);
                case "decoding" -> decoding = each.value().toLowerCase(Locale.ROOT);
                default -> {
                    unknown(page, element, each.name(), "AH01345");
                    return;
                }
            }
        }
    }

    private static void set(Page page, Element element) {
        String name = null;
        String encoding = "none";
        String decoding = "none";
        for (Element.Attribute each : element.attributes()) {
            switch (each.name()) {
                case "var" -> name = Values.substituted(page, each.value());
                case "value" -> {
                    if (name == null) {
                        page.warn(
                                "AH01356: variable must precede value in set directive in " + page.request.filename(),
                                Level.ERROR);
                        page.fail();
                        return;
                    }
                    String value = Values.decoded(Values.substituted(page, each.value()), decoding);
                    page.variables.set(name, Values.encoded(value, encoding));
                }
                case "encoding" -> encoding = each.value().toLowerCase(Locale.ROOT);
                case "decoding" -> decoding = each.value().toLowerCase(Locale.ROOT);
                default -> {
                    page.warn("AH01358: Invalid tag for set directive in " + page.request.filename(), Level.ERROR);
                    page.fail();
                    return;
                }
            }
        }
    }

    private static void config(Page page, Element element) {
        if (isMissing(page, element, "AH01347")) {
            return;
        }
        for (Element.Attribute each : element.attributes()) {
            String value = Values.substituted(page, each.value());
            switch (each.name()) {
                case "errmsg" -> page.errorMessage = value;
                case "echomsg" -> page.undefinedEcho = value;
                case "timefmt" -> {
                    page.timeFormat = value;
                    page.times();
                }
                case "sizefmt" -> page.sizeInBytes = value.equals("bytes");
                default -> {
                    unknown(page, element, each.name(), "AH01348");
                    return;
                }
            }
        }
    }

    private static void printenv(Page page, Element element) {
        if (!element.attributes().isEmpty()) {
            page.warn("AH01361: printenv directive does not take tags in " + page.request.filename(), Level.ERROR);
            page.fail();
            return;
        }
        for (Map.Entry<String, String> each : page.variables.all().entrySet()) {
            page.out
                    .append(Values.encoded(each.getKey(), "entity"))
                    .append('=')
                    .append(Values.encoded(each.getValue(), "entity"))
                    .append('\n');
        }
    }

    private static void file(Page page, Element element, boolean modified) {
        if (isMissing(page, element, modified ? "AH01353" : "AH01351")) {
            return;
        }
        for (Element.Attribute each : element.attributes()) {
            Request found = found(page, element, each);
            if (found == null || found.file() == null) {
                page.fail();
                return;
            }
            page.out.append(
                    modified
                            ? Times.text(
                                    page.timeFormat,
                                    found.file().lastModifiedTime().toInstant(),
                                    ZoneId.systemDefault())
                            : Values.size(found.file().size(), page.sizeInBytes));
        }
    }

    /** The file that {@code file} or {@code virtual} names; null where it is not there, or not to be had. */
    private static @Nullable Request found(Page page, Element element, Element.Attribute attribute) {
        String name = Values.substituted(page, attribute.value());
        boolean isFile = attribute.name().equals("file");
        if (!isFile && !attribute.name().equals("virtual")) {
            unknown(page, element, attribute.name(), "AH01335");
            return null;
        }
        // A file stays in the folder of the page.
        if (isFile && (name.startsWith("/") || (name + "/").contains("../"))) {
            page.warn(
                    "(20023)The given path was above the root path: unable to include file \"" + name
                            + "\" in parsed file " + page.request.filename(),
                    Level.ERROR);
            return null;
        }
        Lookup.Result result = isFile ? page.request.lookUpFile(name) : page.request.lookUp(name);
        Request found = result.request();
        if (result.status() == 200 && found.file() != null && found.file().isRegularFile()) {
            return found;
        }
        int status = result.status() == 200 ? 404 : result.status();
        complain(page, attribute, name, ", subrequest returned " + status);
        return null;
    }

    private static void complain(Page page, Element.Attribute attribute, String name, String why) {
        page.warn(
                "unable to include " + (attribute.name().equals("file") ? "file " : "") + "\"" + name
                        + "\" in parsed file " + page.request.filename() + why,
                Level.ERROR);
    }

    private static void include(Page page, Element element) {
        if (isMissing(page, element, "AH01341")) {
            return;
        }
        String onError = element.first("onerror");
        for (Element.Attribute each : element.attributes()) {
            if (!each.name().equals("onerror") && !included(page, element, each) && !other(page, element, onError)) {
                page.fail();
                return;
            }
        }
    }

    private static boolean other(Page page, Element element, @Nullable String onError) {
        return onError != null && included(page, element, new Element.Attribute("virtual", onError));
    }

    private static boolean included(Page page, Element element, Element.Attribute attribute) {
        Request found = found(page, element, attribute);
        if (found == null || page.depth() >= DEEPEST) {
            return false;
        }
        if (found.handler() != null) {
            complain(
                    page,
                    attribute,
                    attribute.value(),
                    ": what the handler '" + found.handler() + "' answers is not included");
            return false;
        }
        Path path = FileNames.path(found.filename() == null ? "" : found.filename());
        try {
            String text = path == null ? "" : Files.readString(path, StandardCharsets.ISO_8859_1);
            Filter.Kind includes = found.filters().output("INCLUDES");
            boolean looks = includes != null && found.hasOutputFilter(includes);
            page.out.append(looks ? page.part(found, text) : text);
            return true;
        } catch (IOException e) {
            complain(page, attribute, attribute.value(), ": " + e.getMessage());
            return false;
        }
    }

    /** A command for the shell, in the folder of the page. */
    private static void exec(Page page, Element element) {
        if (isMissing(page, element, "AH03195")) {
            return;
        }
        if (!page.mayExecute()) {
            page.request.log(Level.ERROR, "cgid", "AH01228: exec used but not allowed in " + page.request.filename());
            page.fail();
            return;
        }
        for (Element.Attribute each : element.attributes()) {
            if (!each.name().equals("cmd")) {
                page.warn("exec " + each.name() + " is not supported in " + page.request.filename(), Level.ERROR);
                page.fail();
                return;
            }
            shell(page, Values.substituted(page, each.value()));
        }
    }

    private static void shell(Page page, String command) {
        String name = page.request.filename() == null ? "/" : page.request.filename();
        try {
            ProcessBuilder builder = new ProcessBuilder(ProgramRights.of(List.of("/bin/sh", "-c", command)));
            builder.directory(new File(name.substring(0, name.lastIndexOf('/') + 1)));
            builder.environment().clear();
            builder.environment().putAll(page.variables.all());
            builder.redirectError(ProcessBuilder.Redirect.INHERIT);
            Process running = builder.start();
            running.getOutputStream().close();
            page.out.append(new String(running.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1));
            if (!running.waitFor(10, TimeUnit.SECONDS)) {
                running.destroyForcibly();
            }
        } catch (IOException e) {
            page.warn("couldn't spawn child process: " + command, Level.ERROR);
            page.fail();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
