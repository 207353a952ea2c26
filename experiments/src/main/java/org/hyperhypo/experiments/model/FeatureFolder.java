package org.hyperhypo.experiments.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hyperhypo.asr.ark.Archive;
import org.hyperhypo.asr.ark.ArchiveWriter;
import org.hyperhypo.asr.ark.FloatMatrix;
import org.hyperhypo.asr.features.Features;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.report.AtomicFile;
import org.hyperhypo.experiments.report.Json;

/// A feature set on disk: `feats.ark feats.scp` (Kaldi, binary), `text`, `utt2spk`, and `feats.json` with the options it was made with.
public final class FeatureFolder {
    private FeatureFolder() {
    }

    public record Contents(FeatureSet set, FeatureSettings settings) {
    }

    public static void write(Path folder, FeatureSet set, FeatureSettings settings) throws IOException {
        Files.createDirectories(folder);
        try (Writer out = new Writer(folder, settings)) {
            set.entries().forEach(out::put);
            out.finish();
        }
    }

    /// Writes a folder utterance by utterance. [#finish()] gives the files their names; closing without it leaves nothing behind.
    static final class Writer implements AutoCloseable {
        private final Path folder;
        private final FeatureSettings settings;
        private final ArchiveWriter<FloatMatrix> matrices;
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder speakers = new StringBuilder();
        private int count;

        Writer(Path folder, FeatureSettings settings) throws IOException {
            this.folder = folder;
            this.settings = settings;
            matrices = Archive.FLOAT_MATRICES.writer(folder.resolve("feats.ark"), folder.resolve("feats.scp"));
        }

        void put(FeatureSet.Entry entry) {
            FeatureFolder.put(matrices, entry);
            text.append(entry.id()).append(' ').append(String.join(" ", entry.words())).append('\n');
            speakers.append(entry.id()).append(' ').append(entry.speaker()).append('\n');
            count++;
        }

        int count() {
            return count;
        }

        void finish() throws IOException {
            matrices.finish();
            AtomicFile.write(folder.resolve("text"), text.toString());
            AtomicFile.write(folder.resolve("utt2spk"), speakers.toString());
            Json.write(folder.resolve("feats.json"), settings.describe());
        }

        @Override
        public void close() throws IOException {
            matrices.close();
        }
    }

    static void put(ArchiveWriter<FloatMatrix> out, FeatureSet.Entry entry) {
        try {
            out.put(entry.id(), new FloatMatrix(entry.features().frames(), entry.features().bands(), entry.features().data()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Contents read(Path folder) throws IOException {
        Path options = folder.resolve("feats.json");
        if (!Files.exists(options)) {
            throw new UserError(folder + ": not a folder of features (feats.json is missing); make one with \"hyperhypo features DATA " + folder + "\"");
        }
        if (!(Json.read(options) instanceof Map<?, ?> described)) {
            throw new UserError(options + ": not an object of options; compute the features again");
        }
        FeatureSettings settings = FeatureSettings.parse(described, options.toString());
        Map<String, String> text = table(folder.resolve("text"));
        Map<String, String> speakers = table(folder.resolve("utt2spk"));
        List<FeatureSet.Entry> entries = new ArrayList<>();
        for (Map.Entry<String, FloatMatrix> matrix : Archive.FLOAT_MATRICES.read(folder.resolve("feats.ark")).entrySet()) {
            String id = matrix.getKey();
            if (!text.containsKey(id) || !speakers.containsKey(id)) {
                throw new UserError(folder + ": utterance \"" + id + "\" of feats.ark has no line in " + (text.containsKey(id) ? "utt2spk" : "text")
                        + "; compute the features again");
            }
            if (matrix.getValue().columns() != settings.columns() && matrix.getValue().rows() > 0) {
                throw new UserError(folder + ": utterance \"" + id + "\" of feats.ark has " + matrix.getValue().columns() + " columns, feats.json says "
                        + settings.columns() + "; compute the features again");
            }
            String words = text.get(id);
            entries.add(new FeatureSet.Entry(id, speakers.get(id), words.isEmpty() ? List.of() : List.of(words.split(" ")),
                    new Features(matrix.getValue().rows(), matrix.getValue().columns(), matrix.getValue().data())));
        }
        return new Contents(new FeatureSet(entries), settings);
    }

    private static Map<String, String> table(Path file) throws IOException {
        Map<String, String> lines = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            int space = line.indexOf(' ');
            lines.put(space < 0 ? line : line.substring(0, space), space < 0 ? "" : line.substring(space + 1).strip());
        }
        return lines;
    }
}
