package org.hyperhypo.asr.decode;

/// The score that the k-th best of a list has, by quickselect in a scratch array: the limit of histogram pruning, exact.
final class Pruning {
    private Pruning() {
    }

    /// The k-th largest of `score[list[0…count−1]]` among those ≥ `floor`; `floor` if there are no more than k.
    static double limit(double[] score, int[] list, int count, double floor, int k, double[] scratch) {
        int n = 0;
        for (int i = 0; i < count; i++) {
            double s = score[list[i]];
            if (s >= floor) {
                scratch[n++] = s;
            }
        }
        return n <= k ? floor : kthLargest(scratch, n, k);
    }

    /// k from 1. Reorders x.
    static double kthLargest(double[] x, int n, int k) {
        int low = 0;
        int high = n - 1;
        int wanted = k - 1;
        while (low < high) {
            double pivot = x[low + high >>> 1];
            int i = low;
            int j = high;
            while (i <= j) {
                while (x[i] > pivot) {
                    i++;
                }
                while (x[j] < pivot) {
                    j--;
                }
                if (i <= j) {
                    double swap = x[i];
                    x[i++] = x[j];
                    x[j--] = swap;
                }
            }
            if (wanted <= j) {
                high = j;
            } else if (wanted >= i) {
                low = i;
            } else {
                break;
            }
        }
        return x[wanted];
    }
}
