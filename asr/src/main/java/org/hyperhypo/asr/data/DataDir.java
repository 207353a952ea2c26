package org.hyperhypo.asr.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A data folder: utterances sorted by id (byte order), the speakers' genders where `spk2gender` says them, and notes on
/// things that are odd but harmless.
///
/// | file | line | |
/// |---|---|---|
/// | `wav.scp` | recording, audio path or `command \|` | needed |
/// | `segments` | utterance, recording, start, end in seconds, perhaps a channel | without it every recording is an utterance |
/// | `text` | utterance, words | words are composed (Unicode NFC) |
/// | `utt2spk` | utterance, speaker | needed |
/// | `spk2utt`, `spk2gender` | speaker, utterances; speaker, m f or u | checked where present |
/// | `lexicon.txt` | word, phones | checked where present; words that it lacks are a note |
///
/// A relative audio path is tried against the corpus root, then the folder, then its parent.
public record DataDir(List<Utterance> utterances, Map<String, String> genders, List<Problem> notes) {

    /// @param textRequired   without it a missing `text` file leaves all utterances without words
    /// @param commandSeconds time each `command |` of `wav.scp` may take; 0: commands are not run, such an entry is a problem
    public record Options(boolean textRequired, double commandSeconds) {
        public static final Options STANDARD = new Options(true, 0);
    }

    /// The utterances that can be used, and what is wrong with the others.
    public record Usable(DataDir data, List<Problem> problems) {
    }

    public DataDir {
        utterances = List.copyOf(utterances);
        genders = Map.copyOf(genders);
        notes = List.copyOf(notes);
    }

    /// Reads the folder; `root` is the corpus root that audio paths are relative to, or null. Throws with every problem found.
    public static DataDir read(Path dir, Path root) throws DataException {
        return read(dir, root, Options.STANDARD);
    }

    public static DataDir read(Path dir, Path root, Options options) throws DataException {
        Usable usable = new DataReader(dir, root, options).read();
        if (!usable.problems.isEmpty()) {
            throw new DataException(usable.problems);
        }
        return usable.data;
    }

    /// The same, but one bad utterance does not stop the folder; throws only where none is left.
    public static Usable readUsable(Path dir, Path root, Options options) throws DataException {
        Usable usable = new DataReader(dir, root, options).read();
        if (usable.data.utterances.isEmpty() && !usable.problems.isEmpty()) {
            throw new DataException(usable.problems);
        }
        return usable;
    }

    /// Utterances of each speaker, speakers sorted.
    public Map<String, List<Utterance>> bySpeaker() {
        Map<String, List<Utterance>> map = new TreeMap<>(Table.ORDER);
        for (Utterance u : utterances) {
            map.computeIfAbsent(u.speaker(), s -> new ArrayList<>()).add(u);
        }
        return map;
    }

    /// Writes the folder, made where missing: `wav.scp text utt2spk spk2utt`, `segments` and `spk2gender` where there is something to say,
    /// all sorted. Audio below `root` is written relative to it, other audio (all with null) absolute, so that any tool finds it. Files are
    /// complete before they take their names.
    public static void write(Path dir, Path root, DataDir data) throws DataException {
        new DataWriter(dir, root).write(data);
    }

    public static void write(Path dir, Path root, List<Utterance> utterances) throws DataException {
        write(dir, root, new DataDir(utterances, Map.of(), List.of()));
    }
}
