package org.hyperhypo.asr.prepare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.hyperhypo.asr.data.Utterance;

/// LibriSpeech: `dev-clean/84/121123/84-121123.trans.txt` with lines `84-121123-0000 WORDS`, the audio beside it. Sets keep their names.
/// Genders are in `SPEAKERS.TXT`; the lexicon is a download of its own (`librispeech-lexicon.txt`) and taken where it lies beside.
final class LibriSpeech {
    private LibriSpeech() {
    }

    static void read(Source source, Prepared.Builder out) throws IOException {
        source.files("(?<set>[a-z]+-[a-z0-9-]+)/(?<speaker>[0-9]+)/[0-9]+/[0-9]+-[0-9]+\\.trans\\.txt", (file, name) -> {
            List<String> lines = source.lines(file);
            for (int i = 0; i < lines.size(); i++) {
                String[] parts = lines.get(i).split(" ", 2);
                Path audio = file.resolveSibling(parts[0] + ".flac");
                if (parts.length < 2 || parts[1].isBlank()) {
                    source.problem(file, i + 1, "\"" + lines.get(i) + "\" has no words; get the transcript again");
                } else if (!Files.exists(audio)) {
                    source.problem(file, i + 1, "no file " + audio.getFileName() + " beside it; unpack the corpus whole");
                } else {
                    out.add(name.group("set"), new Utterance(parts[0], name.group("speaker"), audio, Source.words(parts[1])));
                }
            }
        });
        for (String line : source.linesIfThere("SPEAKERS.TXT")) {
            String[] fields = line.split("\\|");
            if (!line.startsWith(";") && fields.length > 2) {
                out.gender(fields[0].strip(), fields[1].strip().toLowerCase(Locale.ROOT));
            }
        }
        source.linesIfThere("librispeech-lexicon.txt").forEach(line -> out.pronunciation(line.strip().replaceAll("\\s+", " ")));
    }
}
