package org.hyperhypo.asr.decode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SplittableRandom;
import org.hyperhypo.asr.hmm.Alignment;
import org.hyperhypo.asr.hmm.FlatStart;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.asr.hmm.StateInventory;
import org.hyperhypo.asr.hmm.Topology;

/// Connected digits with made-up scores: twelve words, three states per phone.
final class Digits {
    final Lexicon lexicon;
    final StateInventory states;
    final DecodingGraph graph;

    record Utterance(Alignment alignment, ScoreMatrix scores) {
    }

    Digits() {
        var words = new LinkedHashMap<String, List<List<String>>>();
        for (String line : List.of("zero Z IH R OW", "oh OW", "one W AH N", "two T UW", "three TH R IY", "four F AO R", "five F AY V",
                "six S IH K S", "seven S EH V AH N", "eight EY T", "nine N AY N", "ten T EH N")) {
            var fields = List.of(line.split(" "));
            words.put(fields.getFirst(), List.of(fields.subList(1, fields.size())));
        }
        lexicon = Lexicon.of(words);
        states = new StateInventory(lexicon.phones(), Topology.standard());
        graph = DecodingGraph.wordLoop(states, lexicon);
    }

    /// Random digits spread evenly over the frames; the right state scores −1, others −11 or less, all blurred by ±`noise`.
    Utterance utterance(SplittableRandom random, int frames, double noise) {
        var all = List.copyOf(lexicon.words());
        var words = new ArrayList<String>();
        for (int n = Math.max(1, frames / 50); n > 0; n--) {
            words.add(all.get(random.nextInt(all.size())));
        }
        Alignment alignment = FlatStart.align(frames, words, lexicon, states, FlatStart.Options.standard());
        var x = new float[frames * states.size()];
        for (int t = 0; t < frames; t++) {
            for (int s = 0; s < states.size(); s++) {
                double right = s == alignment.states()[t] ? -1 : -11 - 3 * random.nextDouble();
                x[t * states.size() + s] = (float) (right + noise * (2 * random.nextDouble() - 1));
            }
        }
        return new Utterance(alignment, new ScoreMatrix(frames, states.size(), x));
    }
}
