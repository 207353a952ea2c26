package org.hyperhypo.experiments.recipe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hyperhypo.asr.audio.AudioException;
import org.hyperhypo.asr.audio.AudioFiles;
import org.hyperhypo.asr.data.DataDir;
import org.hyperhypo.asr.data.DataException;
import org.hyperhypo.asr.data.Problem;
import org.hyperhypo.asr.data.Utterance;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.experiments.UserError;

/// A corpus folder: sets `train`, `dev`, `test` (each `wav.scp text utt2spk`) and `lexicon.txt`.
record CorpusFolder(Path root, Map<String, DataDir> sets, Lexicon lexicon) {
    static final List<String> SETS = List.of("train", "dev", "test");

    /// Reads everything; the exception carries the problems of all sets, not only of the first.
    static CorpusFolder read(Path root) throws IOException {
        for (String name : List.of("train", "dev", "test", "lexicon.txt")) {
            if (!Files.exists(root.resolve(name))) {
                throw new UserError(root.resolve(name) + ": no such file or folder; a corpus folder holds train, dev, test (wav.scp text utt2spk "
                        + "each) and lexicon.txt");
            }
        }
        Lexicon lexicon = Lexicon.read(root.resolve("lexicon.txt"));
        Map<String, DataDir> sets = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (String set : SETS) {
            try {
                DataDir data = DataDir.read(root.resolve(set), root);
                sets.put(set, data);
                data.utterances().stream().flatMap(utterance -> utterance.words().stream()).distinct().filter(word -> !lexicon.contains(word))
                        .forEach(word -> problems.add(new Problem(root.resolve(set).resolve("text"), 0,
                                "word \"" + word + "\" is not in lexicon.txt; add its pronunciation")));
            } catch (DataException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new DataException(problems);
        }
        return new CorpusFolder(root, sets, lexicon);
    }

    /// In Hz, of the first training recording that can be read; those that cannot are named with the features.
    int rate() throws AudioException {
        AudioException first = new AudioException(root.resolve("train").toString(), "no utterances; list recordings in wav.scp");
        int tried = 0;
        for (Utterance utterance : set("train").utterances()) {
            try {
                return AudioFiles.read(utterance.audio()).rate();
            } catch (AudioException e) {
                first = tried++ == 0 ? e : first;
            }
        }
        throw first;
    }

    DataDir set(String name) {
        return sets.get(name);
    }
}
