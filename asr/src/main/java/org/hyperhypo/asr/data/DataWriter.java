package org.hyperhypo.asr.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.hyperhypo.asr.audio.AudioSource;
import org.hyperhypo.asr.audio.WholeFile;

/// Writes the tables of one data folder, all or none.
final class DataWriter {
    private final Path dir;
    private final Path root;
    private final List<Problem> problems = new ArrayList<>();

    /// @param root folder that audio paths are made relative to, or null for absolute paths
    DataWriter(Path dir, Path root) {
        this.dir = dir;
        this.root = root == null ? null : root.toAbsolutePath().normalize();
    }

    void write(DataDir data) throws DataException {
        Map<String, Utterance> sorted = new TreeMap<>(Table.ORDER);
        for (Utterance u : data.utterances()) {
            for (String token : List.of(u.id(), u.speaker())) {
                if (Table.split(token).size() != 1 || !Table.split(token).getFirst().equals(token)) {
                    problem("utterance \"" + u.id() + "\" of speaker \"" + u.speaker() + "\": ids must not be empty or hold white space; rename");
                }
            }
            if (sorted.put(u.id(), u) != null) {
                problem("utterance \"" + u.id() + "\" twice; ids must be unique");
            }
        }
        Map<String, Map<String, String>> tables = tables(sorted, data.genders());
        if (!problems.isEmpty()) {
            throw new DataException(problems);
        }
        publish(tables);
    }

    private Map<String, Map<String, String>> tables(Map<String, Utterance> sorted, Map<String, String> genders) {
        Map<String, Map<String, String>> tables = new LinkedHashMap<>();
        List.of("text", "utt2spk", "spk2utt", "segments", "spk2gender", "wav.scp").forEach(name -> tables.put(name, new TreeMap<>(Table.ORDER)));
        boolean segmented = sorted.values().stream().anyMatch(u -> u.segment() != null);
        for (Utterance u : sorted.values()) {
            String recording = u.segment() == null ? u.id() : u.segment().recording();
            String before = tables.get("wav.scp").put(recording, path(u.audio()));
            if (before != null && !before.equals(path(u.audio()))) {
                problem("recording \"" + recording + "\" is both " + before + " and " + path(u.audio()) + "; give each recording its own id");
            }
            if (segmented) {
                tables.get("segments").put(u.id(), recording + " " + times(u.segment()));
            }
            tables.get("text").put(u.id(), String.join(" ", u.words()));
            tables.get("utt2spk").put(u.id(), u.speaker());
            tables.get("spk2utt").merge(u.speaker(), u.id(), (a, b) -> a + " " + b);
            if (genders.containsKey(u.speaker())) {
                tables.get("spk2gender").put(u.speaker(), genders.get(u.speaker()));
            }
        }
        return tables;
    }

    private static String times(Segment segment) {
        return segment == null ? "0 -1" : String.format(Locale.ROOT, "%s %s%s", number(segment.start()), number(segment.end()),
            segment.channel() < 0 ? "" : " " + segment.channel());
    }

    private static String number(double seconds) {
        return seconds == Math.rint(seconds) ? Long.toString((long) seconds) : Double.toString(seconds);
    }

    private String path(AudioSource source) {
        return switch (source) {
            case AudioSource.Command command -> command.toString();
            case AudioSource.Loaded loaded -> {
                problem("\"" + loaded.name() + "\" is in memory only; write it to a file first");
                yield loaded.name();
            }
            case AudioSource.File file -> {
                Path audio = file.path().toAbsolutePath().normalize();
                yield root != null && audio.startsWith(root) ? root.relativize(audio).toString().replace('\\', '/') : audio.toString();
            }
        };
    }

    private void problem(String message) {
        problems.add(new Problem(dir, 0, message));
    }

    private void publish(Map<String, Map<String, String>> tables) throws DataException {
        Map<Path, Path> moves = new LinkedHashMap<>();
        try {
            Files.createDirectories(dir);
            for (Map.Entry<String, Map<String, String>> table : tables.entrySet()) {
                Path target = dir.resolve(table.getKey());
                if (table.getValue().isEmpty() && List.of("segments", "spk2gender").contains(table.getKey())) {
                    Files.deleteIfExists(target);
                    continue;
                }
                StringBuilder text = new StringBuilder();
                table.getValue().forEach((key, rest) -> text.append(key).append(rest.isEmpty() ? "" : " ").append(rest).append('\n'));
                moves.put(WholeFile.prepare(target, text.toString().getBytes(StandardCharsets.UTF_8)), target);
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
}
