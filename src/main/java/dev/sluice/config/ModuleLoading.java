package dev.sluice.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * mod_so: LoadModule and LoadFile. A module is built in, whatever the file that is named for it; the file is looked at only
 * where there is no such module, to say what httpd would say (mod_so.c).
 */
final class ModuleLoading {
    private final ReadTimeModules modules;
    private final ServerRoot root;
    private final Warnings warnings;
    private final Set<String> loaded = new HashSet<>();

    ModuleLoading(ReadTimeModules modules, ServerRoot root, Warnings warnings) {
        this.modules = modules;
        this.root = root;
        this.warnings = warnings;
    }

    void load(String id, String file, Input in) throws ConfigError {
        if (loaded.contains(id)) {
            warnings.add("so", "AH01574: module " + id + " is already loaded, skipping", in.span());
            return;
        }
        if (id.equals("so_module")) {
            throw in.error("module " + id + " is built-in and can't be loaded");
        }
        if (!modules.isAvailable(id)) {
            throw in.error(complaint(id, file)).withHint(hint(id));
        }
        loaded.add(id);
        if (!modules.isLoaded(id)) {
            modules.load(id);
        }
    }

    /** LoadFile: a library that some other module needs. None of ours does; that it is there is all that is asked. */
    void loadFiles(List<String> files, Input in) throws ConfigError {
        for (String file : files) {
            String path = found(file);
            if (!isFile(path)) {
                throw in.error(cannotOpen(file));
            }
        }
    }

    private String complaint(String id, String file) {
        String path = found(file);
        if (!isFile(path)) {
            return cannotOpen(file);
        }
        return "Can't locate API module structure `" + id + "' in file " + path + ": " + path + ": undefined symbol: "
                + id;
    }

    private String cannotOpen(String file) {
        String path = file.indexOf('/') < 0 ? file : root.resolve(file);
        return "Cannot load " + file + " into server: " + path
                + ": cannot open shared object file: No such file or directory";
    }

    private String found(String file) {
        return root.resolve(file);
    }

    private static boolean isFile(String path) {
        Path known = ServerRoot.toPath(path);
        return known != null && Files.isRegularFile(Objects.requireNonNull(known));
    }

    private static String hint(String id) {
        Catalogue.Module known = Catalogue.get().module(id);
        return known == null
                ? "'" + id + "' is not one of httpd's own modules, and shared objects cannot be loaded here:"
                        + " without this line the directives of the module are unknown"
                : "'" + id + "' is not implemented here: without this line its directives are unknown";
    }
}
