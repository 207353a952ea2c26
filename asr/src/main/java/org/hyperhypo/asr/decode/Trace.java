package org.hyperhypo.asr.decode;

import java.util.Arrays;

/// Where every surviving token came from: one entry per token and frame. An entry holds its node and, shifted left by one, the entry
/// of the frame before, with the lowest bit set if the node was entered through an arc (clear: the token stayed). Entry −1 is the
/// beginning. When the arrays are full, entries that no living token leads back to are dropped; only if that frees less than half, the
/// arrays grow.
final class Trace {
    private int[] node = new int[1 << 12];
    private int[] from = new int[1 << 12];
    private int[] place = new int[1 << 12];
    private int size;

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    int node(int entry) {
        return node[entry];
    }

    int previous(int entry) {
        return from[entry] >> 1;
    }

    boolean entered(int entry) {
        return (from[entry] & 1) != 0;
    }

    /// Makes room for `count` entries. `living` are codes (entry · 2 + bit) of the tokens that are about to be written; they are
    /// renumbered in place.
    void reserve(int count, int[] living, int livingCount) {
        if (size + (long) count > node.length) {
            collect(living, livingCount);
            long needed = Math.max(size + (long) count, size > node.length / 2 ? 2L * node.length : 0);
            if (needed > 1 << 29) {
                throw new IllegalStateException("search trace needs " + needed + " entries, more than " + (1 << 29)
                        + "; use a narrower beam, a smaller maxActive or shorter utterances");
            }
            if (needed > node.length) {
                int capacity = (int) Math.max(needed, 2L * node.length);
                node = Arrays.copyOf(node, capacity);
                from = Arrays.copyOf(from, capacity);
            }
        }
    }

    int add(int nodeNumber, int code) {
        node[size] = nodeNumber;
        from[size] = code;
        return size++;
    }

    private void collect(int[] living, int livingCount) {
        if (place.length < size) {
            place = new int[node.length];
        }
        Arrays.fill(place, 0, size, 0);
        for (int i = 0; i < livingCount; i++) {
            if (living[i] >> 1 >= 0) {
                place[living[i] >> 1] = 1;
            }
        }
        for (int e = size - 1; e >= 0; e--) {
            if (place[e] != 0 && previous(e) >= 0) {
                place[previous(e)] = 1;
            }
        }
        int kept = 0;
        for (int e = 0; e < size; e++) {
            if (place[e] != 0) {
                int p = previous(e);
                node[kept] = node[e];
                from[kept] = (p < 0 ? -1 : place[p]) << 1 | from[e] & 1;
                place[e] = kept++;
            }
        }
        for (int i = 0; i < livingCount; i++) {
            int p = living[i] >> 1;
            living[i] = (p < 0 ? -1 : place[p]) << 1 | living[i] & 1;
        }
        size = kept;
    }
}
