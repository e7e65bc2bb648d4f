package dev.sluice.modules.proxy.gateway;

import java.nio.ByteBuffer;

/** How the body of a request is told from what stands around it. */
interface GatewayFraming {
    /** Most bytes in one piece. */
    int most();

    /** What stands before a piece of {@code size} bytes; empty where nothing does. */
    ByteBuffer before(int size);

    /** What stands behind the last piece; empty where nothing does. */
    ByteBuffer end();

    /** The body as it is: its length was told with the head. */
    GatewayFraming NONE = new GatewayFraming() {
        @Override
        public int most() {
            return Integer.MAX_VALUE;
        }

        @Override
        public ByteBuffer before(int size) {
            return ByteBuffer.allocate(0);
        }

        @Override
        public ByteBuffer end() {
            return ByteBuffer.allocate(0);
        }
    };
}
