package org.hyperhypo.experiments.adapt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.hyperhypo.asr.decode.DecoderOptions;
import org.hyperhypo.asr.decode.DecodingGraph;
import org.hyperhypo.asr.decode.Hypothesis;
import org.hyperhypo.asr.features.Features;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.experiments.Tiny;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.adapt.UtteranceSelection.Measure;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.LogLikelihoods;
import org.hyperhypo.experiments.model.Recognizer;
import org.junit.jupiter.api.Test;

class UtteranceSelectionTest {
    @Test
    void theBestShareOfEachSpeakerIsChosenWhateverOtherSpeakersReach() {
        // Speaker a: 4 utterances, b: 3 far less certain ones, c: one.
        FeatureSet set = set("a", "a", "b", "a", "b", "a", "b", "c");
        double[] confidence = {5, 9, -50, 7, -40, 8, -60, Double.NEGATIVE_INFINITY};
        assertArrayEquals(new boolean[] {false, true, true, false, true, true, false, true}, UtteranceSelection.best(set, confidence, 0.5),
                "a: 2 of 4, b: round(1.5) = 2 of 3, c: at least one");
        assertArrayEquals(new boolean[] {true, true, true, true, true, true, true, true}, UtteranceSelection.best(set, confidence, 1));
    }

    @Test
    void theFirstOfEquallyTrustedUtterancesIsChosen() {
        assertArrayEquals(new boolean[] {true, true, false, false}, UtteranceSelection.best(set("a", "a", "a", "a"), new double[4], 0.5));
    }

    @Test
    void outputsAreAveragedOverTheFramesOfWords() {
        // Two states; posteriors 0.9, 0.1 on the frame of a word and 0.5, 0.5 beside it.
        float[] priors = {(float) Math.log(0.25), (float) Math.log(0.75)};
        float[] values = scores(priors, 0.5, 0.9, 0.5);
        var scores = new LogLikelihoods.Utterance(3, 2, values);
        Hypothesis heard = hypothesis(List.of(new Hypothesis.Word("ah", 1, 2, 1)), -0.2);
        assertEquals(Math.log(9), Confidence.of(Measure.OUTPUT_GAP, scores, heard, priors), 1e-5);
        assertEquals(0.8, Confidence.of(Measure.POSTERIOR_GAP, scores, heard, priors), 1e-5);
        assertEquals((0.9 * Math.log(0.9) + 0.1 * Math.log(0.1)) / Math.log(2), Confidence.of(Measure.NEGATIVE_ENTROPY, scores, heard, priors), 1e-5);
        assertEquals(-0.2, Confidence.of(Measure.PATH_SCORE, scores, heard, priors));
        Hypothesis silent = hypothesis(List.of(), -1);
        assertEquals(0.8 / 3, Confidence.of(Measure.POSTERIOR_GAP, scores, silent, priors), 1e-5, "no word: all frames");
    }

    @Test
    void everyMeasureIsLargerWhereTheModelIsSurer() {
        float[] priors = new float[2];
        var sure = new LogLikelihoods.Utterance(1, 2, scores(priors, 0.99));
        var unsure = new LogLikelihoods.Utterance(1, 2, scores(priors, 0.6));
        for (Measure measure : List.of(Measure.OUTPUT_GAP, Measure.POSTERIOR_GAP, Measure.NEGATIVE_ENTROPY)) {
            assertTrue(Confidence.of(measure, sure, hypothesis(List.of(), 0), priors) > Confidence.of(measure, unsure, hypothesis(List.of(), 0), priors));
        }
    }

    @Test
    void wordsThatAreWhatAnyPhonesWouldBeAreBelievedMost() {
        // One utterance is spoken as the words allow (three states of silence, then phone A of the word "ah"), one as "A" cut short by "O".
        int[] fitting = path(0, 3);
        int[] other = path(0, 6, 3, 6);
        LogLikelihoods scores = new LogLikelihoods(List.of(sharp(fitting), sharp(other)));
        DecoderOptions options = new DecoderOptions(1, 0, 1e9, 1000);
        Lexicon onlyAh = Lexicon.of(java.util.Map.of("ah", List.of(List.of("A"))));
        List<Hypothesis> heard = new Recognizer(DecodingGraph.singleWord(Tiny.STATES, onlyAh), options).decode(scores);
        double[] confidence = Confidence.againstFreeLoop(scores, heard, Tiny.STATES, options);
        assertEquals(0, confidence[0], 1e-6);
        assertTrue(confidence[1] < -0.5, "confidence where other phones were spoken: " + confidence[1]);
    }

    @Test
    void activityAsInSourceSpeechIsBelievedMost() {
        var model = Tiny.model(1);
        FeatureSet set = Tiny.features(Tiny.seed("UtteranceSelection"), 2, 10);
        SourceActivity source = SourceActivity.of(model, set);
        double[] confidence = source.confidence(model, set);
        assertEquals(set.size(), confidence.length);
        double squares = java.util.Arrays.stream(confidence).map(c -> c * c).average().orElseThrow();
        assertEquals(1, squares, 1e-9, "standardised on itself");
        double far = new SourceActivity(source.mean() + 10 * source.deviation(), source.deviation()).confidence(model, set)[0];
        assertTrue(far < -5, "far from source: " + far);
        FirstPass pass = FirstPass.of(model, new Recognizer(DecodingGraph.wordLoop(Tiny.STATES, Tiny.LEXICON), new DecoderOptions(1, 0, 1e9, 1000)), set);
        assertArrayEquals(confidence, pass.confidence(Measure.ACTIVATION_ENTROPY, source));
        assertTrue(assertThrows(UserError.class, () -> pass.confidence(Measure.ACTIVATION_ENTROPY, null)).getMessage().contains("source speech"));
    }

    /// States of phones that begin at these states, three states of each phone, two frames a state.
    private static int[] path(int... firstStates) {
        return java.util.Arrays.stream(firstStates).flatMap(s -> java.util.stream.IntStream.of(s, s, s + 1, s + 1, s + 2, s + 2)).toArray();
    }

    private static LogLikelihoods.Utterance sharp(int[] path) {
        int states = Tiny.STATES.size();
        float[] values = new float[path.length * states];
        java.util.Arrays.fill(values, -10);
        for (int t = 0; t < path.length; t++) {
            values[t * states + path[t]] = 0;
        }
        return new LogLikelihoods.Utterance(path.length, states, values);
    }

    private static float[] scores(float[] priors, double... first) {
        float[] values = new float[2 * first.length];
        for (int t = 0; t < first.length; t++) {
            values[2 * t] = (float) Math.log(first[t]) - priors[0];
            values[2 * t + 1] = (float) Math.log(1 - first[t]) - priors[1];
        }
        return values;
    }

    private static Hypothesis hypothesis(List<Hypothesis.Word> words, double margin) {
        return new Hypothesis(words, List.of(), new int[1], 0, 0, margin, 10);
    }

    private static FeatureSet set(String... speakers) {
        List<FeatureSet.Entry> entries = new ArrayList<>();
        for (int u = 0; u < speakers.length; u++) {
            entries.add(new FeatureSet.Entry(speakers[u] + u, speakers[u], List.of("ah"), new Features(1, 1, new float[1])));
        }
        return new FeatureSet(entries);
    }
}
