package dev.sluice.modules.loggers;

import dev.sluice.modules.core.LogFile;
import org.jspecify.annotations.Nullable;

/**
 * A log that is open.
 *
 * @param format null for the default format of the server that answers
 */
record AccessLog(LogLine line, LogFile file, @Nullable LogFormat format) {}
