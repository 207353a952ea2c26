package org.hyperhypo.asr.decode;

import java.util.Arrays;

/// Beam search as its definition has it: all arcs of all living nodes, all hubs, and only then the beam. No lists, no
/// early dropping, no order of arcs to rely on. Returns the score of the best path, −Infinity if none survives.
final class ReferenceBeam {
    private ReferenceBeam() {
    }

    static double score(DecodingGraph g, FrameScores scores, double scale, double penalty, double beam) {
        int nodes = g.nodes();
        var last = new double[nodes];
        double[] place = empty(g);
        for (int t = 0; t < scores.frames(); t++) {
            place = empty(g);
            if (t == 0) {
                for (int p : g.start) {
                    place[p >= 0 ? p : nodes + ~p] = 0;
                }
            } else {
                for (int n = 0; n < nodes; n++) {
                    place[n] = Math.max(place[n], last[n] + g.stay[n]);
                    follow(g, n, last[n] + g.leave[n], penalty, place);
                }
            }
            hubs(g, penalty, place);
            double best = Double.NEGATIVE_INFINITY;
            for (int n = 0; n < nodes; n++) {
                place[n] += scale * scores.score(t, g.state[n]);
                best = Math.max(best, place[n]);
            }
            for (int n = 0; n < nodes; n++) {
                last[n] = place[n] >= best - beam ? place[n] : Double.NEGATIVE_INFINITY;
            }
        }
        place = empty(g);
        for (int n = 0; n < nodes; n++) {
            follow(g, n, last[n], penalty, place);
        }
        hubs(g, penalty, place);
        double best = Double.NEGATIVE_INFINITY;
        for (int h = 0; h < g.hubs(); h++) {
            best = Math.max(best, place[nodes + h] + g.hubFinal[h]);
        }
        return best;
    }

    private static double[] empty(DecodingGraph g) {
        var place = new double[g.nodes() + g.hubs()];
        Arrays.fill(place, Double.NEGATIVE_INFINITY);
        return place;
    }

    private static void follow(DecodingGraph g, int row, double from, double penalty, double[] place) {
        for (int a = g.arcRow[row]; a < g.arcRow[row + 1]; a++) {
            int to = g.arcTarget[a];
            boolean word = to >= 0 && (g.starts[to] & DecodingGraph.STARTS_WORD) != 0;
            int at = to >= 0 ? to : g.nodes() + ~to;
            place[at] = Math.max(place[at], from + g.arcScore[a] + (word ? penalty : 0));
        }
    }

    private static void hubs(DecodingGraph g, double penalty, double[] place) {
        for (int h = 0; h < g.hubs(); h++) {
            follow(g, g.nodes() + h, place[g.nodes() + h], penalty, place);
        }
    }
}
