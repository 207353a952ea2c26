package org.hyperhypo.experiments.recipe.map;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.hyperhypo.engine.ModelException;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.NeuronMask;
import org.hyperhypo.experiments.adapt.Adaptation;
import org.hyperhypo.experiments.adapt.Arm;
import org.hyperhypo.experiments.adapt.FirstPass;
import org.hyperhypo.experiments.adapt.UtteranceSelection;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.Recognizer;
import org.hyperhypo.experiments.neurons.ActivationStats;
import org.hyperhypo.experiments.neurons.HyperHypo;
import org.hyperhypo.experiments.prune.Removal;
import org.hyperhypo.experiments.recipe.Evaluation;
import org.hyperhypo.experiments.recipe.RecipeOptions;
import org.hyperhypo.experiments.recipe.Replicate;
import org.hyperhypo.experiments.recipe.Scorer;

/// What a trained network becomes in one target condition: with neurons removed, and adapted by each arm. Each variant leaves the errors of every
/// test utterance under its name: "A7", "saturated mean-fold", "random zero".
record CellSystems(Replicate replicate, AcousticModel model, Recognizer recognizer, MapOptions options) {
    static final String SATURATED = "saturated ";
    static final String RANDOM = "random ";
    private static final Set<String> ARMS = Set.of("A1", "A3", "A6", "A7", "A8", "A9");

    /// The whole network; all saturated neurons out, and as many random ones of every layer. Where none is saturated there is nothing to remove.
    void remove(CellResult result, String condition, Scorer target, ActivationStats stats, NeuronMask saturated) {
        Network whole = model.network();
        add(result, condition, "A0", 0, target, whole, true);
        if (saturated.count() == 0) {
            return;
        }
        for (Removal mode : Removal.values()) {
            add(result, condition, SATURATED + mode.label(), 0, target, mode.apply(whole, saturated, stats), true);
            for (int draw = 0; draw < options.draws(); draw++) {
                NeuronMask random = HyperHypo.random(whole.spec(), stats, saturated, replicate.seed() * 1_000_003 + draw);
                add(result, condition, RANDOM + mode.label(), draw, target, mode.apply(whole, random, stats), true);
            }
        }
    }

    /// The arms that the contrasts need, on what the network itself hears in `unlabelled`.
    void adapt(CellResult result, String condition, Scorer target, FeatureSet unlabelled) {
        RecipeOptions recipe = options.recipe();
        FirstPass pass = FirstPass.of(model, recognizer, unlabelled);
        int[] labels = pass.labels(pass.trusted(new UtteranceSelection.Trust(recipe.trust(), recipe.trustShare(), null)));
        if (IntStream.of(labels).allMatch(label -> label < 0)) {
            result.failures.add("map adaptation", result.name + " " + condition, "no trusted utterance has a decoded word, so there is nothing to adapt on");
            return;
        }
        Adaptation adaptation = new Adaptation(model.network(), model.splice(unlabelled), new Adaptation.Labels(labels, null),
                new Adaptation.Options(recipe.tailShare(), recipe.adaptation().momentum(), recipe.adaptation().batch(), recipe.adaptation().share(), 0,
                        replicate.seed()));
        for (Arm arm : arms()) {
            for (int draw = 0; draw < arm.draws(); draw++) {
                try {
                    Adaptation.Outcome outcome = adaptation.run(arm, draw);
                    add(result, condition, arm.id(), draw, target, outcome.network(), outcome.sameConvolutions());
                } catch (ModelException e) {
                    result.failures.add("map adaptation", result.name + " " + condition + " " + arm.id(), e.getMessage());
                }
            }
        }
    }

    private List<Arm> arms() {
        return Arm.standard(options.budget()).stream().filter(arm -> ARMS.contains(arm.id())).toList();
    }

    private void add(CellResult result, String condition, String system, int draw, Scorer target, Network network, boolean sameConvolutions) {
        Evaluation.addUtterances(result.utterances, replicate, condition, system, draw, target.set(), target.evaluate(network, sameConvolutions, recognizer));
    }
}
