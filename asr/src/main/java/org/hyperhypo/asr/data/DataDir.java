package org.hyperhypo.asr.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hyperhypo.asr.audio.WholeFile;

/// A data folder: utterances sorted by id (byte order), the speakers' genders where `spk2gender` says them, and notes on
/// things that are odd but harmless.
///
/// Files: `wav.scp` (id, audio path), `text` (id, words), `utt2spk` (id, speaker); `spk2utt` is checked where present. A relative
/// audio path is tried against the corpus root, then the folder, then its parent. An `id command |` entry is refused.
public record DataDir(List<Utterance> utterances, Map<String, String> genders, List<Problem> notes) {
    public DataDir {
        utterances = List.copyOf(utterances);
        genders = Map.copyOf(genders);
        notes = List.copyOf(notes);
    }

    /// Reads the folder; `root` is the corpus root that audio paths are relative to, or null. Throws with every problem found.
    public static DataDir read(Path dir, Path root) throws DataException {
        return read(dir, root, true);
    }

    /// The same; without `textRequired` a missing `text` file leaves all utterances without words.
    public static DataDir read(Path dir, Path root, boolean textRequired) throws DataException {
        if (!Files.isDirectory(dir)) {
            throw new DataException(List.of(new Problem(dir, 0, "no such folder; give the folder that holds wav.scp")));
        }
        List<Problem> problems = new ArrayList<>();
        List<Problem> notes = new ArrayList<>();
        Table wav = Table.read(dir.resolve("wav.scp"), problems, notes);
        boolean hasText = textRequired || Files.exists(dir.resolve("text"));
        Table text = hasText ? Table.read(dir.resolve("text"), problems, notes) : null;
        Table speakers = Table.read(dir.resolve("utt2spk"), problems, notes);
        AudioPaths paths = new AudioPaths(dir, root);
        List<Utterance> utterances = new ArrayList<>();
        wav.entries.forEach((id, entry) -> {
            Path audio = paths.find(wav.file, entry, id, problems);
            List<String> words = hasText ? words(text, id, wav, entry, problems) : List.of();
            Table.Entry speaker = speakers.entries.get(id);
            if (speaker == null) {
                problems.add(new Problem(wav.file, entry.line(), "utterance \"" + id + "\" has no line in utt2spk; add one or remove it"));
            } else if (speaker.rest().isEmpty() || speaker.rest().chars().anyMatch(c -> Table.isSpace((char) c))) {
                problems.add(new Problem(speakers.file, speaker.line(), "utterance \"" + id + "\" needs exactly one speaker, has \""
                    + speaker.rest() + "\"; write: " + id + " <speaker>"));
            } else if (audio != null) {
                utterances.add(new Utterance(id, speaker.rest(), audio, words));
            }
        });
        for (Table other : hasText ? List.of(text, speakers) : List.of(speakers)) {
            other.entries.forEach((id, entry) -> {
                if (!wav.entries.containsKey(id)) {
                    problems.add(new Problem(other.file, entry.line(), "utterance \"" + id + "\" has no line in wav.scp; add its audio or remove it"));
                }
            });
        }
        checkSpk2utt(dir.resolve("spk2utt"), speakers, problems, notes);
        Map<String, String> genders = new TreeMap<>();
        Path genderFile = dir.resolve("spk2gender");
        if (Files.exists(genderFile)) {
            Table.read(genderFile, problems, notes).entries.forEach((speaker, entry) -> genders.put(speaker, entry.rest()));
        }
        if (!problems.isEmpty()) {
            throw new DataException(problems);
        }
        return new DataDir(utterances, genders, notes);
    }

    private static List<String> words(Table text, String id, Table wav, Table.Entry entry, List<Problem> problems) {
        Table.Entry line = text.entries.get(id);
        if (line == null) {
            problems.add(new Problem(wav.file, entry.line(), "utterance \"" + id + "\" has no line in text; add its words or remove it"));
            return List.of();
        }
        if (line.rest().isEmpty()) {
            problems.add(new Problem(text.file, line.line(), "utterance \"" + id + "\" has no words; add them or remove the utterance"));
            return List.of();
        }
        return split(line.rest());
    }

    private static void checkSpk2utt(Path file, Table speakers, List<Problem> problems, List<Problem> notes) {
        if (!Files.exists(file)) {
            return;
        }
        Table table = Table.read(file, problems, notes);
        table.entries.forEach((speaker, entry) -> {
            for (String id : split(entry.rest())) {
                Table.Entry said = speakers.entries.get(id);
                if (said == null || !said.rest().equals(speaker)) {
                    problems.add(new Problem(file, entry.line(), "speaker \"" + speaker + "\" has utterance \"" + id + "\", utt2spk says "
                        + (said == null ? "nothing" : "\"" + said.rest() + "\"") + "; make spk2utt from utt2spk again"));
                }
            }
        });
    }

    private static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        for (int from = 0, i = 0; i <= text.length(); i++) {
            if (i == text.length() || Table.isSpace(text.charAt(i))) {
                if (i > from) {
                    words.add(text.substring(from, i));
                }
                from = i + 1;
            }
        }
        return words;
    }

    /// Utterances of each speaker, speakers sorted.
    public Map<String, List<Utterance>> bySpeaker() {
        Map<String, List<Utterance>> map = new TreeMap<>(Table.ORDER);
        for (Utterance u : utterances) {
            map.computeIfAbsent(u.speaker(), s -> new ArrayList<>()).add(u);
        }
        return map;
    }

    /// Writes `wav.scp text utt2spk spk2utt`, sorted; the folder is made where missing. Audio below `root` (or, with null, below
    /// the folder) is written relative to it, other audio absolute. Files are complete before they take their names.
    public static void write(Path dir, Path root, List<Utterance> utterances) throws DataException {
        List<Problem> problems = new ArrayList<>();
        Map<String, Utterance> sorted = new TreeMap<>(Table.ORDER);
        Path base = (root == null ? dir : root).toAbsolutePath().normalize();
        for (Utterance u : utterances) {
            for (String token : List.of(u.id(), u.speaker())) {
                if (token.isEmpty() || token.chars().anyMatch(c -> Table.isSpace((char) c))) {
                    problems.add(new Problem(dir, 0, "utterance \"" + u.id() + "\" of speaker \"" + u.speaker()
                        + "\": ids must not be empty or hold white space; rename"));
                }
            }
            if (sorted.put(u.id(), u) != null) {
                problems.add(new Problem(dir, 0, "utterance \"" + u.id() + "\" twice; ids must be unique"));
            }
        }
        if (!problems.isEmpty()) {
            throw new DataException(problems);
        }
        Map<String, StringBuilder> files = new LinkedHashMap<>();
        List.of("text", "utt2spk", "spk2utt", "wav.scp").forEach(name -> files.put(name, new StringBuilder()));
        Map<String, StringBuilder> spk2utt = new TreeMap<>(Table.ORDER);
        for (Utterance u : sorted.values()) {
            Path audio = u.audio().toAbsolutePath().normalize();
            String path = audio.startsWith(base) ? base.relativize(audio).toString().replace('\\', '/') : audio.toString();
            files.get("wav.scp").append(u.id()).append(' ').append(path).append('\n');
            files.get("text").append(u.id()).append(u.words().isEmpty() ? "" : " ").append(String.join(" ", u.words())).append('\n');
            files.get("utt2spk").append(u.id()).append(' ').append(u.speaker()).append('\n');
            spk2utt.computeIfAbsent(u.speaker(), s -> new StringBuilder(s)).append(' ').append(u.id());
        }
        spk2utt.values().forEach(line -> files.get("spk2utt").append(line).append('\n'));
        writeAll(dir, files);
    }

    private static void writeAll(Path dir, Map<String, StringBuilder> files) throws DataException {
        Map<Path, Path> moves = new LinkedHashMap<>();
        try {
            Files.createDirectories(dir);
            for (Map.Entry<String, StringBuilder> file : files.entrySet()) {
                Path target = dir.resolve(file.getKey());
                moves.put(WholeFile.prepare(target, file.getValue().toString().getBytes(StandardCharsets.UTF_8)), target);
            }
            for (Map.Entry<Path, Path> move : moves.entrySet()) {
                WholeFile.publish(move.getKey(), move.getValue());
            }
        } catch (IOException e) {
            for (Path part : moves.keySet()) {
                try {
                    Files.deleteIfExists(part);
                } catch (IOException second) {
                    e.addSuppressed(second);
                }
            }
            DataException failure = new DataException(List.of(new Problem(dir, 0, "cannot be written: " + e + "; check the path and free space")));
            failure.initCause(e);
            throw failure;
        }
    }

    /// Finds the audio of `wav.scp` lines.
    private record AudioPaths(Path dir, Path root) {
        Path find(Path file, Table.Entry entry, String id, List<Problem> problems) {
            String text = entry.rest();
            String problem;
            if (text.isEmpty()) {
                problem = "utterance \"" + id + "\" has no audio path; write: " + id + " <path>";
            } else if (text.endsWith("|")) {
                problem = "utterance \"" + id + "\" is a command (\"" + text + "\"); commands are not run: write its output to a file and name that";
            } else {
                try {
                    List<Path> tried = candidates(Path.of(text));
                    for (Path path : tried) {
                        if (Files.isRegularFile(path)) {
                            return path;
                        }
                    }
                    problem = "utterance \"" + id + "\": no audio file " + tried + "; give the corpus root that the path is relative to";
                } catch (InvalidPathException e) {
                    problem = "utterance \"" + id + "\": \"" + text + "\" is no path; correct it";
                }
            }
            problems.add(new Problem(file, entry.line(), problem));
            return null;
        }

        private List<Path> candidates(Path path) {
            if (path.isAbsolute()) {
                return List.of(path);
            }
            List<Path> list = new ArrayList<>();
            if (root != null) {
                list.add(root.resolve(path));
            }
            list.add(dir.resolve(path));
            Path parent = dir.toAbsolutePath().normalize().getParent();
            if (parent != null) {
                list.add(parent.resolve(path));
            }
            return list;
        }
    }
}
