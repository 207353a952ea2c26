package org.hyperhypo.asr.score;

import java.util.ArrayList;
import java.util.List;

/// Matched-pairs sentence-segment word error test, as NIST's sc_stats computes it. An utterance is cut into segments whose errors are
/// taken as independent: a segment opens at the first error of either system and closes after two consecutive reference words that
/// both have right, without an insertion between them. With d = errors of A − errors of B per segment,
///
/// `Z = mean(d) / (sd(d) / √n)`, sd with n − 1, p two-sided from the normal distribution.
public final class Mapsswe {
    /// Words that both systems have right between two segments.
    private static final int BUFFER = 2;

    /// Errors of both systems in one segment.
    public record Segment(int utterance, int errorsA, int errorsB) {
    }

    /// Negative mean and Z: A makes fewer errors. Without any difference Z is 0 and p is 1. With one segment, or where all
    /// segments differ by the same amount, the spread is unknown or 0: Z is NaN, p is 1.
    public record Result(List<Segment> segments, double mean, double sd, double z, double p) {
        /// At the 95 % level.
        public boolean different() {
            return Math.abs(z) > 1.96;
        }
    }

    private Mapsswe() {
    }

    /// Alignments of the same utterances under two systems, in the same order.
    public static Result test(List<List<EditDistance.Step>> a, List<List<EditDistance.Step>> b) {
        if (a.size() != b.size()) {
            throw new IllegalArgumentException("MAPSSWE: " + a.size() + " utterances of one system, " + b.size()
                    + " of the other; align the same utterances");
        }
        var segments = new ArrayList<Segment>();
        for (int u = 0; u < a.size(); u++) {
            cut(u, errorsByPlace(a.get(u)), errorsByPlace(b.get(u)), segments);
        }
        int n = segments.size();
        double mean = segments.stream().mapToInt(s -> s.errorsA() - s.errorsB()).sum() / (double) Math.max(n, 1);
        double squares = 0;
        for (Segment s : segments) {
            double d = s.errorsA() - s.errorsB() - mean;
            squares += d * d;
        }
        double sd = n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1));
        boolean same = segments.stream().allMatch(s -> s.errorsA() == s.errorsB());
        double z = same ? 0 : sd > 0 ? mean / (sd / Math.sqrt(n)) : Double.NaN;
        return new Result(List.copyOf(segments), mean, sd, z, Double.isNaN(z) ? 1 : Normal.twoSided(z));
    }

    /// Errors at 2·words + 1 places: even places are the gaps before, between and after the reference words (insertions), odd ones the
    /// words themselves.
    private static int[] errorsByPlace(List<EditDistance.Step> steps) {
        int words = (int) steps.stream().filter(s -> s.edit() != EditDistance.Edit.INSERTION).count();
        var errors = new int[2 * words + 1];
        int place = 0;
        for (EditDistance.Step s : steps) {
            switch (s.edit()) {
                case INSERTION -> errors[place]++;
                case CORRECT -> place += 2;
                case SUBSTITUTION, DELETION -> {
                    errors[place + 1]++;
                    place += 2;
                }
            }
        }
        return errors;
    }

    private static void cut(int utterance, int[] a, int[] b, List<Segment> segments) {
        if (a.length != b.length) {
            throw new IllegalArgumentException("MAPSSWE: utterance " + utterance + " has " + a.length / 2
                    + " reference words in one system and " + b.length / 2 + " in the other; score both against the same references");
        }
        int errorsA = 0;
        int errorsB = 0;
        int right = 0;
        for (int place = 0; place < a.length; place++) {
            if (a[place] + b[place] > 0) {
                errorsA += a[place];
                errorsB += b[place];
                right = 0;
            } else if (place % 2 == 1 && ++right == BUFFER && errorsA + errorsB > 0) {
                segments.add(new Segment(utterance, errorsA, errorsB));
                errorsA = 0;
                errorsB = 0;
            }
        }
        if (errorsA + errorsB > 0) {
            segments.add(new Segment(utterance, errorsA, errorsB));
        }
    }
}
