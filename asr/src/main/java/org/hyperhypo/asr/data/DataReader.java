package org.hyperhypo.asr.data;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hyperhypo.asr.audio.AudioSource;

/// Reads the tables of one data folder and checks them against each other. Every problem ends with a remedy.
final class DataReader {
    private static final Set<String> GENDERS = Set.of("m", "f", "u");

    private final Path dir;
    private final Path root;
    private final DataDir.Options options;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> notes = new ArrayList<>();

    DataReader(Path dir, Path root, DataDir.Options options) {
        this.dir = dir;
        this.root = root;
        this.options = options;
    }

    DataDir.Usable read() {
        if (!Files.isDirectory(dir)) {
            problems.add(new Problem(dir, 0, "no such folder; give the folder that holds wav.scp"));
            return new DataDir.Usable(new DataDir(List.of(), Map.of(), List.of()), problems);
        }
        Table wav = Table.read(dir.resolve("wav.scp"), problems, notes);
        Table segments = optional("segments");
        Table ids = segments == null ? wav : segments;
        Table text = options.textRequired() ? Table.read(dir.resolve("text"), problems, notes) : optional("text");
        Table speakers = Table.read(dir.resolve("utt2spk"), problems, notes);
        Map<String, AudioSource> recordings = new HashMap<>();
        wav.entries.forEach((id, entry) -> {
            AudioSource audio = audio(wav.file, entry, id, segments == null ? "utterance" : "recording");
            if (audio != null) {
                recordings.put(id, audio);
            }
        });
        List<Utterance> utterances = new ArrayList<>();
        ids.entries.forEach((id, entry) -> {
            int before = problems.size();
            Segment segment = segments == null ? null : segment(segments, id, entry, wav);
            List<String> words = text == null ? List.of() : words(text, id, ids, entry);
            String speaker = speaker(speakers, id, ids, entry);
            AudioSource audio = recordings.get(segment == null ? id : segment.recording());
            if (problems.size() == before && audio != null) {
                utterances.add(new Utterance(id, speaker, audio, segment, words));
            }
        });
        for (Table other : text == null ? List.of(speakers) : List.of(text, speakers)) {
            other.entries.forEach((id, entry) -> {
                if (!ids.entries.containsKey(id)) {
                    problem(other, entry, "utterance \"" + id + "\" has no line in " + ids.file.getFileName() + "; add "
                        + (segments == null ? "its audio" : "its times") + " or remove it");
                }
            });
        }
        checkSpk2utt(speakers);
        Map<String, String> genders = genders(speakers);
        new LexiconCheck(dir.resolve("lexicon.txt"), problems, notes).check(text, utterances);
        return new DataDir.Usable(new DataDir(utterances, genders, notes), List.copyOf(problems));
    }

    private Table optional(String name) {
        Path file = dir.resolve(name);
        return Files.exists(file) ? Table.read(file, problems, notes) : null;
    }

    private void problem(Table table, Table.Entry entry, String message) {
        problems.add(new Problem(table.file, entry.line(), message));
    }

    private Segment segment(Table segments, String id, Table.Entry entry, Table wav) {
        List<String> fields = Table.split(entry.rest());
        if (fields.size() < 3 || fields.size() > 4) {
            problem(segments, entry, "utterance \"" + id + "\" has " + fields.size() + " fields; write: " + id + " <recording> <start> <end>");
            return null;
        }
        if (!wav.entries.containsKey(fields.getFirst())) {
            problem(segments, entry, "recording \"" + fields.getFirst() + "\" of utterance \"" + id + "\" has no line in wav.scp; add its audio");
            return null;
        }
        try {
            return new Segment(fields.getFirst(), Double.parseDouble(fields.get(1)), Double.parseDouble(fields.get(2)),
                fields.size() == 4 ? Integer.parseInt(fields.get(3)) : -1);
        } catch (NumberFormatException e) {
            problem(segments, entry, "utterance \"" + id + "\": \"" + entry.rest() + "\" does not have numbers where times belong; correct it");
        } catch (IllegalArgumentException e) {
            problem(segments, entry, "utterance \"" + id + "\": " + e.getMessage() + "; correct it");
        }
        return null;
    }

    private List<String> words(Table text, String id, Table ids, Table.Entry entry) {
        Table.Entry line = text.entries.get(id);
        if (line == null) {
            problem(ids, entry, "utterance \"" + id + "\" has no line in text; add its words or remove it");
            return List.of();
        }
        if (line.rest().isEmpty()) {
            problem(text, line, "utterance \"" + id + "\" has no words; add them or remove the utterance");
            return List.of();
        }
        return Table.split(TextFile.composed(line.rest()));
    }

    private String speaker(Table speakers, String id, Table ids, Table.Entry entry) {
        Table.Entry line = speakers.entries.get(id);
        if (line == null) {
            problem(ids, entry, "utterance \"" + id + "\" has no line in utt2spk; add one or remove it");
            return null;
        }
        if (Table.split(line.rest()).size() != 1) {
            problem(speakers, line, "utterance \"" + id + "\" needs exactly one speaker, has \"" + line.rest() + "\"; write: " + id + " <speaker>");
        }
        return line.rest();
    }

    private void checkSpk2utt(Table speakers) {
        Table table = optional("spk2utt");
        if (table == null) {
            return;
        }
        Set<String> unlisted = new TreeSet<>(speakers.entries.keySet());
        table.entries.forEach((speaker, entry) -> {
            for (String id : Table.split(entry.rest())) {
                unlisted.remove(id);
                Table.Entry said = speakers.entries.get(id);
                if (said == null || !said.rest().equals(speaker)) {
                    problem(table, entry, "speaker \"" + speaker + "\" has utterance \"" + id + "\", utt2spk says "
                        + (said == null ? "nothing" : "\"" + said.rest() + "\"") + "; make spk2utt from utt2spk again");
                }
            }
        });
        if (!unlisted.isEmpty()) {
            problems.add(new Problem(table.file, 0, unlisted.size() + " utterances of utt2spk are in no line, the first is \"" + unlisted.iterator().next()
                + "\"; make spk2utt from utt2spk again"));
        }
    }

    private Map<String, String> genders(Table speakers) {
        Map<String, String> genders = new TreeMap<>();
        Table table = optional("spk2gender");
        if (table != null) {
            Set<String> known = new TreeSet<>();
            speakers.entries.values().forEach(entry -> known.add(entry.rest()));
            table.entries.forEach((speaker, entry) -> {
                genders.put(speaker, entry.rest());
                if (!GENDERS.contains(entry.rest())) {
                    problem(table, entry, "gender \"" + entry.rest() + "\" of speaker \"" + speaker + "\"; write m, f or u");
                } else if (!known.contains(speaker)) {
                    notes.add(new Problem(table.file, entry.line(), "speaker \"" + speaker + "\" has no utterance"));
                }
            });
        }
        return genders;
    }

    private AudioSource audio(Path file, Table.Entry entry, String id, String what) {
        String text = entry.rest();
        String problem;
        if (text.isEmpty()) {
            problem = " has no audio path; write: " + id + " <path>";
        } else if (text.endsWith("|")) {
            if (options.commandSeconds() > 0) {
                return new AudioSource.Command(text.substring(0, text.length() - 1).strip(), options.commandSeconds());
            }
            problem = " is a command (\"" + text + "\"); commands are not run unless allowed (--allow-commands): allow them, or write the output "
                + "to a file and name that";
        } else {
            try {
                List<Path> tried = candidates(Path.of(text));
                for (Path path : tried) {
                    if (Files.isRegularFile(path)) {
                        return new AudioSource.File(path);
                    }
                }
                problem = ": no audio file " + tried + "; give the corpus root that the path is relative to";
            } catch (InvalidPathException e) {
                problem = ": \"" + text + "\" is no path; correct it";
            }
        }
        problems.add(new Problem(file, entry.line(), what + " \"" + id + "\"" + problem));
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
