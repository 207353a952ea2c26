package org.hyperhypo.asr.prepare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hyperhypo.asr.audio.WholeFile;
import org.hyperhypo.asr.data.DataDir;
import org.hyperhypo.asr.data.Problem;
import org.hyperhypo.asr.data.Utterance;

/// A corpus as sets of utterances with what else it says.
///
/// @param lexicon  lines `WORD PHONE …`, empty where the corpus has none
/// @param problems utterances that were left out, and why
public record Prepared(Map<String, DataDir> sets, List<String> lexicon, List<Problem> problems) {

    /// Writes a data folder for each set and `lexicon.txt` where there is one. Audio paths are absolute.
    public void write(Path folder) throws IOException {
        for (Map.Entry<String, DataDir> set : sets.entrySet()) {
            DataDir.write(folder.resolve(set.getKey()), null, set.getValue());
        }
        if (!lexicon.isEmpty()) {
            WholeFile.write(folder.resolve("lexicon.txt"), (String.join("\n", lexicon) + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /// Collects one corpus.
    static final class Builder {
        private final Source source;
        private final Map<String, List<Utterance>> sets = new LinkedHashMap<>();
        private final Map<String, String> genders = new TreeMap<>();
        private final Set<String> lexicon = new LinkedHashSet<>();

        Builder(Source source) {
            this.source = source;
        }

        /// Speakers of set `from` become set `to`, every `step`-th by name: for corpora that have no development set of their own.
        void splitSpeakers(String from, String to, int step) {
            List<Utterance> all = sets.getOrDefault(from, List.of());
            Set<String> moved = new TreeSet<>();
            int number = 0;
            for (String speaker : new TreeSet<>(all.stream().map(Utterance::speaker).toList())) {
                if (++number % step == 0) {
                    moved.add(speaker);
                }
            }
            if (!moved.isEmpty()) {
                sets.put(from, new ArrayList<>(all.stream().filter(u -> !moved.contains(u.speaker())).toList()));
                sets.put(to, new ArrayList<>(all.stream().filter(u -> moved.contains(u.speaker())).toList()));
            }
        }

        void add(String set, Utterance utterance) {
            sets.computeIfAbsent(set, name -> new ArrayList<>()).add(utterance);
        }

        void gender(String speaker, String gender) {
            genders.put(speaker, gender);
        }

        /// A line `WORD PHONE …`.
        void pronunciation(String line) {
            lexicon.add(line);
        }

        Prepared build() {
            Map<String, DataDir> folders = new LinkedHashMap<>();
            for (String usual : List.of("train", "dev", "test")) {
                if (sets.containsKey(usual)) {
                    folders.put(usual, new DataDir(sets.remove(usual), genders, List.of()));
                }
            }
            new TreeMap<>(sets).forEach((set, utterances) -> folders.put(set, new DataDir(utterances, genders, List.of())));
            return new Prepared(folders, List.copyOf(lexicon), List.copyOf(source.problems()));
        }
    }
}
