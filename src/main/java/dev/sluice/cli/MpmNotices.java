package dev.sluice.cli;

import dev.sluice.model.Configuration;

/**
 * What an MPM writes to the error log when a server starts, restarts and stops. Each MPM has numbers of its own for it.
 *
 * @param module as the error log names it: {@code mpm_event}
 */
record MpmNotices(
        String module,
        String configured,
        String stopping,
        String stoppingGracefully,
        String reloading,
        String restarting) {
    private static final MpmNotices EVENT = new MpmNotices(
            "mpm_event",
            "AH00489: ",
            "AH00491: caught SIGTERM, shutting down",
            "AH00492: caught SIGWINCH, shutting down gracefully",
            "AH00493: SIGUSR1 received.  Doing graceful restart",
            "AH00494: SIGHUP received.  Attempting to restart");
    private static final MpmNotices WORKER = new MpmNotices(
            "mpm_worker",
            "AH00292: ",
            "AH00295: caught SIGTERM, shutting down",
            "AH00296: caught SIGWINCH, shutting down gracefully",
            "AH00297: SIGUSR1 received.  Doing graceful restart",
            "AH00298: SIGHUP received.  Attempting to restart");
    private static final MpmNotices PREFORK = new MpmNotices(
            "mpm_prefork",
            "AH00163: ",
            "AH00169: caught SIGTERM, shutting down",
            "AH00170: caught SIGWINCH, shutting down gracefully",
            "AH00171: Graceful restart requested, doing restart",
            "AH00173: SIGHUP received.  Attempting to restart");

    static MpmNotices of(Configuration configuration) {
        if (configuration.modules().contains("mpm_prefork_module")) {
            return PREFORK;
        }
        return configuration.modules().contains("mpm_worker_module") ? WORKER : EVENT;
    }
}
