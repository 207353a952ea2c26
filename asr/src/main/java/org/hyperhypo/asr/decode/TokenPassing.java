package org.hyperhypo.asr.decode;

import java.util.Arrays;

/// The search itself: one token (score and way back) per node, moved frame by frame.
///
/// `δ(t, n) = α·b(t, state(n)) + max(δ(t−1, n) + stay(n), max over arcs m→n of δ(t−1, m) + leave(m) + arc)`, where an arc may lead through
/// hubs within the same frame. Of equal scores the one found first stays: staying before arcs, nodes in the order in which they became
/// active. So the result depends on nothing but graph, scores and options. Work arrays belong to one thread; nothing is allocated per
/// frame once they have grown.
///
/// A candidate that is worse than one already found in the frame by more than the beam would be pruned at the end of the frame; it
/// is dropped at once. The arcs of a hub are sorted by score, best first, so that a hub with thousands of words is left early.
final class TokenPassing {
    private static final double NONE = Double.NEGATIVE_INFINITY;

    private final DecodingGraph g;
    private final double scale;
    private final double[] arcScore;
    final ScoreRow row;
    final Trace trace = new Trace();
    // Tokens of the frame before, listed.
    private int active;
    private final int[] activeNode;
    private final double[] activeScore;
    private final int[] activeEntry;
    // Candidates of this frame, by node, with the list of nodes touched.
    private final double[] nodeScore;
    private final int[] nodeCode;
    private final int[] touched;
    private int touchedCount;
    private final double[] kept;
    // Limit below which a candidate of this frame is certain to be pruned; the best frame score; the most that hub arcs can add.
    private double limit;
    private double beam;
    private double bestAcoustic;
    private final double headroom;
    private int bestActive;
    // The same for hubs.
    private final double[] hubScore;
    private final int[] hubCode;
    private final int[] hubList;
    private int hubCount;

    private final int[] codes;
    double finalScore;
    int finalEntry;
    int lastFrame;

    TokenPassing(DecodingGraph graph, double acousticScale, double wordPenalty) {
        g = graph;
        scale = acousticScale;
        arcScore = graph.arcScore.clone();
        for (int a = 0; a < arcScore.length; a++) {
            int to = graph.arcTarget[a];
            arcScore[a] += to >= 0 && (graph.starts[to] & DecodingGraph.STARTS_WORD) != 0 ? wordPenalty : 0;
        }
        int nodes = graph.state.length;
        int hubs = graph.hubFinal.length;
        double largest = 0;
        for (int a = graph.arcRow[nodes]; a < arcScore.length; a++) {
            largest = Math.max(largest, arcScore[a]);
        }
        headroom = largest;
        row = new ScoreRow(graph.states());
        activeNode = new int[nodes];
        activeScore = new double[nodes];
        activeEntry = new int[nodes];
        nodeScore = new double[nodes];
        nodeCode = new int[nodes];
        touched = new int[nodes];
        kept = new double[nodes];
        codes = new int[nodes];
        Arrays.fill(nodeScore, NONE);
        hubScore = new double[hubs];
        hubCode = new int[hubs];
        Arrays.fill(hubScore, NONE);
        hubList = new int[hubs];
    }

    /// Runs over all frames; true if a token reached an end. Otherwise `lastFrame` is the frame at which the search stopped.
    boolean run(FrameScores scores, double width, int maxActive) {
        beam = width;
        int frames = scores.frames();
        row.start(frames);
        trace.clear();
        active = 0;
        for (int t = 0; t < frames; t++) {
            lastFrame = t;
            row.read(scores, t);
            bestAcoustic = scale * row.best[t];
            limit = NONE;
            if (t == 0) {
                for (int place : g.start) {
                    offer(place, 0, -1);
                }
            } else {
                limit = outlook();
                for (int i = 0; i < active; i++) {
                    move(activeNode[i], activeScore[i], activeEntry[i] << 1);
                }
            }
            passHubs();
            settle(maxActive);
            if (active == 0) {
                return false;
            }
        }
        return end();
    }

    /// A first limit: where the best token of the frame before gets without passing a hub, less the beam.
    private double outlook() {
        int n = activeNode[bestActive];
        double best = activeScore[bestActive] + g.stay[n] + scale * row.at[g.state[n]];
        for (int a = g.arcRow[n], to = g.arcRow[n + 1]; a < to; a++) {
            int next = g.arcTarget[a];
            if (next >= 0) {
                best = Math.max(best, activeScore[bestActive] + g.leave[n] + arcScore[a] + scale * row.at[g.state[next]]);
            }
        }
        return best - beam;
    }

    private void move(int n, double score, int code) {
        offerNode(n, score + g.stay[n], code);
        double leaving = score + g.leave[n];
        for (int a = g.arcRow[n], to = g.arcRow[n + 1]; a < to; a++) {
            offer(g.arcTarget[a], leaving + arcScore[a], code | 1);
        }
    }

    private void offer(int place, double score, int code) {
        if (place >= 0) {
            offerNode(place, score, code);
        } else {
            int h = ~place;
            if (score > hubScore[h]) {
                if (hubScore[h] == NONE) {
                    hubList[hubCount++] = h;
                }
                hubScore[h] = score;
                hubCode[h] = code;
            }
        }
    }

    /// `before` is the score without that of the frame.
    private void offerNode(int n, double before, int code) {
        double score = before + scale * row.at[g.state[n]];
        if (score > nodeScore[n] && score >= limit) {
            if (nodeScore[n] == NONE) {
                touched[touchedCount++] = n;
            }
            nodeScore[n] = score;
            nodeCode[n] = code;
            limit = Math.max(limit, score - beam);
        }
    }

    /// Leaves the hubs, after everything has arrived in them.
    private void passHubs() {
        int nodes = g.state.length;
        for (int i = 0; i < hubCount; i++) {
            int h = hubList[i];
            double most = hubScore[h] + bestAcoustic + headroom;
            for (int a = g.arcRow[nodes + h], to = g.arcRow[nodes + h + 1]; a < to && most + arcScore[a] >= limit; a++) {
                offerNode(g.arcTarget[a], hubScore[h] + arcScore[a], hubCode[h]);
            }
        }
        clearHubs();
    }

    private void clearHubs() {
        for (int i = 0; i < hubCount; i++) {
            hubScore[hubList[i]] = NONE;
        }
        hubCount = 0;
    }

    /// Prunes, and writes the survivors as the tokens of this frame.
    private void settle(int maxActive) {
        double least = limit;
        if (touchedCount > maxActive) {
            least = Pruning.limit(nodeScore, touched, touchedCount, limit, maxActive, kept);
        }
        active = 0;
        for (int i = 0; i < touchedCount; i++) {
            int n = touched[i];
            double s = nodeScore[n];
            nodeScore[n] = NONE;
            if (s >= least) {
                if (active == 0 || s > activeScore[bestActive]) {
                    bestActive = active;
                }
                activeNode[active] = n;
                activeScore[active] = s;
                codes[active++] = nodeCode[n];
            }
        }
        touchedCount = 0;
        trace.reserve(active, codes, active);
        for (int i = 0; i < active; i++) {
            activeEntry[i] = trace.add(activeNode[i], codes[i]);
        }
    }

    /// After the last frame: the best hub where a path may end.
    private boolean end() {
        for (int i = 0; i < active; i++) {
            int n = activeNode[i];
            for (int a = g.arcRow[n], to = g.arcRow[n + 1]; a < to; a++) {
                if (g.arcTarget[a] < 0) {
                    offer(g.arcTarget[a], activeScore[i] + arcScore[a], activeEntry[i] << 1);
                }
            }
        }
        finalScore = NONE;
        for (int i = 0; i < hubCount; i++) {
            int h = hubList[i];
            if (hubScore[h] + g.hubFinal[h] > finalScore) {
                finalScore = hubScore[h] + g.hubFinal[h];
                finalEntry = hubCode[h] >> 1;
            }
        }
        clearHubs();
        return finalScore > NONE;
    }
}
