package dev.sluice.modules.session;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.ignored;
import static dev.sluice.directive.Directive.raw;
import static dev.sluice.directive.Directive.reads;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Line;
import dev.sluice.directive.Place;
import dev.sluice.directive.Places;
import dev.sluice.directive.Scope;
import dev.sluice.module.CannotStart;
import dev.sluice.module.HttpdModule;
import dev.sluice.module.Start;
import dev.sluice.modules.core.Unserved;
import dev.sluice.syntax.Quoting;
import java.util.ArrayList;
import java.util.List;

/** mod_session_dbd: sessions in a database, which there is none of here. Its lines are checked; what asks for it does not start. */
public final class SessionDbdModule implements HttpdModule {
    private final Unserved unserved = new Unserved("there are no database drivers to keep sessions with");

    @Override
    public String id() {
        return "session_dbd_module";
    }

    @Override
    public String file() {
        return "mod_session_dbd.c";
    }

    @Override
    public List<Directive> directives() {
        Places places = Places.anywhereAndServers(AllowOverride.AUTH_CONFIG);
        List<Directive> rows = new ArrayList<>();
        Directive.directives(
                        places,
                        ignored(Args.TAKE1, "sessions in databases are refused at the start"),
                        "SessionDBDSelectLabel",
                        "SessionDBDInsertLabel",
                        "SessionDBDUpdateLabel",
                        "SessionDBDDeleteLabel")
                .forEach(rows::add);
        rows.add(directive(
                "SessionDBDPerUser", places, reads(Args.FLAG, this::perUser).partly(unserved.verdict())));
        rows.add(directive(
                "SessionDBDCookieRemove",
                places,
                ignored(Args.FLAG, "sessions in databases are refused at the start")));
        rows.add(directive("SessionDBDCookieName", places, raw(this::name).partly(unserved.verdict())));
        rows.add(directive("SessionDBDCookieName2", places, raw(this::name).partly(unserved.verdict())));
        return rows;
    }

    @Override
    public void start(Start start) throws CannotStart {
        unserved.check();
    }

    private void perUser(Line line, Scope scope) throws BadArgument {
        if (line.words().get(0).text().equalsIgnoreCase("on")) {
            ask(line, scope);
        }
    }

    private void name(Line line, Scope scope) throws BadArgument {
        if (line.args().isEmpty()) {
            throw new BadArgument(line.name() + " requires at least one argument!");
        }
        String name = new Quoting(line.args()).word();
        if (name.indexOf('=') >= 0 || name.indexOf(';') >= 0 || name.indexOf('&') >= 0) {
            throw new BadArgument(line.name() + " cannot contain '=', ';' or '&'.");
        }
        ask(line, scope);
    }

    private void ask(Line line, Scope scope) throws BadArgument {
        if (scope.place().kind() == Place.Kind.HTACCESS) {
            throw BadArgument.refusal(line.name() + " is not supported: sessions are not kept in databases");
        }
        unserved.ask(line.name(), scope.at());
    }
}
