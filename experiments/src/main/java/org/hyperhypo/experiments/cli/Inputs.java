package org.hyperhypo.experiments.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.FeatureFolder;
import org.hyperhypo.experiments.model.FeatureSet;

/// Reads what commands work on and complains before anything is computed.
final class Inputs {
    private Inputs() {
    }

    static FeatureFolder.Contents features(Path folder) throws IOException {
        FeatureFolder.Contents contents = FeatureFolder.read(folder);
        if (contents.set().size() == 0) {
            throw new UserError(folder + ": a folder of features without utterances; compute the features again");
        }
        return contents;
    }

    /// Features that are made as the model's.
    static FeatureSet features(Path folder, AcousticModel model) throws IOException {
        FeatureFolder.Contents contents = features(folder);
        model.features().require(contents.settings(), folder.toString());
        return contents.set();
    }

    /// Features with transcripts.
    static void requireWords(FeatureSet set, Path folder) {
        if (set.words() == 0) {
            throw new UserError(folder + ": none of its " + set.size() + " utterances has words; make the features of a data folder with a text file");
        }
    }
}
