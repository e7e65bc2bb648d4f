package dev.sluice.directive;

import dev.sluice.source.Rule;
import dev.sluice.source.Severity;

/** The rules that the verdicts of rows and the reading of lines report under. */
public final class Findings {
    /** A directive that has nothing to tune here. */
    public static final Rule IGNORED = new Rule("ignored", Severity.NOTE, "A directive that has no meaning here");

    /** A directive that works, but for a part. */
    public static final Rule PARTLY =
            new Rule("partly", Severity.NOTE, "A directive that does not do all it does in httpd");

    /** What httpd refuses, or what is refused here. */
    public static final Rule ARGUMENTS =
            new Rule("arguments", Severity.ERROR, "A directive with arguments it cannot take");

    /** What httpd would do and Sluice does not: to go on without it would change what is served or who may see it. */
    public static final Rule NOT_SUPPORTED =
            new Rule("not-supported", Severity.ERROR, "A directive that Sluice refuses");

    /** A file, a folder or a name that this machine does not have. */
    public static final Rule MACHINE =
            new Rule("machine", Severity.ERROR, "A file or a folder that this machine does not have");

    /** A directive where it may not stand. */
    public static final Rule PLACE = new Rule("place", Severity.ERROR, "A directive where it may not stand");

    /** A directive of no loaded module. */
    public static final Rule UNKNOWN =
            new Rule("unknown-directive", Severity.ERROR, "A directive that no loaded module has");

    /** What httpd warns of while it reads. */
    public static final Rule HTTPD_WARNING = new Rule("httpd-warning", Severity.WARNING, "What httpd warns of, too");

    private Findings() {}
}
