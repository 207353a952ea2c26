package org.hyperhypo.benchmarks;

import java.util.List;

/// A figure to reach, written down before it was measured.
///
/// @param issue     number of the issue that asks for it
/// @param contender series of `question`, and `reference` the series of the same question that it is compared with (null where none is needed)
/// @param bound     least value, or largest where the measure is a cost
record Target(int issue, String question, String contender, Measure measure, String reference, double bound) {

    /// How two series become one number.
    enum Measure {
        /// rate / rate of the limit: FLOP/s of the FMA peak, bytes per second of the copy.
        SHARE("of", false),
        /// seconds of the reference / seconds: how many times as fast.
        SPEED("×", false),
        /// seconds / seconds of the reference.
        COST("of the time of", true),
        /// seconds.
        SECONDS("s", true);

        final String text;
        final boolean atMost;

        Measure(String text, boolean atMost) {
            this.text = text;
            this.atMost = atMost;
        }
    }

    boolean reached(double value) {
        return measure.atMost ? value <= bound : value >= bound;
    }

    /// The speed-up over the reference at which the contender would run at the FMA peak itself, in one fork; infinite where that limit is not known.
    double ceiling(List<ForkResult.Answer> answers) {
        for (ForkResult.Answer answer : answers) {
            if (answer.question().equals(question) && measure == Measure.SPEED && answer.limit() != null) {
                Series mine = answer.series(contender);
                Series other = answer.series(reference);
                Series limit = answer.series(answer.limit());
                return mine == null || other == null || mine.flops() == 0 || limit.flops() == 0 ? Double.POSITIVE_INFINITY
                        : Statistics.medianRatio(other.seconds(), limit.seconds()) * limit.flops() / mine.flops();
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    /// In one fork; NaN where one of the two was not measured.
    double value(List<ForkResult.Answer> answers) {
        for (ForkResult.Answer answer : answers) {
            if (answer.question().equals(question)) {
                Series mine = answer.series(contender);
                Series other = reference == null ? mine : answer.series(reference);
                return mine == null || other == null ? Double.NaN : value(mine, other);
            }
        }
        return Double.NaN;
    }

    private double value(Series mine, Series other) {
        return switch (measure) {
            case SHARE -> Statistics.medianRatio(other.seconds(), mine.seconds()) * mine.work() / other.work();
            case SPEED -> Statistics.medianRatio(other.seconds(), mine.seconds());
            case COST -> Statistics.medianRatio(mine.seconds(), other.seconds());
            case SECONDS -> Statistics.median(mine.seconds());
        };
    }
}
