package dev.sluice.wire;

import org.xnio.conduits.StreamSinkConduit;

/** A connection of a server whose conduit for responses is known before one begins. */
public interface ResponseConduits {
    /** The conduit that the response will be written to: whoever waits for it is told by it, before the response begins too. */
    StreamSinkConduit responseConduit();

    /** The status of the response, where it is another than the exchange's: one that has begun, but whose head is not written. */
    void lateStatus(int status);
}
