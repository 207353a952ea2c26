package org.hyperhypo.asr.decode;

import java.util.Arrays;

/// The tokens of one frame of the tree search, copy after copy of the tree: those of copy k, in which the language model is in state
/// `copyState[k]`, are `copyRow[k]` … `copyRow[k+1]−1`. A token is its node, its score and the junction at which its word began.
final class TreeTokens {
    int copies;
    int[] copyState = new int[256];
    int[] copyRow = new int[257];
    int size;
    int[] node = new int[4096];
    int[] from = new int[4096];
    double[] score = new double[4096];
    /// The token with the largest score, the first of equals.
    int best;

    void clear() {
        copies = 0;
        size = 0;
        best = 0;
    }

    void add(int treeNode, double total, int junction) {
        if (size == node.length) {
            node = Arrays.copyOf(node, 2 * size);
            from = Arrays.copyOf(from, 2 * size);
            score = Arrays.copyOf(score, 2 * size);
        }
        if (size == 0 || total > score[best]) {
            best = size;
        }
        node[size] = treeNode;
        from[size] = junction;
        score[size++] = total;
    }

    /// The tokens added since the last call are those of one copy; a copy without tokens is not kept.
    void endCopy(int lmState) {
        if (size > copyRow[copies]) {
            if (copies == copyState.length) {
                copyState = Arrays.copyOf(copyState, 2 * copies);
                copyRow = Arrays.copyOf(copyRow, 2 * copies + 1);
            }
            copyState[copies++] = lmState;
            copyRow[copies] = size;
        }
    }

    /// Those of `all` that score at least `least`, in their order.
    void keep(TreeTokens all, double least) {
        clear();
        for (int k = 0; k < all.copies; k++) {
            for (int i = all.copyRow[k]; i < all.copyRow[k + 1]; i++) {
                if (all.score[i] >= least) {
                    add(all.node[i], all.score[i], all.from[i]);
                }
            }
            endCopy(all.copyState[k]);
        }
    }
}
