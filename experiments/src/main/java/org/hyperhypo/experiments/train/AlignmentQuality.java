package org.hyperhypo.experiments.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hyperhypo.asr.hmm.Segment;
import org.hyperhypo.experiments.model.FeatureSet;

/// How far an alignment is from known phone times; only a corpus that was synthesised or labelled by hand has these.
///
/// @param phoneAgreement share of frames with the right phone
/// @param boundaryMillis mean absolute distance of phone starts, over utterances in which both have the same phones (silence left out)
/// @param within20       share of these starts at most 20 ms away
public record AlignmentQuality(double phoneAgreement, double boundaryMillis, double within20) {

    /// Reference times of one phone.
    public record Timed(double start, double end, String phone) {
    }

    /// Reads `utterance channel start duration phone` lines.
    public static Map<String, List<Timed>> readCtm(Path file) throws IOException {
        Map<String, List<Timed>> times = new HashMap<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            String[] fields = line.strip().split("\\s+");
            try {
                double start = Double.parseDouble(fields[2]);
                times.computeIfAbsent(fields[0], id -> new ArrayList<>())
                        .add(new Timed(start, start + Double.parseDouble(fields[3]), fields[4]));
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                throw new IOException(file + ":" + number + ": expected \"utterance channel start duration phone\", found \"" + line + "\"", e);
            }
        }
        return times;
    }

    /// @param windowMillis, shiftMillis of the frames: frame t is centred at `t · shift + window / 2`
    public static AlignmentQuality of(FeatureSet set, Alignments alignments, Map<String, List<Timed>> reference, double windowMillis,
                                      double shiftMillis) {
        long frames = 0;
        long right = 0;
        long boundaries = 0;
        long near = 0;
        double distance = 0;
        for (int u = 0; u < set.size(); u++) {
            List<Timed> times = reference.get(set.entries().get(u).id());
            if (times == null) {
                continue;
            }
            List<Segment> phones = alignments.utterances().get(u).phones();
            for (Segment phone : phones) {
                for (int t = phone.start(); t < phone.end(); t++) {
                    frames++;
                    right += phone.label().equals(at(times, (t * shiftMillis + windowMillis / 2) / 1000)) ? 1 : 0;
                }
            }
            List<Timed> spoken = times.stream().filter(timed -> !timed.phone.equals("SIL")).toList();
            List<Segment> found = phones.stream().filter(phone -> !phone.label().equals("SIL")).toList();
            if (spoken.stream().map(Timed::phone).toList().equals(found.stream().map(Segment::label).toList())) {
                for (int i = 0; i < found.size(); i++) {
                    // A segment starts half a shift before the centre of its first frame.
                    double start = found.get(i).start() * shiftMillis + windowMillis / 2 - shiftMillis / 2;
                    double off = Math.abs(start - spoken.get(i).start * 1000);
                    distance += off;
                    near += off <= 20 ? 1 : 0;
                    boundaries++;
                }
            }
        }
        return new AlignmentQuality((double) right / frames, distance / boundaries, (double) near / boundaries);
    }

    private static String at(List<Timed> times, double second) {
        return times.stream().filter(timed -> timed.start <= second && second < timed.end).findFirst().map(Timed::phone).orElse("SIL");
    }
}
