package org.hyperhypo.experiments.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.hyperhypo.asr.score.Bootstrap;
import org.hyperhypo.asr.score.EditDistance;
import org.hyperhypo.asr.score.Holm;
import org.hyperhypo.asr.score.Mapsswe;
import org.hyperhypo.asr.score.WordErrors;
import org.hyperhypo.experiments.Tiny;
import org.junit.jupiter.api.Test;

/// The tests of significance on simulated experiments, whose truth is known: false alarms where two systems are equally good, and power.
///
/// An experiment is 300 utterances of 8 to 12 words (3,000 words). Both systems share most errors; each word comes out wrong in one of them alone
/// with probability 2.5 %, more in hard utterances than in easy ones, so that words are not independent.
class SignificanceTest {
    private static final int EXPERIMENTS = 4000;
    private static final int BOOTSTRAPPED = 2000;
    private static final int RESAMPLES = 400;
    private static final int UTTERANCES = 300;
    private static final double ALONE = 0.025;

    /// Alignments of both systems with the same references.
    private record Experiment(List<List<EditDistance.Step>> a, List<List<EditDistance.Step>> b) {
        /// @param better how much less likely an error of A alone is, as a share of [#ALONE]
        static Experiment simulated(SplittableRandom random, double better) {
            List<List<EditDistance.Step>> a = new ArrayList<>();
            List<List<EditDistance.Step>> b = new ArrayList<>();
            for (int u = 0; u < UTTERANCES; u++) {
                int words = 8 + random.nextInt(5);
                double hard = 2 * random.nextDouble();
                List<EditDistance.Step> first = new ArrayList<>();
                List<EditDistance.Step> second = new ArrayList<>();
                for (int w = 0; w < words; w++) {
                    boolean common = random.nextDouble() < 0.05 * hard;
                    first.add(step(common || random.nextDouble() < ALONE * hard * (1 - better)));
                    second.add(step(common || random.nextDouble() < ALONE * hard));
                }
                a.add(first);
                b.add(second);
            }
            return new Experiment(a, b);
        }

        private static EditDistance.Step step(boolean wrong) {
            return new EditDistance.Step(wrong ? EditDistance.Edit.SUBSTITUTION : EditDistance.Edit.CORRECT, "", "");
        }

        double mapsswe() {
            return Mapsswe.test(a, b).p();
        }

        double bootstrap(long seed) {
            return Bootstrap.paired(a.stream().map(WordErrors::of).toList(), b.stream().map(WordErrors::of).toList(), RESAMPLES, seed).p();
        }
    }

    /// A rate of 5 % over 4,000 experiments is known to ± 0.35 points (one deviation): 1 point is nearly three.
    @Test
    void theMatchedPairsTestIsWrongInOneOfTwentyEqualPairs() {
        SplittableRandom random = new SplittableRandom(Tiny.seed("MAPSSWE calibration"));
        int alarms = 0;
        for (int e = 0; e < EXPERIMENTS; e++) {
            alarms += Experiment.simulated(random, 0).mapsswe() <= 0.05 ? 1 : 0;
        }
        assertEquals(5, 100.0 * alarms / EXPERIMENTS, 1, "false alarms in percent");
    }

    @Test
    void theBootstrapIsWrongInOneOfTwentyEqualPairs() {
        SplittableRandom random = new SplittableRandom(Tiny.seed("bootstrap calibration"));
        int alarms = 0;
        for (int e = 0; e < BOOTSTRAPPED; e++) {
            alarms += Experiment.simulated(random, 0).bootstrap(e) <= 0.05 ? 1 : 0;
        }
        assertEquals(5, 100.0 * alarms / BOOTSTRAPPED, 1.5, "false alarms in percent; one deviation is 0.5");
    }

    /// The power statement of the report: 3,000 words with 5 % discordant ones detect 0.8 points. At exactly this difference the test sees half
    /// of the cases, as 1.96 deviations mean.
    @Test
    void theDetectableDifferenceIsSeenHalfOfTheTimeAndTwiceOfItNearlyAlways() {
        SplittableRandom random = new SplittableRandom(Tiny.seed("power"));
        double detectable = 1.96 * Math.sqrt(0.05 / 3000);
        assertEquals(0.8, 100 * detectable, 0.005);
        int seen = 0;
        int seenTwice = 0;
        int rounds = 1000;
        for (int e = 0; e < rounds; e++) {
            seen += Experiment.simulated(random, detectable / ALONE).mapsswe() <= 0.05 ? 1 : 0;
            seenTwice += Experiment.simulated(random, 2 * detectable / ALONE).mapsswe() <= 0.05 ? 1 : 0;
        }
        assertTrue(seen > 0.42 * rounds && seen < 0.68 * rounds, "seen at the detectable difference: " + seen + " of " + rounds);
        assertTrue(seenTwice > 0.95 * rounds, "at twice that: " + seenTwice + " of " + rounds);
    }

    /// Five contrasts between equal systems: without correction one family in four has a false alarm, with Holm's one in twenty.
    @Test
    void holmKeepsTheWholeFamilyAtFivePercent() {
        SplittableRandom random = new SplittableRandom(Tiny.seed("Holm"));
        int raw = 0;
        int corrected = 0;
        int families = 800;
        for (int f = 0; f < families; f++) {
            double[] p = new double[5];
            for (int i = 0; i < p.length; i++) {
                p[i] = Experiment.simulated(random, 0).mapsswe();
            }
            raw += java.util.Arrays.stream(p).anyMatch(x -> x <= 0.05) ? 1 : 0;
            corrected += java.util.Arrays.stream(Holm.adjust(p)).anyMatch(x -> x <= 0.05) ? 1 : 0;
        }
        assertTrue(raw > 0.17 * families, raw + " of " + families);
        assertTrue(corrected < 0.075 * families, corrected + " of " + families);
    }
}
