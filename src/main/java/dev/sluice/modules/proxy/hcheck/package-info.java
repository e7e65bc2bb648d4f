/**
 * mod_proxy_hcheck: members of balancers are asked from time to time whether they are well. Read
 * {@link dev.sluice.modules.proxy.hcheck.HealthChecks} first.
 */
@NullMarked
package dev.sluice.modules.proxy.hcheck;

import org.jspecify.annotations.NullMarked;
