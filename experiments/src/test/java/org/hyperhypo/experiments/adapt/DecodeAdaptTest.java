package org.hyperhypo.experiments.adapt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.Map;
import org.hyperhypo.asr.decode.DecoderOptions;
import org.hyperhypo.asr.decode.DecodingGraph;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.engine.Network;
import org.hyperhypo.experiments.Tiny;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.Recognizer;
import org.junit.jupiter.api.Test;

class DecodeAdaptTest {
    private static final long SEED = Tiny.seed("DecodeAdapt");
    private static final Adaptation.Options OPTIONS = new Adaptation.Options(0.25, 0.9, 32, 1, 0.5, SEED);
    private static final Arm.Budget BUDGET = new Arm.Budget(new Rates(new Rates.Family(0.3, 0.3, 0.3, 0.3, 0.3)), 3, 2, 1);
    private static final UtteranceSelection.Trust TRUST = new UtteranceSelection.Trust(UtteranceSelection.Measure.PATH_SCORE, 0.5, null);

    private final AcousticModel model = Tiny.model(SEED);
    private final FeatureSet set = Tiny.features(SEED, 3, 6);
    private final Recognizer recognizer = new Recognizer(DecodingGraph.wordLoop(Tiny.STATES, Tiny.LEXICON), new DecoderOptions(1, 0, 1e9, 1000));
    // A first pass that knows one of the two words, so that the second hears something else.
    private final FirstPass first = FirstPass.of(model, new Recognizer(DecodingGraph.wordLoop(Tiny.STATES, Lexicon.of(Map.of("oh", List.of(List.of("O"))))),
            recognizer.options()), set);

    @Test
    void oneRoundIsTheArm() {
        assertEquals(first(arm("A7")).hash(), rounds(1, "A7").hash());
    }

    @Test
    void theSecondRoundLearnsFromTheSourceOnWhatTheFirstRoundsNetworkHears() {
        FirstPass again = FirstPass.of(model.with(first(arm("A1"))), recognizer, set);
        Network byHand = new Adaptation(model.network(), model.splice(set), new Adaptation.Labels(again.labels(again.trusted(TRUST)), null), OPTIONS)
                .run(arm("A1"), 0).network();
        assertEquals(byHand.hash(), rounds(2, "A1").hash());
        assertNotEquals(rounds(1, "A1").hash(), rounds(2, "A1").hash());
    }

    @Test
    void armsThatDoNotListenHaveNoSecondRound() {
        assertEquals(model.network().hash(), rounds(3, "A0").hash());
        assertEquals(rounds(1, "A15.A6").hash(), rounds(3, "A15.A6").hash());
    }

    private Network rounds(int count, String arm) {
        return new DecodeAdapt(model, recognizer, first, TRUST, labels(), count, OPTIONS).run(arm(arm), 0).network();
    }

    private Network first(Arm arm) {
        return new Adaptation(model.network(), model.splice(set), new Adaptation.Labels(labels(), null), OPTIONS).run(arm, 0).network();
    }

    private int[] labels() {
        return first.labels(first.trusted(TRUST));
    }

    private static Arm arm(String id) {
        return Arm.all(BUDGET).stream().filter(arm -> arm.id().equals(id)).findFirst().orElseThrow();
    }
}
