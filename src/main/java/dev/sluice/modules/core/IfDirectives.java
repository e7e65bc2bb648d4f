package dev.sluice.modules.core;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.reads;

import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Effect;
import dev.sluice.directive.Line;
import dev.sluice.directive.Scope;
import dev.sluice.expression.BadExpression;
import dev.sluice.model.Merge;
import dev.sluice.model.Section;
import dev.sluice.model.Setting;
import dev.sluice.syntax.Word;
import java.util.List;

/** {@code <If>}, {@code <ElseIf>} and {@code <Else>} (ifsection, core.c). */
final class IfDirectives {
    /**
     * The conditional sections that stand in whatever sections apply to a request, in the order of merging: httpd's
     * {@code sec_if}.
     */
    static final Setting<List<IfSection>> IF_SECTIONS =
            Setting.perDirectory("<If>", List.<IfSection>of(), Merge.append());

    private IfDirectives() {}

    static List<Directive> rows() {
        return List.of(
                row("<If", Section.Kind.IF), row("<ElseIf", Section.Kind.ELSE_IF), row("<Else", Section.Kind.ELSE));
    }

    private static Directive row(String name, Section.Kind kind) {
        Effect effect =
                kind == Section.Kind.ELSE ? IfDirectives::otherwise : (line, scope) -> condition(kind, line, scope);
        return directive(name, CoreWords.ALL, reads(Args.RAW_ARGS, effect, IF_SECTIONS));
    }

    /** One word, which is why conditions stand in quotes. httpd looks for more words only once the section is read. */
    private static void condition(Section.Kind kind, Line line, Scope scope) throws BadArgument {
        List<Word> words = SectionDirectives.arguments(line);
        Word text = words.get(0);
        RequestExpression condition;
        try {
            condition = RequestExpression.condition(text.text(), scope);
        } catch (BadExpression e) {
            throw new BadArgument("Cannot parse condition clause: " + e.message(), text.span());
        }
        Section section = scope.readSection(kind, text.text(), IfSection.BY_CONDITION, line);
        add(new IfSection(section, condition), line, scope);
        if (words.size() > 1) {
            throw new BadArgument("Multiple <" + kind.directive() + "> arguments not supported.");
        }
    }

    private static void otherwise(Line line, Scope scope) throws BadArgument {
        if (!line.args().isBlank()) {
            throw new BadArgument("<Else> does not take an argument");
        }
        Section section = scope.readSection(Section.Kind.ELSE, "", IfSection.BY_CONDITION, line);
        add(new IfSection(section, null), line, scope);
    }

    private static void add(IfSection section, Line line, Scope scope) throws BadArgument {
        if (section.section().kind() != Section.Kind.IF) {
            List<IfSection> before = scope.given(IF_SECTIONS);
            if (before == null || before.get(before.size() - 1).section().kind() == Section.Kind.ELSE) {
                throw new BadArgument(
                        "<Else> or <ElseIf> section without previous <If> or <ElseIf> section in same scope");
            }
        }
        scope.give(IF_SECTIONS, List.of(section), line.span());
    }
}
