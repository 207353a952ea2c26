package org.hyperhypo.asr.score;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hyperhypo.asr.audio.WholeFile;
import org.hyperhypo.asr.data.TextFile;

/// Time-marked words as NIST's CTM files hold them: `recording channel start duration word [confidence]`, times in seconds. Lines that
/// begin with `;;` are comments. Alternative hypotheses (`<ALT>`) are refused.
public final class Ctm {
    /// @param confidence between 0 and 1; NaN where the file gives none
    public record Word(String recording, String channel, double start, double duration, String word, double confidence) {
        public double middle() {
            return start + duration / 2;
        }
    }

    private Ctm() {
    }

    /// All words in file order. All problems are reported together, each with file and line.
    public static List<Word> read(Path file) {
        return parse(file.toString(), TextFile.lines(file));
    }

    static List<Word> parse(String source, List<String> lines) {
        var words = new ArrayList<Word>();
        var problems = new ArrayList<String>();
        for (int i = 0; i < lines.size(); i++) {
            List<String> f = TextFile.fields(lines.get(i));
            if (f.isEmpty() || f.getFirst().startsWith(";;")) {
                continue;
            }
            String at = source + ":" + (i + 1) + ": ";
            if (f.size() != 5 && f.size() != 6) {
                problems.add(at + f.size() + " fields; a line is: recording channel start duration word [confidence]");
            } else if (f.get(4).startsWith("<ALT")) {
                problems.add(at + "alternative hypotheses (<ALT>) are not read; write the best one only");
            } else {
                double start = Times.parse(f.get(2));
                double duration = Times.parse(f.get(3));
                double confidence = f.size() == 6 ? Times.parse(f.get(5)) : Double.NaN;
                if (Double.isNaN(start) || Double.isNaN(duration)) {
                    problems.add(at + "\"" + f.get(2) + "\" and \"" + f.get(3) + "\" must be times in seconds, not below 0");
                } else if (f.size() == 6 && !(confidence <= 1)) {
                    problems.add(at + "confidence \"" + f.get(5) + "\" of \"" + f.get(4) + "\" must lie between 0 and 1");
                } else {
                    words.add(new Word(f.get(0), f.get(1), start, duration, f.get(4), confidence));
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        return words;
    }

    public static void write(Path file, List<Word> words) throws IOException {
        var text = new StringBuilder();
        for (Word w : words) {
            text.append(String.format(Locale.ROOT, "%s %s %.4f %.4f %s", w.recording, w.channel, w.start, w.duration, w.word));
            text.append(Double.isNaN(w.confidence) ? "\n" : String.format(Locale.ROOT, " %.3f\n", w.confidence));
        }
        WholeFile.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// Words by recording, sorted by start time: for recordings that are one utterance each.
    public static Map<String, List<Word>> byRecording(List<Word> words) {
        var all = new LinkedHashMap<String, List<Word>>();
        words.forEach(w -> all.computeIfAbsent(w.recording, r -> new ArrayList<>()).add(w));
        all.values().forEach(Times::sort);
        return all;
    }
}
