package dev.sluice.syntax;

import dev.sluice.source.SourceFile;
import dev.sluice.source.Span;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;

/**
 * Reads the text of a configuration file into statements. Every text reads: what httpd thinks of it shows when it is
 * executed. Takes time linear in the length of the text.
 */
public final class ConfigParser {
    private final SourceFile file;
    private final HttpdParser parser;

    private ConfigParser(SourceFile file) {
        this.file = file;
        this.parser = new HttpdParser(tokens(file));
    }

    /** The statements of {@code file}, whose texts together are the text of the file. */
    public static List<Statement> parse(SourceFile file) {
        return new ConfigParser(file).statements();
    }

    static CommonTokenStream tokens(SourceFile file) {
        return new CommonTokenStream(new HttpdLexer(new Bytes(file.name(), file.text())));
    }

    private List<Statement> statements() {
        List<Statement> statements = new ArrayList<>();
        while (parser.getCurrentToken().getType() != Token.EOF) {
            statements.add(statement(parser.line()));
        }
        return statements;
    }

    private Statement statement(HttpdParser.LineContext line) {
        Span span = file.span(line.getStart().getStartIndex(), end(line));
        if (line.COMMENT() != null) {
            return new Statement.Comment(span);
        }
        if (line.words() == null) {
            return new Statement.Blank(span);
        }
        List<Word> words = words(line);
        if (line.OPEN() != null) {
            return new Statement.SectionOpen(span, words);
        }
        return line.CLOSE() != null
                ? new Statement.SectionClose(span, words)
                : new Statement.DirectiveLine(span, words);
    }

    private int end(HttpdParser.LineContext line) {
        Token last = line.getStop();
        return last.getType() == Token.EOF ? file.text().length() : last.getStopIndex() + 1;
    }

    private List<Word> words(HttpdParser.LineContext line) {
        List<Word> words = new ArrayList<>();
        addWords(line, words);
        addWords(line.words(), words);
        return List.copyOf(words);
    }

    private void addWords(ParserRuleContext context, List<Word> words) {
        for (int i = 0; i < context.getChildCount(); i++) {
            ParseTree child = context.getChild(i);
            if (child instanceof TerminalNode leaf && isWord(leaf.getSymbol().getType())) {
                Token token = leaf.getSymbol();
                Span span = file.span(token.getStartIndex(), token.getStopIndex() + 1);
                words.add(new Word(new Quoting(LogicalText.of(span).text()).word(), span));
            }
        }
    }

    private static boolean isWord(int type) {
        return type == HttpdLexer.WORD
                || type == HttpdLexer.QUOTED
                || type == HttpdLexer.OPEN
                || type == HttpdLexer.CLOSE;
    }
}
