package org.hyperhypo.experiments.cli;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.hyperhypo.asr.decode.Hypothesis;
import org.hyperhypo.experiments.Failure;

/// What decoding a few utterances gave, as it travels between processes.
///
/// @param utterances words of each, in order
/// @param sentences  lines of nbest.txt
record Heard(ArrayList<ArrayList<Word>> utterances, String sentences, ArrayList<Failure> failures) implements Serializable {
    /// [Hypothesis.Word], of which the speech front end knows no more than it needs.
    record Word(String word, int start, int end, double confidence) implements Serializable {
    }

    static Heard of(List<Hypothesis> hypotheses, String sentences, List<Failure> failures) {
        ArrayList<ArrayList<Word>> utterances = new ArrayList<>();
        for (Hypothesis hypothesis : hypotheses) {
            ArrayList<Word> words = new ArrayList<>();
            hypothesis.words().forEach(word -> words.add(new Word(word.word(), word.start(), word.end(), word.confidence())));
            utterances.add(words);
        }
        return new Heard(utterances, sentences, new ArrayList<>(failures));
    }
}
