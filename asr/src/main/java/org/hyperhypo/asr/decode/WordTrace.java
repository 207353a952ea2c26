package org.hyperhypo.asr.decode;

import java.util.Arrays;

/// The words that the tree search ends, as a growing word graph. A **junction** stands for a frame and a language model state: what was
/// heard before matters no more. An **arc** is a pronunciation (or silence, −1) from junction to junction.
///
/// A junction keeps two best scores, for arriving by a word and by silence, because silence may follow a word only; so two silences
/// never stand side by side. All arcs that arrive are kept, not only the best: they make the lattice.
/// Now and then, arcs that no living token leads back to are dropped, so memory follows what is undecided, not the length of the speech.
final class WordTrace {
    static final double NONE = Double.NEGATIVE_INFINITY;
    static final int SILENCE = -1;

    int junctions;
    int[] frame = new int[1 << 10];
    int[] lmState = new int[1 << 10];
    double[] byWord = new double[1 << 10];
    double[] bySilence = new double[1 << 10];
    int arcs;
    int[] from = new int[1 << 12];
    int[] to = new int[1 << 12];
    int[] pronunciation = new int[1 << 12];
    /// Score of the arc alone, and the language model's and penalty's part of it.
    double[] score = new double[1 << 12];
    double[] lm = new double[1 << 12];
    /// Arcs before the first collection.
    int firstCollection = 1 << 16;
    private int collectAt = firstCollection;

    void clear() {
        junctions = 0;
        arcs = 0;
        collectAt = firstCollection;
    }

    int junction(int atFrame, int state) {
        if (junctions == frame.length) {
            frame = Arrays.copyOf(frame, 2 * junctions);
            lmState = Arrays.copyOf(lmState, 2 * junctions);
            byWord = Arrays.copyOf(byWord, 2 * junctions);
            bySilence = Arrays.copyOf(bySilence, 2 * junctions);
        }
        frame[junctions] = atFrame;
        lmState[junctions] = state;
        byWord[junctions] = NONE;
        bySilence[junctions] = NONE;
        return junctions++;
    }

    /// The best score at a junction, whatever led there.
    double best(int junction) {
        return Math.max(byWord[junction], bySilence[junction]);
    }

    /// @param total score of the whole path at the end of the arc
    void arc(int start, int end, int spoken, double total, double lmPart) {
        if (arcs == from.length) {
            from = Arrays.copyOf(from, 2 * arcs);
            to = Arrays.copyOf(to, 2 * arcs);
            pronunciation = Arrays.copyOf(pronunciation, 2 * arcs);
            score = Arrays.copyOf(score, 2 * arcs);
            lm = Arrays.copyOf(lm, 2 * arcs);
        }
        from[arcs] = start;
        to[arcs] = end;
        pronunciation[arcs] = spoken;
        lm[arcs] = lmPart;
        if (spoken == SILENCE) {
            score[arcs] = total - byWord[start];
            bySilence[end] = Math.max(bySilence[end], total);
        } else {
            score[arcs] = total - best(start);
            byWord[end] = Math.max(byWord[end], total);
        }
        arcs++;
    }

    /// Drops what no longer matters once enough has gathered; `living` are junctions of the living tokens, renumbered in place.
    void collect(int[] living, int count) {
        if (arcs < collectAt) {
            return;
        }
        var place = new int[junctions];
        for (int i = 0; i < count; i++) {
            place[living[i]] = 1;
        }
        // An arc ends in a later junction than it starts in, and arcs stand in the order of their ends.
        for (int a = arcs - 1; a >= 0; a--) {
            if (place[to[a]] != 0) {
                place[from[a]] = 1;
            }
        }
        int kept = 0;
        for (int j = 0; j < junctions; j++) {
            if (place[j] != 0) {
                frame[kept] = frame[j];
                lmState[kept] = lmState[j];
                byWord[kept] = byWord[j];
                bySilence[kept] = bySilence[j];
                place[j] = ++kept;
            }
        }
        junctions = kept;
        int arcsKept = 0;
        for (int a = 0; a < arcs; a++) {
            if (place[to[a]] != 0) {
                from[arcsKept] = place[from[a]] - 1;
                to[arcsKept] = place[to[a]] - 1;
                pronunciation[arcsKept] = pronunciation[a];
                score[arcsKept] = score[a];
                lm[arcsKept++] = lm[a];
            }
        }
        arcs = arcsKept;
        for (int i = 0; i < count; i++) {
            living[i] = place[living[i]] - 1;
        }
        collectAt = Math.max(firstCollection, 2 * arcs);
    }
}
