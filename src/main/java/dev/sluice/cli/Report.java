package dev.sluice.cli;

import dev.sluice.request.Level;

/** Takes what httpd says while it reads a configuration: on standard error at the start, in the error log at a reload. */
public interface Report {
    /** A message about the start, which httpd prints without time and level. */
    void startup(String message);

    /** A message in the error log's form. */
    void log(String module, Level level, String message);
}
