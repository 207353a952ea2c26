package org.hyperhypo.asr.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The `lexicon.txt` of a data folder: lines that are no pronunciation are problems, words of `text` that it lacks a note each.
record LexiconCheck(Path file, List<Problem> problems, List<Problem> notes) {
    void check(Table text, List<Utterance> utterances) {
        if (!Files.exists(file)) {
            return;
        }
        Set<String> known = new HashSet<>();
        Table.lines(file, problems, (number, line) -> {
            List<String> fields = Table.split(TextFile.composed(line));
            if (fields.size() < 2) {
                problems.add(new Problem(file, number, "\"" + line.strip() + "\" is no word with phones; write: WORD PHONE …"));
            } else {
                known.add(fields.getFirst());
            }
        });
        for (Utterance utterance : utterances) {
            for (String word : utterance.words()) {
                if (known.add(word)) {
                    notes.add(new Problem(text.file, text.entries.get(utterance.id()).line(), "word \"" + word
                        + "\" is not in lexicon.txt; add its pronunciation"));
                }
            }
        }
    }
}
