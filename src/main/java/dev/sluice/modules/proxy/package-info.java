/**
 * mod_proxy and mod_proxy_http: URL mapping, workers with their pools, and the handler that carries a request to a
 * backend and its response back. Everything of a request happens on its exchange's I/O thread, the backend connection
 * included. Read {@link dev.sluice.modules.proxy.ProxyHandler} first.
 */
@NullMarked
package dev.sluice.modules.proxy;

import org.jspecify.annotations.NullMarked;
