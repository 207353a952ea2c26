package org.hyperhypo.asr.prepare;

import java.io.IOException;
import java.util.List;
import org.hyperhypo.asr.data.DataDir;
import org.hyperhypo.asr.data.Utterance;

/// speechocean762: it brings data folders `train` and `test` with paths relative to its root. Every eighth speaker of train becomes the
/// development set here; ids get their speaker in front. Stress marks stay in the lexicon.
final class SpeechOcean {
    private SpeechOcean() {
    }

    static void read(Source source, Prepared.Builder out) throws IOException {
        for (String set : List.of("train", "test")) {
            DataDir.Usable usable = DataDir.readUsable(source.root().resolve(set), source.root(), DataDir.Options.STANDARD);
            source.problems().addAll(usable.problems());
            for (Utterance u : usable.data().utterances()) {
                out.add(set, new Utterance(u.speaker() + "-" + u.id(), u.speaker(), u.audio(), null, u.words()));
            }
            usable.data().genders().forEach(out::gender);
        }
        out.splitSpeakers("train", "dev", 8);
        source.linesIfThere("resource/lexicon.txt").forEach(line -> out.pronunciation(line.strip().replaceAll("\\s+", " ")));
    }
}
