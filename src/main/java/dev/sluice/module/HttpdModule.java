package dev.sluice.module;

import dev.sluice.connection.ListenerPlan;
import dev.sluice.directive.Directive;
import dev.sluice.model.Configuration;
import dev.sluice.model.Server;
import dev.sluice.request.Filters;
import dev.sluice.request.Hooks;
import java.util.List;

/**
 * One of httpd's modules.
 *
 * <p>An instance serves one reading of the configuration: what a module keeps while it serves (open logs, pools) is in
 * fields of the instance, filled by {@link #start}, and a reload makes new instances. Settings, views and rows are
 * constants.
 */
public interface HttpdModule {
    /** As LoadModule takes it: {@code proxy_module}. */
    String id();

    /** httpd's source file, as {@code <IfModule>} and {@code -l} know it: {@code mod_proxy.c}. */
    String file();

    /** As error logs name it: {@code proxy}. */
    default String shortName() {
        String id = id();
        return id.endsWith("_module") ? id.substring(0, id.length() - "_module".length()) : id;
    }

    /** The table of directives, in httpd's order. */
    default List<Directive> directives() {
        return List.of();
    }

    default void hooks(Hooks.OfModule hooks) {}

    /** Registers the filters that bodies may go through. Once started. */
    default void filters(Filters filters) {}

    /** Says how the connections of {@code server} are spoken, as far as this module has a say. */
    default void connections(Server server, ListenerPlan plan) throws CannotStart {}

    /** Judges the whole, after reading: part of {@code -t}, as httpd's check_config and test_config hooks are. */
    default void check(Configuration configuration) throws CannotStart {}

    /** Opens what serving needs. Part of starting and reloading, not of {@code -t}. */
    default void start(Start start) throws CannotStart {}

    default List<LintRule> lints() {
        return List.of();
    }
}
