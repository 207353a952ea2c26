package org.hyperhypo.experiments.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hyperhypo.asr.score.CrossEntropy;
import org.hyperhypo.asr.score.Ctm;
import org.hyperhypo.asr.score.EditDistance;
import org.hyperhypo.asr.score.Scorer;
import org.hyperhypo.asr.score.Stm;
import org.hyperhypo.asr.score.Transcripts;
import org.hyperhypo.experiments.UserError;

/// A hypothesis file of any of the known forms, scored.
///
/// @param alignments by utterance
/// @param entropy    of the confidences; null where the file has none
record ScoredFile(Path file, Scorer.Result result, Map<String, List<EditDistance.Step>> alignments, CrossEntropy entropy) {

    /// References with what their file says about speakers and conditions (nothing, unless it is an .stm).
    record Reference(Map<String, List<String>> words, Map<String, List<String>> speakers, Map<String, List<String>> labels,
            List<Stm.Segment> segments) {
    }

    static Reference reference(Path file, boolean ignoreCase) {
        Map<String, List<String>> words = new LinkedHashMap<>();
        Map<String, List<String>> speakers = new LinkedHashMap<>();
        Map<String, List<String>> labels = new LinkedHashMap<>();
        List<Stm.Segment> segments = List.of();
        if (file.toString().endsWith(".stm")) {
            segments = Stm.read(file);
            for (Stm.Segment segment : segments) {
                words.put(segment.id(), segment.words());
                speakers.put(segment.id(), List.of(segment.speaker()));
                labels.put(segment.id(), segment.labels());
            }
        } else {
            words.putAll(Transcripts.read(file));
        }
        return new Reference(ignoreCase ? Transcripts.foldCase(words) : words, speakers, labels, segments);
    }

    static ScoredFile of(Reference reference, Path file, boolean ignoreCase, Scorer.Missing missing) {
        boolean ctm = file.toString().endsWith(".ctm");
        if (!ctm && !reference.segments.isEmpty()) {
            throw new UserError(file + ": an .stm reference needs a hypothesis with times; give a .ctm file");
        }
        Map<String, List<Ctm.Word>> times = !ctm ? Map.of()
                : reference.segments.isEmpty() ? Ctm.byRecording(Ctm.read(file)) : Stm.assign(reference.segments, Ctm.read(file));
        Map<String, List<String>> words = new LinkedHashMap<>();
        times.forEach((id, list) -> words.put(id, list.stream().map(Ctm.Word::word).toList()));
        if (!ctm) {
            words.putAll(Transcripts.read(file));
        }
        Map<String, List<String>> compared = ignoreCase ? Transcripts.foldCase(words) : words;
        Scorer.Result result = Scorer.score(reference.words, compared, Map.of(), missing);
        Map<String, List<EditDistance.Step>> alignments = new LinkedHashMap<>();
        result.utterances().keySet()
                .forEach(id -> alignments.put(id, EditDistance.align(reference.words.get(id), compared.getOrDefault(id, List.of()))));
        boolean confident = ctm && times.values().stream().flatMap(List::stream).noneMatch(word -> Double.isNaN(word.confidence()));
        CrossEntropy entropy = confident ? new CrossEntropy() : null;
        if (confident) {
            alignments.forEach((id, steps) -> entropy.add(steps,
                    times.getOrDefault(id, List.of()).stream().mapToDouble(Ctm.Word::confidence).toArray()));
        }
        return new ScoredFile(file, result, alignments, entropy);
    }
}
