package dev.sluice.modules.mappers;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.raw;
import static dev.sluice.directive.Places.SERVERS;
import static dev.sluice.model.Setting.perServer;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Line;
import dev.sluice.directive.Scope;
import dev.sluice.model.Merge;
import dev.sluice.model.Setting;
import dev.sluice.model.Settings;
import dev.sluice.module.HttpdModule;
import dev.sluice.modules.core.FileNames;
import dev.sluice.request.Hooks;
import dev.sluice.request.Outcome;
import dev.sluice.request.Phase;
import dev.sluice.request.Request;
import dev.sluice.syntax.Quoting;
import io.undertow.util.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** mod_userdir: {@code /~user} to a directory of that user. */
public final class UserdirModule implements HttpdModule {
    /** Places to look in, in order; empty where nothing is mapped. */
    static final Setting<List<String>> PLACES = perServer("UserDir", List.of());

    /** True where only those of {@link #ENABLED} are mapped. */
    static final Setting<Boolean> DISABLED_FOR_ALL = perServer("UserDir disabled", false);

    /** In lower case: httpd's tables know no case. A virtual host has its own alone. */
    static final Setting<List<String>> ENABLED =
            perServer("UserDir enabled", List.<String>of(), Merge.append()).inheriting(Merge.own());

    static final Setting<List<String>> DISABLED =
            perServer("UserDir disabled", List.<String>of(), Merge.append()).inheriting(Merge.own());

    @Override
    public String id() {
        return "userdir_module";
    }

    @Override
    public String file() {
        return "mod_userdir.c";
    }

    @Override
    public List<Directive> directives() {
        return List.of(
                directive("UserDir", SERVERS, raw(UserdirModule::read, PLACES, DISABLED_FOR_ALL, ENABLED, DISABLED)));
    }

    /** set_user_dir, mod_userdir.c. */
    private static void read(Line line, Scope scope) throws BadArgument {
        Quoting quoting = new Quoting(line.args());
        List<String> words = new ArrayList<>();
        for (String word = quoting.word(); !word.isEmpty(); word = quoting.word()) {
            words.add(word);
        }
        if (line.args().isBlank()) {
            throw new BadArgument("UserDir requires an argument.");
        }
        String first = words.isEmpty() ? "" : words.get(0).toLowerCase(Locale.ROOT);
        boolean disable = first.equals("disable") || first.equals("disabled");
        if (!disable && !first.equals("enable") && !first.equals("enabled")) {
            scope.give(PLACES, List.copyOf(words), line.span());
        } else if (words.size() == 1) {
            scope.give(DISABLED_FOR_ALL, disable, line.span());
        } else {
            List<String> users = words.subList(1, words.size()).stream()
                    .map(user -> user.toLowerCase(Locale.ROOT))
                    .toList();
            scope.give(disable ? DISABLED : ENABLED, users, line.span());
        }
    }

    @Override
    public void hooks(Hooks.OfModule hooks) {
        hooks.at(Phase.TRANSLATE_NAME, Hooks.Turn.MIDDLE, UserdirModule::translate, "alias_module");
    }

    /** translate_userdir, mod_userdir.c. Looks at the disk: on a worker thread. */
    private static Outcome translate(Request request) {
        String path = request.path();
        if (!path.startsWith("/~")) {
            return Outcome.DECLINED;
        }
        Settings settings = request.server().settings();
        List<String> places = settings.get(PLACES);
        int slash = path.indexOf('/', 2);
        String user = path.substring(2, slash < 0 ? path.length() : slash);
        if (places.isEmpty() || !isServed(user, settings)) {
            return Outcome.DECLINED;
        }
        if (request.exchange().isInIoThread()) {
            return Outcome.ON_WORKER;
        }
        String rest = slash < 0 ? "" : path.substring(slash);
        for (int i = 0; i < places.size(); i++) {
            boolean isLast = i == places.size() - 1;
            Outcome outcome = mapped(request, places.get(i), user, rest, isLast);
            if (outcome != Outcome.DECLINED) {
                return outcome;
            }
        }
        return Outcome.DECLINED;
    }

    private static boolean isServed(String user, Settings settings) {
        if (user.isEmpty() || user.equals(".") || user.equals("..")) {
            return false;
        }
        String name = user.toLowerCase(Locale.ROOT);
        return !settings.get(DISABLED).contains(name)
                && (!settings.get(DISABLED_FOR_ALL) || settings.get(ENABLED).contains(name));
    }

    /** A URL is one only with a star in it, and ends there; httpd's manual has it otherwise. */
    private static Outcome mapped(Request request, String place, String user, String rest, boolean isLast) {
        int star = place.indexOf('*');
        String before = star < 0 ? "" : place.substring(0, star);
        String folder;
        if (place.startsWith("/")) {
            folder = star < 0 ? place + "/" + user : before + user + place.substring(star + 1);
        } else if (before.indexOf(':') >= 0) {
            request.exchange().getResponseHeaders().put(Headers.LOCATION, before + user + rest);
            return Outcome.status(302);
        } else {
            String home = home(user);
            if (home == null) {
                return Outcome.DECLINED;
            }
            folder = home + "/" + place.substring(star + 1);
        }
        if (!isLast && !exists(folder)) {
            return Outcome.DECLINED;
        }
        request.filename(folder + rest);
        return Outcome.OK;
    }

    /** The home of a user of this machine; bytes are held one a char. */
    private static @Nullable String home(String user) {
        try {
            for (String entry : Files.readAllLines(Path.of("/etc/passwd"), StandardCharsets.ISO_8859_1)) {
                String[] fields = entry.split(":", -1);
                if (fields.length > 5 && fields[0].equals(user)) {
                    return fields[5];
                }
            }
            return null;
        } catch (IOException e) {
            return null;
        }
    }

    private static boolean exists(String folder) {
        Path path = FileNames.path(folder);
        return path != null && Files.exists(path);
    }
}
