package org.hyperhypo.experiments.adapt;

import java.util.List;
import java.util.stream.Collectors;
import org.hyperhypo.asr.decode.DecoderOptions;
import org.hyperhypo.asr.decode.DecodingGraph;
import org.hyperhypo.asr.decode.Hypothesis;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.asr.hmm.StateInventory;
import org.hyperhypo.experiments.adapt.UtteranceSelection.Measure;
import org.hyperhypo.experiments.model.LogLikelihoods;
import org.hyperhypo.experiments.model.Recognizer;

/// Confidence in what was heard in one utterance. Network outputs are averaged over the frames of the words that were heard: pauses are easy in
/// clean speech and hard in noise, and neither says much of the words. Where no word was heard, over all frames.
final class Confidence {
    private Confidence() {
    }

    static double of(Measure measure, LogLikelihoods.Utterance scores, Hypothesis hypothesis, float[] logPriors) {
        return switch (measure) {
            case OUTPUT_GAP, POSTERIOR_GAP, NEGATIVE_ENTROPY -> {
                double sum = 0;
                int frames = 0;
                for (Hypothesis.Word word : hypothesis.words()) {
                    for (int t = word.start(); t < word.end(); t++, frames++) {
                        sum += frame(measure, scores, t, logPriors);
                    }
                }
                for (int t = 0; hypothesis.words().isEmpty() && t < scores.frames(); t++, frames++) {
                    sum += frame(measure, scores, t, logPriors);
                }
                yield sum / Math.max(1, frames);
            }
            case PATH_SCORE -> hypothesis.meanMargin();
            case FREE_LOOP, ACTIVATION_ENTROPY -> throw new IllegalArgumentException(measure + " is a matter of the whole set");
        };
    }

    /// The measure on one frame, from `log p(s | x) = score + log p(s)`: gaps between the two largest, or −H / log S.
    private static double frame(Measure measure, LogLikelihoods.Utterance scores, int frame, float[] logPriors) {
        double best = Double.NEGATIVE_INFINITY;
        double second = Double.NEGATIVE_INFINITY;
        double negativeEntropy = 0;
        for (int s = 0; s < scores.states(); s++) {
            double logPosterior = scores.score(frame, s) + logPriors[s];
            if (measure == Measure.NEGATIVE_ENTROPY) {
                negativeEntropy += Math.exp(logPosterior) * logPosterior;
            }
            second = logPosterior > best ? best : Math.max(second, logPosterior);
            best = Math.max(best, logPosterior);
        }
        return switch (measure) {
            case OUTPUT_GAP -> best - second;
            case POSTERIOR_GAP -> Math.exp(best) - Math.exp(second);
            default -> negativeEntropy / Math.log(scores.states());
        };
    }

    /// Acoustic score of the words' path less that of the best path through any phones in any order, per frame: near 0 where no other phones fit
    /// better. States that depend on context are those of a phone alone.
    static double[] againstFreeLoop(LogLikelihoods scores, List<Hypothesis> hypotheses, StateInventory states, DecoderOptions options) {
        Lexicon phones = Lexicon.of(states.phones().names().stream().skip(1).collect(Collectors.toMap(phone -> phone, phone -> List.of(List.of(phone)))));
        Recognizer loop = new Recognizer(DecodingGraph.wordLoop(states, phones), new DecoderOptions(options.acousticScale(), 0, options.beam(),
                options.maxActive()));
        List<Hypothesis> free = loop.decode(scores);
        double[] values = new double[hypotheses.size()];
        for (int u = 0; u < values.length; u++) {
            double difference = hypotheses.get(u).acousticScore() - free.get(u).acousticScore();
            // Without a path there is no confidence either.
            values[u] = Double.isFinite(difference) ? difference / Math.max(1, scores.utterances().get(u).frames()) : Double.NEGATIVE_INFINITY;
        }
        return values;
    }
}
