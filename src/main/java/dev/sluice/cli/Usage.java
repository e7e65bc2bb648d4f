package dev.sluice.cli;

import java.util.ArrayList;
import java.util.List;

/** What {@code -h} prints. */
final class Usage {
    private static final List<String> OPTIONS = List.of(
            "-D name            : define a name for use in <IfDefine name> directives",
            "-d directory       : specify an alternate initial ServerRoot",
            "-f file            : specify an alternate ServerConfigFile",
            "-C \"directive\"     : process directive before reading config files",
            "-c \"directive\"     : process directive after reading config files",
            "-e level           : show startup errors of level (see LogLevel)",
            "-E file            : log startup errors to file",
            "-v                 : show version number",
            "-V                 : show compile settings",
            "-h                 : list available command line options (this page)",
            "-l                 : list compiled in modules",
            "-L                 : list available configuration directives",
            "-t -D DUMP_VHOSTS  : show parsed vhost settings",
            "-t -D DUMP_RUN_CFG : show parsed run settings",
            "-S                 : a synonym for -t -D DUMP_VHOSTS -D DUMP_RUN_CFG",
            "-t -D DUMP_MODULES : show all loaded modules ",
            "-M                 : a synonym for -t -D DUMP_MODULES",
            "-t -D DUMP_INCLUDES: show all included configuration files",
            "-t                 : run syntax check for config files",
            "-T                 : start without DocumentRoot(s) check",
            "-X                 : debug mode (only one worker, do not detach)");

    private Usage() {}

    static List<String> of(String program) {
        String indent = " ".repeat("Usage: ".length() + program.length() + 1);
        List<String> lines = new ArrayList<>(List.of(
                "Usage: " + program + " [-D name] [-d directory] [-f file]",
                indent + "[-C \"directive\"] [-c \"directive\"]",
                indent + "[-k start|restart|graceful|graceful-stop|stop]",
                indent + "[-v] [-V] [-h] [-l] [-L] [-t] [-T] [-S] [-X]",
                "Options:"));
        OPTIONS.forEach(option -> lines.add("  " + option));
        return lines;
    }
}
