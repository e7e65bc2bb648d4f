/**
 * The protocols of application servers that are not HTTP: FastCGI, SCGI, uwsgi, AJP. What they need of a request and what they
 * make of an answer; which backend is asked, and when it is given up, is the proxy's to know. {@link GatewayExchange} is where
 * to begin.
 */
@NullMarked
package dev.sluice.modules.proxy.gateway;

import org.jspecify.annotations.NullMarked;
