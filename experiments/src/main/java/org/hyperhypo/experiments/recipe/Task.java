package org.hyperhypo.experiments.recipe;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hyperhypo.asr.data.DataDir;
import org.hyperhypo.asr.decode.Grammar;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.asr.hmm.StateInventory;
import org.hyperhypo.experiments.Failure;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.report.Progress;

/// What a recipe works on: a corpus with sets `train`, `dev` and `test`, and the other domains it is carried to.
public interface Task {
    String name();

    /// Whether the speech was made by a synthesiser; shown wherever results are.
    boolean synthetic();

    /// Sampling rate in Hz. Ask after [#prepare].
    int rate();

    /// Makes or checks the corpus and returns its folder: Kaldi-style sets and `lexicon.txt`.
    Path prepare(RunFolder run, int threads, Progress progress) throws IOException;

    /// What may be said.
    Grammar graph(StateInventory states, Lexicon lexicon);

    /// What the training speech goes through: about half of it stays clean, the rest gets mild noise, so that the source model is no straw man.
    Domain training() throws IOException;

    /// Test conditions. Ask after [#prepare].
    List<Domain> targets() throws IOException;

    /// Corruptions of the development speech for tuning the decoder: of the same kinds, but none of the test's noises and rooms.
    List<Domain> tuning() throws IOException;

    /// How replicates divide the speech; `folds` where the task leaves that open. Ask after [#prepare].
    default Division division(int folds) {
        return new Division.TestFolds(folds);
    }

    /// Recordings that could not be used for the corpus. Ask after [#prepare].
    default List<Failure> failures() {
        return List.of();
    }

    /// Three states for every phone, whatever its neighbours, unless the task knows better.
    default StateInventory states(Lexicon lexicon) {
        return AcousticModel.inventory(lexicon.phones().names(), 3);
    }

    /// State numbers of the training speech, frame by frame; none: networks find them from a flat start.
    default Optional<Path> alignments() {
        return Optional.empty();
    }

    /// Speech that was recorded in a target domain, to adapt on and to score; none: the domain is the test set, corrupted. Ask after [#prepare].
    default Optional<DataDir> recordings(Domain target) {
        return Optional.empty();
    }

    /// What it was told to do, for the run record.
    Map<String, String> describe();
}
