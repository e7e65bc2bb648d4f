package dev.sluice.modules.proxy;

import dev.sluice.directive.Scope;
import dev.sluice.modules.proxy.hcheck.HealthCheckLines;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code key=value} words of a line. */
final class Parameters {
    private final List<WorkerLine.Parameter> all = new ArrayList<>();

    /** Adds {@code key=value}; a key that is there already, in any case, gets the new value (apr_table_setn). */
    WorkerLine.Parameter add(String word) {
        int equals = word.indexOf('=');
        WorkerLine.Parameter added = new WorkerLine.Parameter(word.substring(0, equals), word.substring(equals + 1));
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).key().equalsIgnoreCase(added.key())) {
                all.set(i, new WorkerLine.Parameter(all.get(i).key(), added.value()));
                return added;
            }
        }
        all.add(added);
        return added;
    }

    List<WorkerLine.Parameter> all() {
        return List.copyOf(all);
    }

    /** httpd's complaint about the first wrong one, as parameters of a worker; null where all are well. */
    @Nullable
    String complaint(WorkerParameters.Reader reader, Scope scope) {
        for (WorkerLine.Parameter each : all) {
            String complaint = complaint(reader, each, scope);
            if (complaint != null) {
                return complaint;
            }
        }
        return null;
    }

    /** httpd's complaint about a worker's parameter, or null. Those that mod_proxy does not know are mod_proxy_hcheck's. */
    static @Nullable String complaint(WorkerParameters.Reader reader, WorkerLine.Parameter parameter, Scope scope) {
        if (WorkerParameters.Reader.isKnown(parameter.key())) {
            return reader.set(parameter.key(), parameter.value());
        }
        return scope.isLoaded("proxy_hcheck_module")
                ? HealthCheckLines.complaint(parameter.key(), parameter.value(), scope)
                : "unknown Worker parameter";
    }

    private static boolean isTemplate(WorkerLine.Parameter parameter) {
        return parameter.key().equalsIgnoreCase("hctemplate");
    }

    /** The same, but what a template says stands in the place of its name. */
    List<WorkerLine.Parameter> expanded(Scope scope) {
        List<WorkerLine.Parameter> out = new ArrayList<>();
        for (WorkerLine.Parameter each : all) {
            expand(each, scope, out);
        }
        return List.copyOf(out);
    }

    static void expand(WorkerLine.Parameter parameter, Scope scope, List<WorkerLine.Parameter> out) {
        if (isTemplate(parameter)) {
            HealthCheckLines.template(parameter.value(), scope)
                    .forEach((key, value) -> out.add(new WorkerLine.Parameter(key, value)));
        } else {
            out.add(parameter);
        }
    }
}
