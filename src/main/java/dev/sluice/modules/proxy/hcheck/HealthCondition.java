package dev.sluice.modules.proxy.hcheck;

import dev.sluice.expression.Expression;

/**
 * A line of ProxyHCExpr.
 *
 * @param name as written
 * @param text the expression as written, for people
 */
public record HealthCondition(String name, String text, Expression<HealthAnswer> expression) {}
