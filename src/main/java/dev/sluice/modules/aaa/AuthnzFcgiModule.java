package dev.sluice.modules.aaa;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.reads;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Findings;
import dev.sluice.directive.Line;
import dev.sluice.directive.Place;
import dev.sluice.directive.Places;
import dev.sluice.directive.Scope;
import dev.sluice.expression.BadExpression;
import dev.sluice.module.CannotStart;
import dev.sluice.module.HttpdModule;
import dev.sluice.module.Start;
import dev.sluice.modules.aaa.authn.AuthnProvider;
import dev.sluice.modules.aaa.authn.AuthnProviders;
import dev.sluice.modules.aaa.authn.AuthnResult;
import dev.sluice.modules.core.RequestExpression;
import dev.sluice.modules.core.Unserved;
import dev.sluice.syntax.Word;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** mod_authnz_fcgi: users and rights that a FastCGI authorizer knows. Its lines are checked; a server with them does not start. */
public final class AuthnzFcgiModule implements HttpdModule {
    private static final String ID = "authnz_fcgi_module";
    private static final Pattern ADDRESS = Pattern.compile("fcgi://(\\[[^]]*\\]|[^:/]+):(\\d{1,5})/?");

    private final Unserved unserved = new Unserved("FastCGI authorizers are not asked");
    private final AuthnProviders users;
    private final AuthzProviders rights;

    public AuthnzFcgiModule(AuthnProviders users, AuthzProviders rights) {
        this.users = users;
        this.rights = rights;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String file() {
        return "mod_authnz_fcgi.c";
    }

    @Override
    public List<Directive> directives() {
        return List.of(
                directive(
                        "AuthnzFcgiDefineProvider",
                        Places.MAIN_SERVER,
                        reads(Args.TAKE_ARGV, this::define).partly(unserved.verdict())),
                directive(
                        "AuthnzFcgiCheckAuthnProvider",
                        Places.anywhere(AllowOverride.FILE_INFO),
                        reads(Args.TAKE_ARGV, this::checkUser).partly(unserved.verdict())));
    }

    @Override
    public void start(Start start) throws CannotStart {
        unserved.check();
    }

    /** fcgi_define_provider of mod_authnz_fcgi.c. */
    private void define(Line line, Scope scope) throws BadArgument {
        List<String> words = line.words().stream().map(Word::text).toList();
        List<String> missing = List.of("type", "provider name", "backend-address");
        if (words.size() < missing.size()) {
            throw new BadArgument(line.name() + ": No " + missing.get(words.size()) + " given");
        }
        String type = words.get(0).toLowerCase(Locale.ROOT);
        if (!List.of("authn", "authz", "authnz").contains(type)) {
            throw new BadArgument(line.name() + ": Invalid provider type " + words.get(0));
        }
        String address = words.get(2);
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches() || Integer.parseInt(parts.group(2)) > 0xffff) {
            throw new BadArgument(line.name() + ": backend-address '" + address + "' has invalid form");
        }
        if (words.size() > missing.size()) {
            throw new BadArgument(line.name() + ": Unexpected parameter " + words.get(3));
        }
        resolve(parts.group(1), address, line, scope);
        bring(type, words.get(1));
        unserved.ask(line.name(), scope.at());
    }

    private static void resolve(String host, String address, Line line, Scope scope) throws BadArgument {
        try {
            InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            scope.find(
                    Findings.HTTPD_WARNING,
                    line.span(),
                    "(EAI 2)Name or service not known: AH02530: Address " + address + " could not be resolved");
            throw BadArgument.ofMachine(line.name() + ": Error resolving backend address");
        }
    }

    private void bring(String type, String name) {
        if (!type.equals("authz")) {
            users.bring(ID, name, new AuthnProvider((request, user, password) -> AuthnResult.GENERAL_ERROR, null));
        }
        if (!type.equals("authn")) {
            rights.bring(ID, name, (args, scope) -> request -> AuthzResult.GENERAL_ERROR);
        }
    }

    /** fcgi_check_authn_provider of mod_authnz_fcgi.c. */
    private void checkUser(Line line, Scope scope) throws BadArgument {
        if (line.words().isEmpty()) {
            throw new BadArgument(line.name() + ": No provider given");
        }
        Iterator<Word> words = line.words().iterator();
        if (words.next().text().equalsIgnoreCase("None")) {
            if (words.hasNext()) {
                throw new BadArgument("Options aren't supported with \"None\"");
            }
            return;
        }
        if (scope.place().kind() == Place.Kind.HTACCESS) {
            throw BadArgument.refusal(line.name() + " is not supported: FastCGI authorizers are not asked");
        }
        while (words.hasNext()) {
            option(line.name(), words.next().text(), words, scope);
        }
        unserved.ask(line.name(), scope.at());
    }

    private static void option(String directive, String option, Iterator<Word> words, Scope scope) throws BadArgument {
        if (!words.hasNext()) {
            throw new BadArgument(directive + ": " + option + "needs an argument");
        }
        String value = words.next().text();
        switch (option.toLowerCase(Locale.ROOT)) {
            case "authoritative", "requirebasicauth" -> {
                if (!value.equalsIgnoreCase("on") && !value.equalsIgnoreCase("off")) {
                    throw new BadArgument(directive + ": Bad argument '" + value + "' to option '" + option + "'");
                }
            }
            case "defaultuser" -> {}
            case "userexpr" -> {
                try {
                    RequestExpression.string(value, scope);
                } catch (BadExpression e) {
                    throw new BadArgument(directive + ": Error parsing '" + value + "': '" + e.message() + "'");
                }
            }
            default -> throw new BadArgument(directive + ": Unexpected option '" + option + "'");
        }
    }
}
