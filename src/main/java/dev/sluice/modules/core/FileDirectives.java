package dev.sluice.modules.core;

import static dev.sluice.directive.Directive.directive;
import static dev.sluice.directive.Directive.ignored;
import static dev.sluice.directive.Directive.raw;
import static dev.sluice.directive.Directive.sets;
import static dev.sluice.directive.Places.SERVERS_AND_DIRECTORIES;
import static dev.sluice.directive.Places.anywhere;
import static dev.sluice.model.Setting.perDirectory;

import dev.sluice.directive.AllowOverride;
import dev.sluice.directive.Arg;
import dev.sluice.directive.Args;
import dev.sluice.directive.BadArgument;
import dev.sluice.directive.Directive;
import dev.sluice.directive.Places;
import dev.sluice.directive.Reading;
import dev.sluice.model.Setting;
import java.util.List;
import java.util.Locale;

/** core's directives about files: how they are found and how they are sent. */
final class FileDirectives {
    /** Whether a path that goes on behind a file is accepted. */
    enum PathInfo {
        ON,
        OFF,
        /** As the handler likes it: the one for files does not. */
        DEFAULT
    }

    static final Setting<PathInfo> ACCEPT_PATH_INFO = perDirectory("AcceptPathInfo", PathInfo.DEFAULT);

    static final Setting<Boolean> ENABLE_SENDFILE = perDirectory("EnableSendfile", false);

    /** Ranges of one request; 0 for none at all, -1 for any number. */
    static final Setting<Integer> MAX_RANGES = perDirectory("MaxRanges", 200);

    /** Ranges that run into another of the same request; 0 for none, -1 for any number. */
    static final Setting<Integer> MAX_RANGE_OVERLAPS = perDirectory("MaxRangeOverlaps", 20);

    /** Ranges that begin before another of the same request that stands before them; 0 for none, -1 for any number. */
    static final Setting<Integer> MAX_RANGE_REVERSALS = perDirectory("MaxRangeReversals", 20);

    private FileDirectives() {}

    static List<Directive> rows() {
        Places fileInfo = anywhere(AllowOverride.FILE_INFO);
        return List.of(
                directive(
                        "Options",
                        anywhere(AllowOverride.OPTIONS),
                        raw(DirectoryOptions::read, DirectoryOptions.SETTING)),
                directive("FileETag", fileInfo, raw(FileETag::read, FileETag.SETTING)),
                directive("AcceptPathInfo", fileInfo, sets(ACCEPT_PATH_INFO, pathInfo())),
                directive("EnableSendfile", fileInfo, sets(ENABLE_SENDFILE, CoreWords.onOff(ON_OFF))),
                directive("EnableMMAP", fileInfo, checked(ignored(Args.TAKE1, "files are read, not mapped"))),
                directive("MaxRanges", SERVERS_AND_DIRECTORIES, sets(MAX_RANGES, limit("MaxRanges"))),
                directive(
                        "MaxRangeOverlaps",
                        SERVERS_AND_DIRECTORIES,
                        sets(MAX_RANGE_OVERLAPS, limit("MaxRangeOverlaps"))),
                directive(
                        "MaxRangeReversals",
                        SERVERS_AND_DIRECTORIES,
                        sets(MAX_RANGE_REVERSALS, limit("MaxRangeReversals"))));
    }

    private static final String ON_OFF = "parameter must be 'on' or 'off'";

    private static Directive.Does checked(Directive.Does ignored) {
        Arg<Boolean> onOff = CoreWords.onOff(ON_OFF);
        return new Directive.Does(
                ignored.args(),
                (line, scope) -> {
                    onOff.read(line.words().get(0), line, scope);
                    ignored.effect().apply(line, scope);
                },
                ignored.verdict(),
                ignored.gives(),
                List.of(onOff));
    }

    private static Arg<PathInfo> pathInfo() {
        return Reading.oneOf(PathInfo.class, w -> "AcceptPathInfo must be set to on, off or default");
    }

    /** As set_max_ranges of httpd's core.c and its two sisters. */
    private static Arg<Integer> limit(String directive) {
        int byDefault = directive.equals("MaxRanges") ? 200 : 20;
        return (word, line, scope) -> switch (word.text().toLowerCase(Locale.ROOT)) {
            case "none" -> 0;
            case "default" -> byDefault;
            case "unlimited" -> -1;
            default -> {
                int number = Reading.atoi(word.text());
                if (number <= 0) {
                    throw new BadArgument(
                            directive + " requires 'none', 'default', 'unlimited' or a positive integer", word.span());
                }
                yield number;
            }
        };
    }
}
