package dev.sluice.modules.metadata;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.reads;
import static dev.sluice.directive.Places.anywhere;
import static dev.sluice.model.Setting.perDirectory;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Findings;
import dev.sluice.directive.Line;
import dev.sluice.directive.Places;
import dev.sluice.directive.Scope;
import dev.sluice.model.Merge;
import dev.sluice.model.Setting;
import dev.sluice.model.View;
import dev.sluice.module.HttpdModule;
import dev.sluice.request.Environment;
import dev.sluice.request.Hooks;
import dev.sluice.request.Outcome;
import dev.sluice.request.Phase;
import dev.sluice.request.Request;
import dev.sluice.syntax.Word;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** mod_env: variables of a request that do not depend on it. */
public final class EnvModule implements HttpdModule {
    /** Empty for a name that UnsetEnv took away. */
    static final Setting<Map<String, Optional<String>>> VARIABLES =
            perDirectory("SetEnv", Map.<String, Optional<String>>of(), Merge.overlay());

    private static final View<List<Variable>> SET = View.of(settings -> settings.get(VARIABLES).entrySet().stream()
            .flatMap(e -> e.getValue().map(value -> new Variable(e.getKey(), value)).stream())
            .toList());

    private record Variable(String name, String value) {}

    @Override
    public String id() {
        return "env_module";
    }

    @Override
    public String file() {
        return "mod_env.c";
    }

    @Override
    public List<Directive> directives() {
        Places fileInfo = anywhere(AllowOverride.FILE_INFO);
        return List.of(
                directive("PassEnv", fileInfo, reads(Args.ITERATE, EnvModule::passEnv, VARIABLES)),
                directive("SetEnv", fileInfo, reads(Args.TAKE12, EnvModule::setEnv, VARIABLES)),
                directive("UnsetEnv", fileInfo, reads(Args.ITERATE, EnvModule::unsetEnv, VARIABLES)));
    }

    private static void passEnv(Line line, Scope scope) throws BadArgument {
        needWords(line, "PassEnv requires at least one argument, a list of environment variables to pass to CGI.");
        for (Word word : line.words()) {
            String value = System.getenv(word.text());
            if (value == null) {
                warn(line, scope, "AH01506: PassEnv variable " + word.text() + " was undefined");
            } else {
                scope.give(VARIABLES, Map.of(word.text(), Optional.of(value)), line.span());
            }
        }
    }

    private static void setEnv(Line line, Scope scope) {
        String name = line.words().get(0).text();
        if (name.indexOf('=') >= 0) {
            warn(
                    line,
                    scope,
                    "AH10032: Spurious usage of '=' in an environment variable name. 'SetEnv "
                            + name.substring(0, name.indexOf('=')) + " "
                            + name.substring(name.indexOf('=') + 1) + "' expected instead?");
        }
        String value = line.words().size() > 1 ? line.words().get(1).text() : "";
        scope.give(VARIABLES, Map.of(name, Optional.of(value)), line.span());
    }

    private static void unsetEnv(Line line, Scope scope) throws BadArgument {
        needWords(
                line,
                "UnsetEnv requires at least one argument, a list of variables to remove from the CGI environment.");
        for (Word word : line.words()) {
            scope.give(VARIABLES, Map.of(word.text(), Optional.empty()), line.span());
        }
    }

    private static void needWords(Line line, String complaint) throws BadArgument {
        if (line.words().isEmpty()) {
            throw new BadArgument(complaint);
        }
    }

    private static void warn(Line line, Scope scope, String message) {
        scope.find(Findings.HTTPD_WARNING, line.span(), message);
    }

    @Override
    public void hooks(Hooks.OfModule hooks) {
        hooks.at(Phase.FIXUPS, EnvModule::set);
    }

    /** What another module has set before stays: httpd lays the request's table over this one. */
    private static Outcome set(Request request) {
        List<Variable> variables = request.settings().view(SET);
        Environment environment = request.environment();
        for (int i = 0; i < variables.size(); i++) {
            Variable variable = variables.get(i);
            if (!environment.has(variable.name())) {
                environment.set(variable.name(), variable.value());
            }
        }
        return Outcome.DECLINED;
    }
}
