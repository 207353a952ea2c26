package org.hyperhypo.asr.decode;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.asr.hmm.StateInventory;

/// Turns a back-off model into a graph: one hub per language model state, one chain per word pronunciation and state that follows it (so
/// a bigram has one chain per pronunciation), one back-off arc per state. A hub of a longer context has a smaller rank, so
/// back-off arcs only go up in rank.
///
/// As in every such graph, a path may back off although the longer n-gram is listed; it does so only where that scores higher.
final class NgramGraph {
    private static final double LN10 = Math.log(10);

    private final GraphBuilder b;
    private final Lexicon lexicon;
    private final NgramModel model;
    private final double scale;
    private final boolean optionalSilence;
    private final Map<Integer, Integer> hubs = new HashMap<>();
    private final Map<Integer, Integer> silences = new HashMap<>();
    private final Map<Long, List<int[]>> chains = new HashMap<>();
    private final ArrayDeque<Integer> open = new ArrayDeque<>();

    private NgramGraph(StateInventory states, Lexicon lexicon, NgramModel model, double scale, boolean optionalSilence) {
        this.b = new GraphBuilder(states);
        this.lexicon = lexicon;
        this.model = model;
        this.scale = scale;
        this.optionalSilence = optionalSilence;
    }

    static DecodingGraph build(StateInventory states, Lexicon lexicon, NgramModel model, double scale, boolean optionalSilence) {
        var shared = new ArrayList<>(lexicon.words());
        shared.removeIf(w -> !model.knows(w));
        if (shared.isEmpty()) {
            throw new IllegalArgumentException("decoding graph: language model (" + model + ") and " + lexicon
                    + " have no word in common; check case and spelling");
        }
        var g = new NgramGraph(states, lexicon, model, scale, optionalSilence);
        int start = model.start();
        g.b.begin(g.hub(start));
        if (optionalSilence) {
            g.b.begin(g.silences.get(start));
        }
        while (!g.open.isEmpty()) {
            g.expand(g.open.removeFirst());
        }
        return g.b.build(model.order() + "-gram over " + shared.size() + " words");
    }

    private int hub(int state) {
        Integer hub = hubs.get(state);
        if (hub == null) {
            hub = b.hub(model.order() - 1 - model.length[state]);
            hubs.put(state, hub);
            if (optionalSilence) {
                silences.put(state, DecodingGraph.silenceInto(b, hub));
            }
            open.add(state);
        }
        return hub;
    }

    private void expand(int state) {
        int hub = hubs.get(state);
        for (int c = model.childRow[state]; c < model.childRow[state + 1]; c++) {
            String text = model.words().get(model.word[c]);
            double score = scale * LN10 * model.probability[c];
            if (text.equals(NgramModel.SENTENCE_END)) {
                b.end(hub, score);
            } else if (!text.equals(NgramModel.SENTENCE_START) && lexicon.contains(text)) {
                for (int[] chain : chains(text, model.word[c], model.next(state, model.word[c]))) {
                    b.arc(hub, chain[0], score);
                }
            }
        }
        if (state != 0) {
            b.arc(hub, hub(model.suffix[state]), scale * LN10 * model.backoff[state]);
        }
    }

    private List<int[]> chains(String text, int id, int next) {
        return chains.computeIfAbsent((long) next * model.words().size() + id, key -> {
            List<int[]> made = b.word(text, lexicon);
            int to = hub(next);
            int silence = optionalSilence ? silences.get(next) : -1;
            made.forEach(chain -> DecodingGraph.wordEnd(b, chain, to, silence));
            return made;
        });
    }
}
