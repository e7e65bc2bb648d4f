package dev.sluice.config;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Line;
import dev.sluice.directive.Overrides;
import dev.sluice.directive.Place;
import dev.sluice.directive.Scope;
import dev.sluice.model.Matcher;
import dev.sluice.model.Section;
import dev.sluice.model.Setting;
import dev.sluice.model.Settings;
import dev.sluice.module.HttpdModule;
import dev.sluice.source.Diagnostic;
import dev.sluice.source.Fix;
import dev.sluice.source.Rule;
import dev.sluice.source.Span;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The scope of one section while its lines are executed. */
final class SectionScope implements Scope {
    private final Binder binder;
    private final ServerDraft server;
    private final Place place;
    private final SectionDraft draft;
    private final @Nullable Enclosing enclosing;
    private final @Nullable Methods methods;
    private @Nullable Line executing;

    SectionScope(Binder binder, ServerDraft server, Place place, SectionDraft draft) {
        this(binder, server, place, draft, null, null);
    }

    private SectionScope(
            Binder binder,
            ServerDraft server,
            Place place,
            SectionDraft draft,
            @Nullable Enclosing enclosing,
            @Nullable Methods methods) {
        this.binder = binder;
        this.server = server;
        this.place = place;
        this.draft = draft;
        this.enclosing = enclosing;
        this.methods = methods;
    }

    /** The top of an access file: what stands in it is as if it stood in a section of {@code directory}. */
    static SectionScope ofAccessFile(
            Binder binder, SectionDraft draft, Overrides admitted, String directory, Matcher below) {
        Enclosing around = new Enclosing(Section.Kind.DIRECTORY, directory, below);
        ServerDraft none = new ServerDraft();
        return new SectionScope(binder, none, Place.accessFile(admitted), draft, around, null);
    }

    /** Remembers the line that is executed, for findings; hands back the one before. */
    @Nullable
    Line executing(@Nullable Line line) {
        Line before = executing;
        executing = line;
        return before;
    }

    @Override
    public Place place() {
        return place;
    }

    @Override
    public Line.@Nullable At at() {
        Line line = executing;
        return line == null ? null : line.at();
    }

    @Override
    public Path serverRoot() {
        return binder.serverRoot();
    }

    @Override
    public Set<String> defines() {
        return binder.defines();
    }

    @Override
    public boolean isLoaded(String moduleId) {
        return binder.loaded().stream().anyMatch(m -> m.id().equals(moduleId));
    }

    @Override
    public @Nullable String shortName(String module) {
        for (HttpdModule each : binder.loaded()) {
            String shortName = each.id().replaceFirst("_module$", "");
            if (module.equals(each.id()) || module.equals(each.file()) || module.equals(shortName)) {
                return shortName;
            }
        }
        return null;
    }

    @Override
    public Known known(String directive) {
        return binder.known(directive);
    }

    @Override
    public @Nullable Enclosing enclosing() {
        return enclosing;
    }

    @Override
    public @Nullable Methods methods() {
        return methods;
    }

    @Override
    public <T> void give(Setting<T> setting, T value, Span origin) {
        builder(setting).give(setting, value, origin);
    }

    @Override
    public <T> @Nullable T given(Setting<T> setting) {
        boolean ofServer = setting.holder() == Setting.Holder.SERVER;
        return (ofServer ? server.settings : draft.directory).given(setting);
    }

    @Override
    public <T> void giveServer(Setting<T> setting, T value, Span origin) {
        ofServer(setting).give(setting, value, origin);
    }

    @Override
    public <T> @Nullable T givenByServer(Setting<T> setting) {
        return ofServer(setting).given(setting);
    }

    private Settings.Builder ofServer(Setting<?> setting) {
        if (setting.holder() != Setting.Holder.SERVER || place.kind() == Place.Kind.HTACCESS) {
            throw new IllegalStateException("holder of " + setting + ": " + setting.holder() + " (expected: SERVER)");
        }
        return server.settings;
    }

    private Settings.Builder builder(Setting<?> setting) {
        if (setting.holder() == Setting.Holder.DIRECTORY) {
            return draft.directory;
        }
        if (place.kind() != Place.Kind.SERVER) {
            throw new IllegalStateException("holder of " + setting + ": SERVER (expected: DIRECTORY)");
        }
        return server.settings;
    }

    @Override
    public void openServer(Line section) {
        binder.openServer(section, this);
    }

    @Override
    public void openSection(Section.Kind kind, String argument, Matcher matcher, Line section) throws BadArgument {
        draft.sections.add(readSection(kind, argument, matcher, section));
    }

    @Override
    public Section readSection(Section.Kind kind, String argument, Matcher matcher, Line section) {
        SectionDraft inner = draft.inner();
        Place inside = place.inside(kind.directive(), insideKind());
        Enclosing around = new Enclosing(kind, argument, matcher);
        binder.execute(section.children(), new SectionScope(binder, server, inside, inner, around, null));
        return inner.section(kind, argument, matcher, section.span());
    }

    private Place.Kind insideKind() {
        return place.kind() == Place.Kind.HTACCESS ? Place.Kind.HTACCESS : Place.Kind.DIRECTORY;
    }

    @Override
    public void openGroup(Line section) {
        Place inside = place.inside(section.name(), place.kind());
        binder.execute(section.children(), new SectionScope(binder, server, inside, draft, enclosing, methods));
    }

    @Override
    public void openLimit(Methods limited, Line section) {
        Place inside = place.inside(section.name(), place.kind());
        binder.execute(section.children(), new SectionScope(binder, server, inside, draft, enclosing, limited));
    }

    @Override
    public Settings gather(Line section, AllowOverride only) {
        SectionDraft inner = draft.inner();
        Place inside = place.insideOnly(section.name(), only);
        binder.execute(section.children(), new SectionScope(binder, server, inside, inner, enclosing, methods));
        return inner.directory.build();
    }

    @Override
    public void find(Rule rule, Span span, String message, @Nullable Fix fix) {
        binder.report(executing, new Diagnostic(rule, span, message, fix));
    }
}
