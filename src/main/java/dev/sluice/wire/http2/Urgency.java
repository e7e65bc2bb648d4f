package dev.sluice.wire.http2;

import io.undertow.util.HttpString;

/** The priority of an answer as RFC 9218 section 4 has a client say it: {@code u=5, i}. */
record Urgency(int urgency, boolean incremental) {
    static final HttpString HEADER = new HttpString("priority");

    private static final int USUAL = 3;

    /** What cannot be read is as if it were not there. */
    static Urgency read(String field) {
        int urgency = USUAL;
        boolean incremental = false;
        for (String member : field.split(",", -1)) {
            String word = member.strip();
            if (word.length() == 3 && word.startsWith("u=") && word.charAt(2) >= '0' && word.charAt(2) <= '7') {
                urgency = word.charAt(2) - '0';
            } else if (word.equals("i") || word.equals("i=?1")) {
                incremental = true;
            } else if (word.equals("i=?0")) {
                incremental = false;
            }
        }
        return new Urgency(urgency, incremental);
    }

    void applyTo(SendOrder order, int id, boolean open) {
        order.urge(id, urgency, incremental, open);
    }
}
