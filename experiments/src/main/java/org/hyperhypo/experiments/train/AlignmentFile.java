package org.hyperhypo.experiments.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hyperhypo.asr.ark.IntVectors;
import org.hyperhypo.asr.hmm.Alignment;
import org.hyperhypo.asr.hmm.KaldiPdfs;
import org.hyperhypo.asr.hmm.StateInventory;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.model.FeatureSet;

/// State alignments on disk: a line `utterance state state …` each, one state a frame, as Kaldi's text archives of integers.
public final class AlignmentFile {
    private AlignmentFile() {
    }

    /// Labels of all frames of a set, −1 on those of utterances that the file does not have.
    public record Labels(int[] perFrame, List<String> missing) {
    }

    /// Writes labels of the set, without the utterances that have none.
    public static void write(Path file, FeatureSet set, Labels labels) throws IOException {
        Map<String, int[]> lines = new LinkedHashMap<>();
        Set<String> missing = Set.copyOf(labels.missing);
        int[] starts = set.starts();
        for (int u = 0; u < set.size(); u++) {
            if (!missing.contains(set.entries().get(u).id())) {
                lines.put(set.entries().get(u).id(), Arrays.copyOfRange(labels.perFrame, starts[u], starts[u + 1]));
            }
        }
        IntVectors.write(file, lines);
    }

    /// Writes the utterances that could be aligned.
    public static void write(Path file, FeatureSet set, Alignments alignments) throws IOException {
        Map<String, int[]> lines = new LinkedHashMap<>();
        for (int u = 0; u < set.size(); u++) {
            Alignment alignment = alignments.utterances().get(u);
            if (!alignment.phones().isEmpty()) {
                lines.put(set.entries().get(u).id(), alignment.states());
            }
        }
        IntVectors.write(file, lines);
    }

    /// The labels of `set`; utterances that only the file has are passed over.
    public static Labels read(Path file, FeatureSet set, StateInventory states) throws IOException {
        return read(file, set, states.size(), "the lexicon");
    }

    /// A Kaldi alignment (`ali-to-pdf`) as states here; utterances that it does not have get −1.
    public static Labels readPdfs(Path file, FeatureSet set, KaldiPdfs pdfs, StateInventory states) throws IOException {
        Labels labels = read(file, set, pdfs.size(), "the Kaldi model");
        int[] known = Arrays.stream(labels.perFrame).filter(pdf -> pdf >= 0).toArray();
        int[] converted = pdfs.states(known, states);
        int[] perFrame = labels.perFrame.clone();
        for (int t = 0, k = 0; t < perFrame.length; t++) {
            perFrame[t] = perFrame[t] < 0 ? -1 : converted[k++];
        }
        return new Labels(perFrame, labels.missing);
    }

    private static Labels read(Path file, FeatureSet set, int states, String whose) throws IOException {
        Map<String, int[]> lines = IntVectors.read(file);
        int[] labels = new int[set.frames()];
        List<String> missing = new ArrayList<>();
        int frame = 0;
        for (FeatureSet.Entry entry : set.entries()) {
            int[] line = lines.get(entry.id());
            if (line == null) {
                missing.add(entry.id());
                Arrays.fill(labels, frame, frame + entry.frames(), -1);
            } else {
                check(file, entry, line, states, whose);
                System.arraycopy(line, 0, labels, frame, line.length);
            }
            frame += entry.frames();
        }
        if (missing.size() == set.size()) {
            throw new UserError(file + ": none of its " + lines.size() + " utterances is among the " + set.size()
                    + " of the features; give the alignment of these features");
        }
        return new Labels(labels, List.copyOf(missing));
    }

    private static void check(Path file, FeatureSet.Entry entry, int[] line, int states, String whose) {
        if (line.length != entry.frames()) {
            throw new UserError(file + ": utterance \"" + entry.id() + "\" has " + line.length + " states, its features have " + entry.frames()
                    + " frames; align these features");
        }
        for (int state : line) {
            if (state < 0 || state >= states) {
                throw new UserError(file + ": utterance \"" + entry.id() + "\" has state " + state + ", " + whose + " has states 0 to "
                        + (states - 1) + "; give " + whose + " that the alignment was made with");
            }
        }
    }
}
