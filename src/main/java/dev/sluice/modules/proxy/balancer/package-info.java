/**
 * mod_proxy_balancer: balancers, how they choose a member, and what is remembered of the members. Knows of workers only
 * what {@link dev.sluice.modules.proxy.Worker} shows. Read {@link dev.sluice.modules.proxy.balancer.Balancer} first.
 */
@NullMarked
package dev.sluice.modules.proxy.balancer;

import org.jspecify.annotations.NullMarked;
