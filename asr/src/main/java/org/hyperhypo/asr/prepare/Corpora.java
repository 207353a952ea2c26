package org.hyperhypo.asr.prepare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.hyperhypo.asr.data.DataException;
import org.hyperhypo.asr.data.Problem;

/// The corpora that can be prepared.
public final class Corpora {
    /// @param name   on the command line
    /// @param layout what the folder must hold, for help and errors
    public record Kind(String name, String layout, Reader reader) {
        /// Reads the folder; nothing is downloaded, copied or changed. Throws where it is not this corpus.
        public Prepared read(Path folder) throws IOException {
            Source source = new Source(folder);
            Prepared.Builder out = new Prepared.Builder(source);
            reader.read(source, out);
            Prepared prepared = out.build();
            if (prepared.sets().isEmpty()) {
                throw new DataException(List.of(new Problem(folder, 0, "no utterance of " + name + " found; it should hold " + layout)));
            }
            return prepared;
        }
    }

    interface Reader {
        void read(Source source, Prepared.Builder out) throws IOException;
    }

    public static final List<Kind> ALL = List.of(
        new Kind("free-spoken-digits", "recordings/<digit>_<speaker>_<index>.wav", FreeSpokenDigits::read),
        new Kind("speech-commands", "<word>/<speaker>_nohash_<n>.wav, validation_list.txt, testing_list.txt", SpeechCommands::read),
        new Kind("arabic-speech-commands", "dataset/<word>/<speaker>_NO_<n>.wav, train.csv, val.csv, test.csv", ArabicSpeechCommands::read),
        new Kind("librispeech", "<set>/<speaker>/<chapter>/*.flac and *.trans.txt, SPEAKERS.TXT", LibriSpeech::read),
        new Kind("speechocean762", "train, test (wav.scp text utt2spk spk2gender each), WAVE, resource/lexicon.txt", SpeechOcean::read),
        new Kind("timit", "TRAIN and TEST/<dialect>/<speaker>/<sentence>.WAV and .WRD, DOC/TIMITDIC.TXT", Timit::read),
        new Kind("an4", "etc/an4_train.fileids, etc/an4_train.transcription, the same for test, etc/an4.dic, wav/**.sph", An4::read));

    private Corpora() {
    }

    public static Kind of(String name) {
        return ALL.stream().filter(kind -> kind.name().equals(name)).findFirst().orElseThrow(() -> new IllegalArgumentException(
            "corpus \"" + name + "\" is not known; known are " + String.join(", ", ALL.stream().map(Kind::name).toList())));
    }
}
