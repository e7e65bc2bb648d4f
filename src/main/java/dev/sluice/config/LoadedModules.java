package dev.sluice.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The modules that are loaded while a configuration is read, by what the catalogue knows of them. Those of Debian's binary
 * are there from the start.
 */
public final class LoadedModules implements ReadTimeModules {
    private final Catalogue catalogue;
    private final Predicate<String> available;
    private final Set<String> ids = new LinkedHashSet<>();

    /** {@code available} says of an id whether it can be loaded. */
    public LoadedModules(Catalogue catalogue, Predicate<String> available) {
        this.catalogue = catalogue;
        this.available = available;
        for (Catalogue.Module module : catalogue.modules()) {
            if (module.isStatic()) {
                ids.add(module.id());
            }
        }
    }

    /** Every module that the catalogue knows can be loaded. */
    public static LoadedModules ofCatalogue() {
        Catalogue catalogue = Catalogue.get();
        return new LoadedModules(catalogue, id -> catalogue.module(id) != null);
    }

    /** Every module that the catalogue knows is loaded, with that MPM. */
    static LoadedModules all(String mpm) {
        LoadedModules all = ofCatalogue();
        for (Catalogue.Module module : all.catalogue.modules()) {
            if (!module.id().startsWith("mpm_") || module.id().equals(mpm)) {
                all.load(module.id());
            }
        }
        return all;
    }

    @Override
    public boolean isLoaded(String idOrFile) {
        Catalogue.Module module = catalogue.module(idOrFile);
        return ids.contains(module == null ? idOrFile : module.id());
    }

    @Override
    public boolean isAvailable(String id) {
        return available.test(id);
    }

    @Override
    public void load(String id) {
        ids.add(id);
    }

    @Override
    public boolean knowsDirective(String name) {
        return catalogue.rows(name).stream()
                .map(Catalogue.Row::modules)
                .flatMap(List::stream)
                .anyMatch(this::isLoaded);
    }

    @Override
    public String spelled(String name) {
        return knowsDirective(name) ? catalogue.rows(name).get(0).name() : name;
    }

    /** Ids in the order of loading. */
    public List<String> ids() {
        return List.copyOf(ids);
    }
}
