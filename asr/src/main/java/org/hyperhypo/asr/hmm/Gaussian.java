package org.hyperhypo.asr.hmm;

/// Sums over feature vectors, enough for the likelihood of one Gaussian with diagonal covariance.
final class Gaussian {
    /// Smallest variance, against dimensions that never change.
    private static final double FLOOR = 1e-3;
    private static final double CONSTANT = 1 + Math.log(2 * Math.PI);

    long count;
    final double[] sum;
    final double[] squares;

    Gaussian(int size) {
        sum = new double[size];
        squares = new double[size];
    }

    void add(float[] features, int at) {
        count++;
        for (int d = 0; d < sum.length; d++) {
            double x = features[at + d];
            sum[d] += x;
            squares[d] += x * x;
        }
    }

    void add(Gaussian other) {
        count += other.count;
        for (int d = 0; d < sum.length; d++) {
            sum[d] += other.sum[d];
            squares[d] += other.squares[d];
        }
    }

    /// Log likelihood of the vectors under their own maximum-likelihood Gaussian: `−n/2 · Σ_d (1 + ln 2π + ln σ²_d)`.
    double logLikelihood() {
        return logLikelihood(null);
    }

    /// The same of this and another one together.
    double logLikelihood(Gaussian with) {
        double n = count + (with == null ? 0 : with.count);
        if (n == 0) {
            return 0;
        }
        double total = 0;
        for (int d = 0; d < sum.length; d++) {
            double mean = (sum[d] + (with == null ? 0 : with.sum[d])) / n;
            double variance = (squares[d] + (with == null ? 0 : with.squares[d])) / n - mean * mean;
            total += CONSTANT + Math.log(Math.max(variance, FLOOR));
        }
        return -n / 2 * total;
    }
}
