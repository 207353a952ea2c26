package org.hyperhypo.experiments.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hyperhypo.asr.features.FrameContext;
import org.hyperhypo.asr.hmm.StateFile;
import org.hyperhypo.asr.hmm.StateInventory;
import org.hyperhypo.engine.ModelFile;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.report.Json;

/// Acoustic models as safetensors files: the network, and in the metadata what its inputs and outputs mean.
///
/// Metadata `acoustic` is a JSON object: `features` (options), `left`, `right` (frames of context), `phones`, `statesPerPhone`, `logPriors`;
/// where states are tied `states` (a [StateFile]); where the decoder was tuned `acousticScale` and `wordPenalty`.
public final class ModelFiles {
    private static final String KEY = "acoustic";

    private ModelFiles() {
    }

    public static void save(AcousticModel model, Path file) throws IOException {
        if (file.toAbsolutePath().getParent() != null) {
            Files.createDirectories(file.toAbsolutePath().getParent());
        }
        Map<String, Object> acoustic = new LinkedHashMap<>();
        acoustic.put("features", model.features().describe());
        acoustic.put("left", model.context().left());
        acoustic.put("right", model.context().right());
        acoustic.put("phones", model.states().phones().names());
        acoustic.put("statesPerPhone", model.states().topology().states(false));
        if (model.states().tied()) {
            acoustic.put("states", StateFile.text(model.states()));
        }
        if (model.weights() != null) {
            acoustic.put("acousticScale", Double.toString(model.weights().acousticScale()));
            acoustic.put("wordPenalty", Double.toString(model.weights().wordPenalty()));
        }
        List<String> priors = new java.util.ArrayList<>();
        for (float prior : model.logPriors()) {
            priors.add(Float.toString(prior));
        }
        acoustic.put("logPriors", priors);
        model.network().save(file, Map.of(KEY, Json.text(acoustic)));
    }

    public static AcousticModel load(Path file) throws IOException {
        ModelFile.Model contents = ModelFile.read(file);
        String text = contents.metadata().get(KEY);
        if (text == null) {
            throw new UserError(file + ": a network without acoustic description (metadata \"" + KEY + "\"); it was not trained by this program");
        }
        try {
            Map<?, ?> acoustic = (Map<?, ?>) Json.parse(text, file + " metadata " + KEY);
            List<String> phones = ((List<?>) acoustic.get("phones")).stream().map(Object::toString).toList();
            List<?> priors = (List<?>) acoustic.get("logPriors");
            float[] logPriors = new float[priors.size()];
            for (int s = 0; s < logPriors.length; s++) {
                logPriors[s] = Float.parseFloat(priors.get(s).toString());
            }
            return new AcousticModel(contents.network(), FeatureSettings.parse((Map<?, ?>) acoustic.get("features"), file.toString()),
                    new FrameContext(number(acoustic, "left"), number(acoustic, "right")),
                    states(acoustic, phones, file), logPriors, weights(acoustic));
        } catch (IOException | ClassCastException | NullPointerException | IllegalArgumentException e) {
            throw new UserError(file + ": the acoustic description is damaged (" + e.getMessage() + ")", e);
        }
    }

    private static StateInventory states(Map<?, ?> acoustic, List<String> phones, Path file) {
        return acoustic.get("states") == null ? AcousticModel.inventory(phones, number(acoustic, "statesPerPhone"))
                : StateFile.parse(file + " metadata states", acoustic.get("states").toString().lines().toList());
    }

    private static AcousticModel.Weights weights(Map<?, ?> acoustic) {
        return acoustic.get("acousticScale") == null ? null : new AcousticModel.Weights(
                Double.parseDouble(acoustic.get("acousticScale").toString()), Double.parseDouble(acoustic.get("wordPenalty").toString()));
    }

    private static int number(Map<?, ?> object, String key) {
        return Integer.parseInt(object.get(key).toString());
    }
}
