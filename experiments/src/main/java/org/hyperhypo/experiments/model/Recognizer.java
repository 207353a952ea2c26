package org.hyperhypo.experiments.model;

import java.util.ArrayList;
import java.util.List;
import org.hyperhypo.asr.decode.Decoder;
import org.hyperhypo.asr.decode.DecoderOptions;
import org.hyperhypo.asr.decode.DecodingException;
import org.hyperhypo.asr.decode.Grammar;
import org.hyperhypo.asr.decode.Hypothesis;
import org.hyperhypo.asr.decode.Lattice;
import org.hyperhypo.asr.decode.LexiconTree;
import org.hyperhypo.asr.decode.TreeDecoder;
import org.hyperhypo.asr.score.EditDistance;
import org.hyperhypo.asr.score.WordErrors;

/// A grammar with its tuned options: log likelihoods in, words out. Immutable; each call makes its own decoder.
public record Recognizer(Grammar grammar, DecoderOptions options) {

    /// Results of a whole set, parallel to its utterances.
    public record Output(List<Hypothesis> hypotheses, List<WordErrors> errors) {
        public WordErrors total() {
            return errors.stream().reduce(WordErrors.NONE, WordErrors::add);
        }
    }

    /// The best path of every utterance. One that has none (too short for any word) gets a hypothesis without words.
    public List<Hypothesis> decode(LogLikelihoods scores) {
        return decode(scores, (utterance, reason) -> { });
    }

    /// Is told what happens to each utterance (its index).
    @FunctionalInterface
    public interface Listener {
        /// It has no path, and why.
        void failed(int utterance, String reason);

        /// Its lattice, where the grammar is a [LexiconTree].
        default void lattice(int utterance, Lattice lattice) {
        }
    }

    /// The same, naming the utterances without a path.
    public List<Hypothesis> decode(LogLikelihoods scores, Listener listener) {
        Decoder decoder = grammar.decoder(options);
        List<Hypothesis> hypotheses = new ArrayList<>();
        for (LogLikelihoods.Utterance utterance : scores.utterances()) {
            Hypothesis hypothesis;
            try {
                if (decoder instanceof TreeDecoder tree) {
                    TreeDecoder.Result result = tree.decode(utterance, TreeDecoder.LATTICE_BEAM);
                    hypothesis = result.best();
                    listener.lattice(hypotheses.size(), result.lattice());
                } else {
                    hypothesis = decoder.decode(utterance);
                }
            } catch (DecodingException e) {
                listener.failed(hypotheses.size(), e.getMessage());
                hypothesis = new Hypothesis(List.of(), List.of(), new int[utterance.frames()], Double.NEGATIVE_INFINITY,
                        Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, options.beam());
            }
            hypotheses.add(hypothesis);
        }
        return hypotheses;
    }

    /// Decodes and counts errors against the words of `set`.
    public Output evaluate(FeatureSet set, LogLikelihoods scores) {
        List<Hypothesis> hypotheses = decode(scores);
        List<WordErrors> errors = new ArrayList<>();
        for (int u = 0; u < set.size(); u++) {
            errors.add(EditDistance.count(set.entries().get(u).words(), hypotheses.get(u).text()));
        }
        return new Output(hypotheses, errors);
    }
}
