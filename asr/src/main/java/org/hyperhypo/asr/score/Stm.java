package org.hyperhypo.asr.score;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hyperhypo.asr.audio.WholeFile;
import org.hyperhypo.asr.data.TextFile;

/// Reference segments as NIST's STM files hold them: `recording channel speaker start end [<label,label>] words …`, times in seconds.
/// Lines that begin with `;;` are comments; segments of the one word `IGNORE_TIME_SEGMENT_IN_SCORING` are left out, and with them
/// every hypothesis word in their time.
public final class Stm {
    private static final String IGNORED = "IGNORE_TIME_SEGMENT_IN_SCORING";

    /// @param id `speaker-000`, numbered per speaker in file order, as sclite names them
    /// @param labels conditions the segment belongs to, such as `O` and `C` of `<O,C>`
    public record Segment(String id, String recording, String channel, String speaker, double start, double end, List<String> labels,
            List<String> words) {
    }

    private Stm() {
    }

    /// All segments in file order. All problems are reported together, each with file and line.
    public static List<Segment> read(Path file) {
        return parse(file.toString(), TextFile.lines(file));
    }

    static List<Segment> parse(String source, List<String> lines) {
        var segments = new ArrayList<Segment>();
        var problems = new ArrayList<String>();
        var perSpeaker = new HashMap<String, Integer>();
        for (int i = 0; i < lines.size(); i++) {
            List<String> f = TextFile.fields(lines.get(i));
            if (f.isEmpty() || f.getFirst().startsWith(";;")) {
                continue;
            }
            String at = source + ":" + (i + 1) + ": ";
            double start = f.size() < 5 ? Double.NaN : Times.parse(f.get(3));
            double end = f.size() < 5 ? Double.NaN : Times.parse(f.get(4));
            boolean labelled = f.size() > 5 && f.get(5).startsWith("<") && f.get(5).endsWith(">");
            List<String> words = f.subList(Math.min(f.size(), labelled ? 6 : 5), f.size());
            if (f.size() < 5) {
                problems.add(at + f.size() + " fields; a line is: recording channel speaker start end [<labels>] words");
            } else if (!(start <= end)) {
                problems.add(at + "\"" + f.get(3) + "\" to \"" + f.get(4) + "\" must be times in seconds, not below 0, the end not before the start");
            } else if (words.contains("{")) {
                problems.add(at + "alternatives in braces are not scored here; decide for one of them");
            } else if (!words.equals(List.of(IGNORED))) {
                int number = perSpeaker.merge(f.get(2), 1, Integer::sum) - 1;
                List<String> labels = labelled ? List.of(f.get(5).substring(1, f.get(5).length() - 1).split(",")) : List.of();
                segments.add(new Segment(String.format(Locale.ROOT, "%s-%03d", f.get(2), number), f.get(0), f.get(1), f.get(2), start, end,
                        labels, List.copyOf(words)));
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        return segments;
    }

    public static void write(Path file, List<Segment> segments) throws IOException {
        var text = new StringBuilder();
        for (Segment s : segments) {
            text.append(String.format(Locale.ROOT, "%s %s %s %.4f %.4f", s.recording, s.channel, s.speaker, s.start, s.end));
            text.append(s.labels.isEmpty() ? "" : " <" + String.join(",", s.labels) + ">");
            s.words.forEach(w -> text.append(' ').append(w));
            text.append('\n');
        }
        WholeFile.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// The words of each segment, by segment id: those of its recording and channel whose middle lies in the segment. Words in
    /// no segment are left out, as sclite does; a segment without words has an empty list.
    public static Map<String, List<Ctm.Word>> assign(List<Segment> segments, List<Ctm.Word> words) {
        var result = new LinkedHashMap<String, List<Ctm.Word>>();
        var bySource = new HashMap<List<String>, List<Segment>>();
        for (Segment s : segments) {
            result.put(s.id, new ArrayList<>());
            bySource.computeIfAbsent(List.of(s.recording, s.channel), k -> new ArrayList<>()).add(s);
        }
        bySource.values().forEach(list -> list.sort(Comparator.comparingDouble(Segment::start)));
        for (Ctm.Word w : words) {
            Segment s = at(bySource.getOrDefault(List.of(w.recording(), w.channel()), List.of()), w.middle());
            if (s != null) {
                result.get(s.id).add(w);
            }
        }
        result.values().forEach(Times::sort);
        return result;
    }

    /// The last segment that starts at or before `time`, if it lasts that long.
    private static Segment at(List<Segment> sorted, double time) {
        int low = 0;
        int high = sorted.size();
        while (low < high) {
            int middle = low + high >>> 1;
            if (sorted.get(middle).start <= time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low > 0 && time <= sorted.get(low - 1).end ? sorted.get(low - 1) : null;
    }
}
