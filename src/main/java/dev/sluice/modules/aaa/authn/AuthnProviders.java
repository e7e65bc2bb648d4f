package dev.sluice.modules.aaa.authn;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Line;
import dev.sluice.directive.Scope;
import dev.sluice.model.Settings;
import dev.sluice.request.Request;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The authentication providers of one reading of a configuration: those that modules bring, and their aliases. */
public final class AuthnProviders {
    /** A provider by the name that a line gave: mod_authn_socache asks for which name it stores what it is told. */
    public record Named(String name, AuthnProvider provider) {}

    /** Is told what a provider, by its first name, knows of a user: {@code realm} is null for a password's hash. */
    @FunctionalInterface
    public interface Memory {
        void store(Request request, String provider, String user, @Nullable String realm, String hash);
    }

    /** {@code named} is told the place of each line that names the provider. */
    private record Brought(String module, AuthnProvider provider, Consumer<Line.@Nullable At> named) {}

    private final Map<String, Brought> brought = new ConcurrentHashMap<>();
    private final Map<String, AuthnProvider> aliases = new ConcurrentHashMap<>();
    private volatile @Nullable Named usual;
    private volatile @Nullable Memory memory;

    /** Known from now on, where {@code module} is loaded. */
    public void bring(String module, String name, AuthnProvider provider) {
        bring(module, name, provider, at -> {});
    }

    /** As {@link #bring(String, String, AuthnProvider)}; {@code named} is told the place of each line that names it. */
    public void bring(String module, String name, AuthnProvider provider, Consumer<Line.@Nullable At> named) {
        brought.put(name, new Brought(module, provider, named));
    }

    /** {@code base} under another name and with the settings of its section over those of the request. */
    public void alias(String name, Named base, Settings settings) {
        AuthnProvider provider = base.provider;
        AuthnProvider.Hashes hashes = provider.hashes();
        aliases.put(
                name,
                new AuthnProvider(
                        (request, user, password) -> with(
                                settings, request, () -> provider.passwords().check(request, user, password)),
                        hashes == null
                                ? null
                                : (request, user, realm) ->
                                        with(settings, request, () -> hashes.find(request, user, realm))));
    }

    private static <T> T with(Settings inner, Request request, Supplier<T> question) {
        Settings outer = request.settings();
        request.settings(outer.over(inner));
        try {
            return question.get();
        } finally {
            request.settings(outer);
        }
    }

    public boolean isKnown(String name, Scope scope) {
        Brought found = brought.get(name);
        return aliases.containsKey(name) || (found != null && scope.isLoaded(found.module));
    }

    /** The provider called {@code name}; upper and lower case differ, as in httpd's table. */
    public Named find(String name, Scope scope) throws BadArgument {
        AuthnProvider alias = aliases.get(name);
        if (alias != null) {
            return new Named(name, alias);
        }
        Brought found = brought.get(name);
        if (found == null || !scope.isLoaded(found.module)) {
            throw new BadArgument("Unknown Authn provider: " + name);
        }
        found.named.accept(scope.at());
        return new Named(name, found.provider);
    }

    /** What is asked where no line names a provider; null where mod_authn_file is not loaded. */
    public @Nullable Named usual() {
        return usual;
    }

    public void usual(Named provider) {
        usual = provider;
    }

    public void remembering(Memory by) {
        memory = by;
    }

    /** For a provider to call when it has found a user. */
    public void remember(Request request, String provider, String user, @Nullable String realm, String hash) {
        Memory by = memory;
        if (by != null) {
            by.store(request, provider, user, realm, hash);
        }
    }
}
