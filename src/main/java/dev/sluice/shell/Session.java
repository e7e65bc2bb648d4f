package dev.sluice.shell;

import dev.sluice.config.ConfigError;
import dev.sluice.config.ConfigLoader;
import dev.sluice.lint.Linter;
import dev.sluice.lint.Review;
import dev.sluice.migrate.Site;
import dev.sluice.migrate.Sites;
import dev.sluice.modules.AllModules;
import dev.sluice.source.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The configuration that a shell looks at, read when it is first asked for. */
public final class Session {
    private static final Set<String> LEFT_OUT_OF_TRIALS =
            Set.of("customlog", "transferlog", "globallog", "errorlog", "scriptlog", "forensiclog", "balancerpersist");

    private final Supplier<ConfigLoader.Request> request;
    private @Nullable Reading reading;

    /** What one reading gave. */
    private record Reading(ConfigLoader.Request request, ConfigLoader.Examined examined, Review review, Sites sites) {}

    /** {@code request} says which configuration; it is asked again at each reading. */
    public Session(Supplier<ConfigLoader.Request> request) {
        this.request = request;
    }

    private Reading reading() {
        Reading known = reading;
        if (known == null) {
            ConfigLoader.Request asked = request.get();
            ConfigLoader.Examined examined =
                    ConfigLoader.examine(asked, AllModules.create(), ConfigLoader.Kind.MAIN, false);
            Review review = new Linter(false, id -> true).review(asked, ConfigLoader.Kind.MAIN);
            known = new Reading(asked, examined, review, Sites.of(examined.loaded()));
            reading = known;
        }
        return known;
    }

    /** Reads again at the next question. */
    void forget() {
        reading = null;
    }

    ConfigLoader.Loaded loaded() {
        return reading().examined.loaded();
    }

    ConfigLoader.Request request() {
        return reading().request;
    }

    Review review() {
        return reading().review;
    }

    Sites sites() {
        return reading().sites;
    }

    /** One line about it: {@code /etc/apache2/apache2.conf: 3 sites, 2 warnings}. */
    String summary() {
        int count = sites().all().size() - 1;
        return SourceFile.utf8(request().file()) + ": " + count + (count == 1 ? " virtual host" : " virtual hosts")
                + ", findings: " + LookCommands.findings(review().findings()) + "; 'help' lists what there is";
    }

    Path serverRoot() {
        return Path.of(SourceFile.utf8(loaded().read().serverRoot()));
    }

    List<String> siteNames() {
        return sites().all().stream().map(Site::name).toList();
    }

    /** The one site of that name. */
    Site site(String name) throws Command.Misuse {
        List<Site> found = sites().named(name);
        if (found.isEmpty()) {
            throw new Command.Misuse("'" + name + "' is no site here; 'sites' lists them");
        }
        if (found.size() > 1) {
            throw new Command.Misuse("'" + name + "' may be any of "
                    + String.join(", ", found.stream().map(Site::name).toList()));
        }
        return found.get(0);
    }

    /**
     * The configuration for a trial beside the server that runs: without lines that open that one's logs or keep state.
     *
     * @throws ConfigError where it cannot be served
     */
    ConfigLoader.Loaded trial() throws ConfigError {
        ConfigLoader.Loaded loaded = ConfigLoader.loadOnly(
                request(),
                AllModules.create(),
                line -> !LEFT_OUT_OF_TRIALS.contains(line.name().toLowerCase(Locale.ROOT)));
        ConfigError error = loaded.firstError();
        if (error != null) {
            throw error;
        }
        return loaded;
    }

    /** The files whose text is not what was read any more; one that is gone counts. */
    List<SourceFile> changed() {
        List<SourceFile> changed = new ArrayList<>();
        for (SourceFile file : loaded().read().files()) {
            if (!file.text().equals(now(file))) {
                changed.add(file);
            }
        }
        return changed;
    }

    /** The text on disk; empty where there is none. */
    static String now(SourceFile file) {
        try {
            return new String(Files.readAllBytes(Path.of(SourceFile.utf8(file.name()))), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
