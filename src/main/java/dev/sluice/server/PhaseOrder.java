package dev.sluice.server;

import dev.sluice.modules.aaa.AccessCompatModule;
import dev.sluice.request.Level;
import dev.sluice.request.Outcome;
import dev.sluice.request.Phase;
import dev.sluice.request.Request;
import io.undertow.util.Headers;

/**
 * Which phase follows which, once a request is mapped (ap_process_request_internal, request.c).
 *
 * <p>A user is asked for only where what is known without one does not decide. A request that another one led to, and that
 * the same settings apply to, is not judged again.
 */
final class PhaseOrder {
    private PhaseOrder() {}

    /** What {@code outcome} of {@code phase} means for the request: a phase that must decide and does not is an error. */
    static Outcome judged(Request request, Phase phase, Outcome outcome) {
        return switch (phase) {
            case ACCESS_CHECKER ->
                outcome.goesOn() || outcome.status() == 0 || !AccessCompatModule.satisfiesAny(request)
                        ? outcome
                        : forgiven(request);
            case CHECK_USER_ID ->
                outcome == Outcome.DECLINED
                        ? undecided(request, "check user")
                        : outcome == Outcome.OK && request.user() == null ? noUser(request) : outcome;
            case AUTH_CHECKER -> outcome == Outcome.DECLINED ? undecided(request, "check authorization") : outcome;
            default -> outcome;
        };
    }

    /** "Satisfy Any": a user may make up for it. */
    private static Outcome forgiven(Request request) {
        request.exchange().getResponseHeaders().remove(Headers.ALLOW);
        return Outcome.DECLINED;
    }

    private static Outcome undecided(Request request, String what) {
        request.log(Level.CRIT, "core", "AH00025: configuration error:  couldn't " + what + ": " + request.path());
        return Outcome.status(500);
    }

    private static Outcome noUser(Request request) {
        String number = AccessCompatModule.satisfiesAny(request) ? "AH00028" : "AH00027";
        request.log(
                Level.ERROR,
                "core",
                number + ": No authentication done but request not allowed without authentication for " + request.path()
                        + ". Authentication not configured?");
        return Outcome.status(500);
    }

    /** The phase after {@code phase}, which came to {@code outcome}; {@link Phase#RESPONSE_HEAD} where nothing is left. */
    static Phase after(Request request, Phase phase, Outcome outcome) {
        return switch (phase) {
            case HEADER_PARSER -> isJudgedAlready(request) ? Phase.TYPE_CHECKER : Phase.ACCESS_CHECKER;
            case ACCESS_CHECKER ->
                outcome != Outcome.DECLINED && AccessCompatModule.satisfiesAny(request)
                        ? Phase.TYPE_CHECKER
                        : Phase.ACCESS_CHECKER_EX;
            case ACCESS_CHECKER_EX -> outcome == Outcome.OK ? Phase.FORCE_AUTHN : Phase.CHECK_USER_ID;
            case FORCE_AUTHN -> outcome == Outcome.OK ? Phase.CHECK_USER_ID : Phase.TYPE_CHECKER;
            case CHECK_USER_ID -> Phase.AUTH_CHECKER;
            case AUTH_CHECKER -> Phase.TYPE_CHECKER;
            case TYPE_CHECKER -> Phase.FIXUPS;
            case FIXUPS -> Phase.INSERT_FILTER;
            case INSERT_FILTER -> Phase.HANDLER;
            default -> Phase.RESPONSE_HEAD;
        };
    }

    /** True where the request that led here was let in, or refused, by the very same settings. */
    private static boolean isJudgedAlready(Request request) {
        request.accessChecked();
        Request previous = request.previous();
        if (previous == null || !previous.isAccessChecked() || previous.settings() != request.settings()) {
            return false;
        }
        request.user(previous.user(), previous.authType());
        return true;
    }
}
