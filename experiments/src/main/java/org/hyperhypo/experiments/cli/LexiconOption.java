package org.hyperhypo.experiments.cli;

import java.nio.file.Path;
import java.util.TreeSet;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.asr.hmm.StateInventory;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.model.AcousticModel;
import picocli.CommandLine.Option;

/// How words are pronounced.
final class LexiconOption {
    private static final int STATES_PER_PHONE = 3;

    @Option(names = "--lexicon", required = true, paramLabel = "FILE", description = "Pronunciations: a word and its phones on each line.")
    private Path file;

    Lexicon read() {
        return Lexicon.read(file);
    }

    /// A lexicon whose phones the model knows; with phones that know their place in the word if the model was trained with such.
    Lexicon read(AcousticModel model, Path modelFile) {
        Lexicon lexicon = read();
        var unknown = new TreeSet<>(lexicon.phones().names());
        unknown.removeAll(model.states().phones().names());
        if (!unknown.isEmpty() && model.states().phones().names().containsAll(lexicon.positionDependent().phones().names())) {
            return lexicon.positionDependent();
        }
        if (!unknown.isEmpty()) {
            throw new UserError(file + ": phones " + unknown + " are not among the " + model.states().phones().size() + " phones of " + modelFile
                    + " " + model.states().phones() + "; give the lexicon that the model was trained with");
        }
        return lexicon;
    }

    /// The HMM states of a model to be trained.
    static StateInventory states(Lexicon lexicon) {
        return AcousticModel.inventory(lexicon.phones().names(), STATES_PER_PHONE);
    }
}
