package dev.sluice.compat;

import java.util.List;

/**
 * What came of one step.
 *
 * @param outcome in the words of {@link Step#expected()}
 * @param lines everything that is compared, names not yet put in for ports
 */
record Result(String outcome, List<String> lines) {}
