package dev.sluice.modules.metadata;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.raw;
import static dev.sluice.directive.Places.anywhere;
import static dev.sluice.model.Setting.perDirectory;
import static dev.sluice.model.Setting.perServer;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Line;
import dev.sluice.directive.Place;
import dev.sluice.directive.Places;
import dev.sluice.directive.Scope;
import dev.sluice.expression.BadExpression;
import dev.sluice.expression.BadPattern;
import dev.sluice.expression.Regex;
import dev.sluice.model.Merge;
import dev.sluice.model.Setting;
import dev.sluice.module.HttpdModule;
import dev.sluice.modules.core.RequestExpression;
import dev.sluice.request.Hooks;
import dev.sluice.request.Outcome;
import dev.sluice.request.Phase;
import dev.sluice.request.Request;
import dev.sluice.syntax.Word;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** mod_setenvif: variables of a request by what its head says. */
public final class SetenvifModule implements HttpdModule {
    /** Applied as soon as the request is read. */
    static final Setting<List<EnvRule>> RULES = perServer("SetEnvIf", List.<EnvRule>of(), Merge.append());

    /** Applied when the sections are known. */
    static final Setting<List<EnvRule>> SECTION_RULES = perDirectory("SetEnvIf", List.<EnvRule>of(), Merge.append());

    @Override
    public String id() {
        return "setenvif_module";
    }

    @Override
    public String file() {
        return "mod_setenvif.c";
    }

    @Override
    public List<Directive> directives() {
        Places fileInfo = anywhere(AllowOverride.FILE_INFO);
        String noCertificates = "OID(...) is refused";
        return List.of(
                directive(
                        "SetEnvIf",
                        fileInfo,
                        raw((l, s) -> setEnvIf("SetEnvIf", false, l, s), RULES, SECTION_RULES)
                                .partly(noCertificates)),
                directive(
                        "SetEnvIfNoCase",
                        fileInfo,
                        raw((l, s) -> setEnvIf("SetEnvIfNoCase", true, l, s), RULES, SECTION_RULES)
                                .partly(noCertificates)),
                directive("SetEnvIfExpr", fileInfo, raw(SetenvifModule::setEnvIfExpr, RULES, SECTION_RULES)),
                directive(
                        "BrowserMatch",
                        fileInfo,
                        raw((l, s) -> browserMatch("BrowserMatch", false, l, s), RULES, SECTION_RULES)),
                directive(
                        "BrowserMatchNoCase",
                        fileInfo,
                        raw((l, s) -> browserMatch("BrowserMatchNoCase", true, l, s), RULES, SECTION_RULES)));
    }

    private static void setEnvIf(String name, boolean ignoreCase, Line line, Scope scope) throws BadArgument {
        String attribute = word(line, 0, "Missing header-field name for " + name);
        if (attribute.toLowerCase(Locale.ROOT).startsWith("oid(")) {
            throw BadArgument.refusal(
                    name + " is not supported with OID(...): extensions of certificates are not read");
        }
        rule(name, attribute, 1, ignoreCase, line, scope);
    }

    private static void browserMatch(String name, boolean ignoreCase, Line line, Scope scope) throws BadArgument {
        rule(name, "User-Agent", 0, ignoreCase, line, scope);
    }

    private static void rule(String name, String attribute, int patternAt, boolean ignoreCase, Line line, Scope scope)
            throws BadArgument {
        String pattern = word(line, patternAt, "Missing regular expression for " + name);
        EnvAttribute looksAt;
        try {
            looksAt = EnvAttribute.read(attribute, ignoreCase);
        } catch (BadPattern e) {
            throw new BadArgument(e.in(name + "Header name regex could not be compiled."));
        }
        String literal = EnvRule.literal(pattern);
        Regex regex = literal == null ? compiled(name, pattern, ignoreCase) : null;
        List<EnvRule.Variable> variables = variables(name, line.words(), patternAt + 1);
        String text = literal == null ? "" : ignoreCase ? EnvRule.lower(literal) : literal;
        EnvRule rule = new EnvRule(looksAt, regex, null, text, ignoreCase, variables);
        give(rule, line, scope);
    }

    private static void setEnvIfExpr(Line line, Scope scope) throws BadArgument {
        String condition = word(line, 0, "Missing expression for SetEnvIfExpr");
        RequestExpression expression;
        try {
            expression = RequestExpression.condition("setenvif", condition, scope);
        } catch (BadExpression e) {
            throw new BadArgument("Could not parse expression \"" + condition + "\": " + e.message());
        }
        List<EnvRule.Variable> variables = variables("SetEnvIfExpr", line.words(), 1);
        give(new EnvRule(EnvAttribute.NONE, null, expression, "", false, variables), line, scope);
    }

    private static void give(EnvRule rule, Line line, Scope scope) {
        boolean server = scope.place().kind() == Place.Kind.SERVER;
        scope.give(server ? RULES : SECTION_RULES, List.of(rule), line.span());
    }

    private static Regex compiled(String name, String pattern, boolean ignoreCase) throws BadArgument {
        try {
            return ignoreCase ? Regex.compileIgnoringCase(pattern) : Regex.compile(pattern);
        } catch (BadPattern e) {
            throw new BadArgument(e.in(name + " regex could not be compiled."));
        }
    }

    /** A name given twice counts once, with its last value. */
    private static List<EnvRule.Variable> variables(String name, List<Word> words, int from) throws BadArgument {
        Map<String, EnvRule.Variable> variables = new LinkedHashMap<>();
        Map<String, String> spellings = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = from; i < words.size() && !words.get(i).text().isEmpty(); i++) {
            EnvRule.Variable variable = EnvRule.Variable.read(words.get(i).text());
            String spelling = spellings.computeIfAbsent(variable.name(), n -> n);
            variables.put(spelling, variable);
        }
        if (variables.isEmpty()) {
            throw new BadArgument("Missing envariable expression for " + name);
        }
        return List.copyOf(variables.values());
    }

    private static String word(Line line, int index, String complaint) throws BadArgument {
        String text = index < line.words().size() ? line.words().get(index).text() : "";
        if (text.isEmpty()) {
            throw new BadArgument(complaint);
        }
        return text;
    }

    @Override
    public void hooks(Hooks.OfModule hooks) {
        hooks.at(Phase.POST_READ_REQUEST, r -> apply(r, r.server().settings().get(RULES)))
                .at(Phase.HEADER_PARSER, r -> apply(r, r.settings().get(SECTION_RULES)));
    }

    private static Outcome apply(Request request, List<EnvRule> rules) {
        EnvAttribute last = null;
        String text = "";
        for (int i = 0; i < rules.size(); i++) {
            EnvRule rule = rules.get(i);
            RequestExpression expression = rule.expression();
            if (expression != null) {
                rule.applyExpression(expression, request);
                continue;
            }
            if (rule.attribute() != last) {
                last = rule.attribute();
                text = orEmpty(last.value(request));
            }
            rule.apply(text, request.environment());
        }
        return Outcome.DECLINED;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
