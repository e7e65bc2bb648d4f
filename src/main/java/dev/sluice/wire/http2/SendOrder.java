package dev.sluice.wire.http2;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who sends next when not all can: the streams that wait, by what the client says of them. Two ways to say it stand side by side: the tree
 * of dependencies and weights of RFC 7540 section 5.3, and the urgencies of RFC 9218, of which each is a tree of its own; what says nothing
 * is of urgency 3, weight 16. Belongs to the I/O thread; a connection that never has to choose makes nothing here.
 */
final class SendOrder {
    /** How a pushed answer stands to the one that brought it (H2PushPriority). */
    enum Pushed {
        /** Behind it, with a weight of its own. */
        AFTER,
        /** It waits for the pushed one. */
        BEFORE,
        /** Beside it; a weight of 256 is the same as its own. */
        INTERLEAVED
    }

    /** What a HEADERS frame without priority stands for. */
    static final long NONE = -1;

    private static final int USUAL_URGENCY = 3;
    private static final int LEAST_URGENCY = 7;
    private static final int USUAL_WEIGHT = 16;
    private static final int GREATEST_WEIGHT = 256;

    /** Places of streams that are over, or have not begun, which others may hang on to. */
    private static final int KEPT = 64;

    /** A stream's place in the order. */
    static final class Node {
        private final int id;
        private final List<Node> children = new ArrayList<>(2);
        private @Nullable Node parent;
        private @Nullable StreamSink waiting;
        private int weight = USUAL_WEIGHT;

        /** Of itself and of all below. */
        private int waiters;

        /** What it, or something below it, has sent, by its weight: among siblings the one with least is next. */
        private long passed;

        private long childrenPassed;
        private boolean wholly;
        private boolean kept;

        private Node(int id) {
            this.id = id;
        }
    }

    private final @Nullable Node[] roots = new @Nullable Node[LEAST_URGENCY + 1];
    private final Map<Integer, Node> named = new HashMap<>(0);
    private final ArrayDeque<Node> kept = new ArrayDeque<>(0);
    private int waiters;

    /** A priority as a frame says it, in one number: exclusive bit and dependency, then the weight less one. */
    static long priority(int dependency, int weightByte) {
        return ((long) dependency & 0xffffffffL) << 8 | (weightByte & 0xff);
    }

    private Node root(int urgency) {
        Node root = roots[urgency];
        if (root == null) {
            root = new Node(0);
            roots[urgency] = root;
        }
        return root;
    }

    // --- what the client says

    /** Of a stream that is open, was, or may come to be. */
    void prioritize(int id, long priority, boolean open) {
        int dependency = (int) (priority >>> 8) & 0x7fffffff;
        boolean exclusive = (priority >>> 39 & 1) != 0;
        int weight = (int) (priority & 0xff) + 1;
        if (dependency == 0 && !exclusive && weight == USUAL_WEIGHT && !named.containsKey(id)) {
            return;
        }
        Node node = named(id);
        Node parent = dependency == 0 ? root(USUAL_URGENCY) : named(dependency);
        if (below(parent, node)) {
            // RFC 7540 section 5.3.3: what hung on it takes its place first.
            move(parent, parentOf(node));
        }
        move(node, parent);
        node.weight = weight;
        if (exclusive) {
            for (Node sibling : List.copyOf(parent.children)) {
                if (sibling.id != id) {
                    move(sibling, node);
                }
            }
        }
        if (open) {
            opened(id);
        }
    }

    /** By RFC 9218; an answer that is not incremental goes out whole before others of its urgency. */
    void urge(int id, int urgency, boolean incremental, boolean open) {
        if (urgency == USUAL_URGENCY && incremental && !named.containsKey(id)) {
            return;
        }
        Node node = named(id);
        move(node, root(Math.max(0, Math.min(urgency, LEAST_URGENCY))));
        node.wholly = !incremental;
        if (open) {
            opened(id);
        }
    }

    /** {@code weight} 0 is the other's own. */
    void push(int id, int on, Pushed how, int weight) {
        Node parent = named(on);
        Node node = named(id);
        opened(on);
        opened(id);
        if (how == Pushed.AFTER) {
            move(node, parent);
            node.weight = Math.max(1, Math.min(GREATEST_WEIGHT, weight));
            return;
        }
        move(node, parentOf(parent));
        int same = weight == 0 ? GREATEST_WEIGHT : weight;
        node.weight = Math.max(1, Math.min(GREATEST_WEIGHT, parent.weight * same / GREATEST_WEIGHT));
        if (how == Pushed.BEFORE) {
            move(parent, node);
        }
    }

    private Node named(int id) {
        Node known = named.get(id);
        if (known == null) {
            known = new Node(id);
            named.put(id, known);
            append(known, root(USUAL_URGENCY));
            keep(known);
        } else if (known.kept) {
            // To the end of those that are let go.
            kept.remove(known);
            kept.add(known);
        }
        return known;
    }

    /** The place is that of a stream that is open: it does not go before the stream does. */
    void opened(int id) {
        Node node = named.isEmpty() ? null : named.get(id);
        if (node != null && node.kept) {
            node.kept = false;
            kept.remove(node);
        }
    }

    /** The stream is over; its place is kept for a while where others hang on it. */
    void closed(int id) {
        Node node = named.isEmpty() ? null : named.get(id);
        if (node == null) {
            return;
        }
        leave(node);
        if (node.children.isEmpty()) {
            drop(node);
        } else if (!node.kept) {
            keep(node);
        }
    }

    private void keep(Node node) {
        node.kept = true;
        kept.add(node);
        if (kept.size() > KEPT) {
            drop(kept.element());
        }
    }

    private void drop(Node node) {
        if (node.kept) {
            node.kept = false;
            kept.remove(node);
        }
        Node parent = parentOf(node);
        for (Node child : List.copyOf(node.children)) {
            child.weight = Math.max(1, child.weight * node.weight / GREATEST_WEIGHT);
            move(child, parent);
        }
        count(node, -node.waiters);
        parent.children.remove(node);
        named.remove(node.id);
    }

    // --- the tree

    private Node parentOf(Node node) {
        Node parent = node.parent;
        return parent == null ? root(USUAL_URGENCY) : parent;
    }

    private static boolean below(Node node, Node above) {
        Node at = node;
        while (at != null && at.id != above.id) {
            at = at.parent;
        }
        return at != null && above.id != 0;
    }

    private void move(Node node, Node to) {
        Node from = node.parent;
        if (from != null) {
            from.children.remove(node);
            for (Node at = from; at != null; at = at.parent) {
                at.waiters -= node.waiters;
            }
        }
        append(node, to);
    }

    private static void append(Node node, Node to) {
        node.parent = to;
        node.passed = to.childrenPassed;
        to.children.add(node);
        for (Node at = to; at != null; at = at.parent) {
            at.waiters += node.waiters;
        }
    }

    private void count(Node node, int change) {
        for (Node at = node; at != null; at = at.parent) {
            at.waiters += change;
        }
    }

    // --- who waits

    boolean isEmpty() {
        return waiters == 0;
    }

    void wait(int id, StreamSink sink) {
        Node node = named(id);
        opened(id);
        if (node.waiting == null) {
            node.waiting = sink;
            waiters++;
            count(node, 1);
            Node parent = parentOf(node);
            // Who has not asked for long does not make up for it now.
            node.passed = Math.max(node.passed, parent.childrenPassed);
        }
    }

    private void leave(Node node) {
        StreamSink sink = node.waiting;
        if (sink != null) {
            sink.inWaitingLine = false;
            node.waiting = null;
            waiters--;
            count(node, -1);
        }
    }

    /** False where it does not wait. */
    boolean withdraw(int id) {
        Node node = named.get(id);
        if (node == null || node.waiting == null) {
            return false;
        }
        leave(node);
        return true;
    }

    /** Takes the next one off, or null where none waits. */
    @Nullable
    StreamSink next() {
        if (waiters == 0) {
            return null;
        }
        Node at = null;
        for (Node root : roots) {
            if (root != null && root.waiters > 0) {
                at = root;
                break;
            }
        }
        while (at != null && at.waiting == null) {
            at = best(at);
        }
        StreamSink sink = at == null ? null : at.waiting;
        if (at != null) {
            leave(at);
        }
        return sink;
    }

    private static @Nullable Node best(Node parent) {
        Node best = null;
        for (Node child : parent.children) {
            if (child.waiters > 0 && (best == null || before(child, best))) {
                best = child;
            }
        }
        if (best != null && !best.wholly) {
            parent.childrenPassed = best.passed;
        }
        return best;
    }

    private static boolean before(Node a, Node b) {
        if (a.wholly || b.wholly) {
            return a.wholly && (!b.wholly || a.id < b.id);
        }
        return a.passed < b.passed || (a.passed == b.passed && a.id < b.id);
    }

    /** The stream had its turn, and sent so much of a body in it. */
    void charge(int id, int bytes) {
        Node node = named.get(id);
        while (node != null && node.parent != null) {
            node.passed += (long) Math.max(bytes, 1) * GREATEST_WEIGHT / node.weight;
            node = node.parent;
        }
    }
}
