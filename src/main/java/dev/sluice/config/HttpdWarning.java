package dev.sluice.config;

import dev.sluice.source.Diagnostic;

/**
 * What httpd warns of while it reads.
 *
 * @param module that warns, as the error log names it: {@code core}, {@code so}, {@code macro}
 * @param level as the error log names it: {@code warn}, {@code error}
 * @param text with its AH number in front, before escaping
 * @param diagnostic the same for lint
 */
public record HttpdWarning(String module, String level, String text, Diagnostic diagnostic) {}
