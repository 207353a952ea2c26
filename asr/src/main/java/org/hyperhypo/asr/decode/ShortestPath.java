package org.hyperhypo.asr.decode;

import java.util.ArrayDeque;
import java.util.Arrays;

/// Length in frames of the shortest path through a graph, whatever its score: breadth first, nodes cost one frame, hubs none.
final class ShortestPath {
    private ShortestPath() {
    }

    static int frames(DecodingGraph g) {
        int nodes = g.state.length;
        var frames = new int[nodes + g.hubFinal.length];
        Arrays.fill(frames, Integer.MAX_VALUE);
        var queue = new ArrayDeque<Integer>();
        for (int place : g.start) {
            reach(place, 0, nodes, frames, queue);
        }
        while (!queue.isEmpty()) {
            int row = queue.removeFirst();
            for (int a = g.arcRow[row]; a < g.arcRow[row + 1]; a++) {
                reach(g.arcTarget[a], frames[row], nodes, frames, queue);
            }
        }
        int best = Integer.MAX_VALUE;
        // Ends are looked for behind nodes only: where the start itself is an end (an empty word loop), a path still takes a frame.
        for (int n = 0; n < nodes; n++) {
            if (frames[n] < best) {
                for (int a = g.arcRow[n]; a < g.arcRow[n + 1]; a++) {
                    best = g.arcTarget[a] < 0 && g.hubFinal[~g.arcTarget[a]] > Double.NEGATIVE_INFINITY ? Math.min(best, frames[n]) : best;
                }
            }
        }
        return best;
    }

    private static void reach(int place, int frames, int nodes, int[] best, ArrayDeque<Integer> queue) {
        int row = place >= 0 ? place : nodes + ~place;
        int needed = frames + (place >= 0 ? 1 : 0);
        if (needed < best[row]) {
            best[row] = needed;
            if (place >= 0) {
                queue.addLast(row);
            } else {
                queue.addFirst(row);
            }
        }
    }
}
