package dev.sluice.modules.mappers.rewrite;

import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Line;
import dev.sluice.directive.Scope;
import dev.sluice.source.SourceFile;
import dev.sluice.syntax.Quoting;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads RewriteMap (cmd_rewritemap, mod_rewrite.c). */
final class MapLines {
    /** Those that the library has beside "default", which is Berkeley DB's. */
    private static final Set<String> DBM_TYPES = Set.of("default", "db", "gdbm", "sdbm");

    private MapLines() {}

    static RewriteMap read(Line line, Scope scope) throws BadArgument {
        String name = line.words().get(0).text();
        String source = line.words().get(1).text();
        String lower = source.toLowerCase(Locale.ROOT);
        if (lower.startsWith("txt:")) {
            return new TextMap(existing(name, source.substring(4), scope), false);
        }
        if (lower.startsWith("rnd:")) {
            return new TextMap(existing(name, source.substring(4), scope), true);
        }
        if (lower.startsWith("dbm")) {
            throw dbm(name, source, scope);
        }
        if (lower.startsWith("dbd:") || lower.startsWith("fastdbd:")) {
            if (!scope.isLoaded("dbd_module")) {
                throw new BadArgument("RewriteMap types dbd and fastdbd require mod_dbd!");
            }
            throw BadArgument.refusal("RewriteMap " + name + " is not supported: databases are not asked");
        }
        if (lower.startsWith("prg:")) {
            return program(name, source.substring(4), line, scope);
        }
        if (lower.startsWith("int:")) {
            RewriteMap map = InternalMap.of(source.substring(4));
            if (map == null) {
                throw new BadArgument("RewriteMap: internal map not found:" + source.substring(4));
            }
            return map;
        }
        return new TextMap(existing(name, source, scope), false);
    }

    private static Path existing(String name, String file, Scope scope) throws BadArgument {
        Path path = scope.resolve(SourceFile.utf8(file)).normalize();
        if (!Files.exists(path)) {
            throw missing(name, path);
        }
        return path;
    }

    private static BadArgument missing(String name, Path path) {
        String shown = new String(path.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        return BadArgument.ofMachine("RewriteMap: file for map " + name + " not found:" + shown);
    }

    private static RewriteMap program(String name, String command, Line line, Scope scope) throws BadArgument {
        List<String> words = new ArrayList<>();
        Quoting quoting = new Quoting(command);
        while (!quoting.isAtEnd()) {
            words.add(quoting.word());
        }
        Path program = existing(name, words.isEmpty() ? "" : words.get(0), scope);
        if (line.words().size() > 2) {
            throw BadArgument.refusal("RewriteMap " + name
                    + " is not supported: its program would run as the server's user, not as '"
                    + line.words().get(2).text() + "'");
        }
        List<String> resolved = new ArrayList<>(words);
        if (resolved.isEmpty()) {
            resolved.add("");
        }
        resolved.set(0, program.toString());
        return new ProgramMap(List.copyOf(resolved));
    }

    /** What httpd would say, or else that these files are not read here. */
    private static BadArgument dbm(String name, String source, Scope scope) throws BadArgument {
        int colon = source.indexOf(':');
        String type = "default";
        if (source.length() > 3 && source.charAt(3) == '=') {
            type = source.substring(4, colon < 0 ? source.length() : colon);
        } else if (colon != 3) {
            colon = -1;
        }
        if (colon < 0) {
            throw new BadArgument("RewriteMap: bad map:" + source);
        }
        if (!DBM_TYPES.contains(type)) {
            throw new BadArgument("RewriteMap: dbm type " + type + " is invalid");
        }
        String file = source.substring(colon + 1);
        for (String suffix : type.equals("sdbm") ? List.of(".dir", ".pag") : List.of("")) {
            existing(name, file + suffix, scope);
        }
        return new BadArgument(
                "RewriteMap " + name + " is not supported: DBM files are not read; a txt: map of the same keys is");
    }
}
