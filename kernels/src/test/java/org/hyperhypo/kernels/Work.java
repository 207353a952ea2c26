package org.hyperhypo.kernels;

/// What one call has to do at least.
///
/// @param flops multiplications and additions of the formula; 0 where the operation is measured by its bytes
/// @param bytes every input read once, every output written once, and read before if the operation adds to it
public record Work(double flops, double bytes) {

    /// A product of (m, k) and (k, n).
    static Work product(long m, long n, long k, boolean accumulate) {
        return new Work(2.0 * m * n * k, 4.0 * (m * k + k * n + m * n * (accumulate ? 2 : 1)));
    }

    /// `floats` read or written, no more said.
    static Work memory(long floats) {
        return new Work(0, 4.0 * floats);
    }
}
