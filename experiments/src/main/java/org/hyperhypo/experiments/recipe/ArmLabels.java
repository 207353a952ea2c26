package org.hyperhypo.experiments.recipe;

import java.util.stream.IntStream;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.experiments.adapt.Arm;
import org.hyperhypo.experiments.adapt.DecodeAdapt;
import org.hyperhypo.experiments.adapt.FirstPass;
import org.hyperhypo.experiments.adapt.UtteranceSelection;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.Recognizer;
import org.hyperhypo.experiments.report.Csv;
import org.hyperhypo.experiments.train.Alignments;

/// What the arms of one replicate learn from in one condition: the first pass's states, and those of the transcripts for the arms that may
/// know them.
record ArmLabels(AcousticModel model, Recognizer recognizer, Lexicon lexicon, UtteranceSelection.Trust trust, RecipeOptions options, Csv failures) {

    /// All arms on the speech of `pass`; transcripts that cannot be aligned are named in the table of failures.
    DecodeAdapt adaptation(Replicate replicate, String condition, FirstPass pass) {
        return new DecodeAdapt(model, recognizer, pass, trust, reference(replicate, condition, pass), options.arms().rounds(),
                options.adapting(replicate.seed()));
    }

    /// Whether no trusted utterance has a decoded word.
    boolean nothing(FirstPass pass) {
        return IntStream.of(pass.labels(pass.trusted(trust))).allMatch(label -> label < 0);
    }

    private int[] reference(Replicate replicate, String condition, FirstPass pass) {
        if (options.arms().arms().stream().noneMatch(Arm::needsReference)) {
            return null;
        }
        Alignments aligned = pass.reference(lexicon, model.states(), options.search().alignmentScale());
        aligned.failures().forEach(f -> failures.add("reference labels " + replicate.name(), condition + " " + f.item(), f.reason()));
        return pass.labels(pass.trusted(trust), aligned);
    }
}
