package org.hyperhypo.kernels;

/// Sums and statistics on several threads: pieces of a sum are merged in order, columns are independent, so the number of threads changes no bit.
///
/// The loops are those of [ScalarStatistics]; C2 makes SIMD code of what can be. One object a calling thread, so that a call allocates nothing.
final class Statistics implements Threads.Tasks {
    /// Columns of one part: whole lines of every array.
    private static final int COLUMNS = 64;
    private static final ThreadLocal<Statistics> MINE = ThreadLocal.withInitial(Statistics::new);

    private int rows;
    private int columns;
    private float[] x;
    private int xOffset;
    private int ldx;
    private float threshold;
    private double[] sum;
    private double[] sumOfSquares;
    private long[] active;
    private float[] min;
    private float[] max;
    private long[] histogram;
    private int bins;
    private float low;
    private float high;

    private Statistics() {
    }

    static double sum(float[] x, int from, int count, Threads threads) {
        Parts p = Parts.of(x, from, 0, null, 0, 0);
        p.columns = count;
        int pieces = (count + ScalarStatistics.PIECE - 1) / ScalarStatistics.PIECE;
        double[] results = p.results(pieces);
        p.run(pieces, ScalarStatistics.PIECE, threads, null, (q, first, end, _) -> {
            for (int i = first; i < end; i++) {
                int at = i * ScalarStatistics.PIECE;
                q.results[i] = ScalarStatistics.piece(q.x, q.xOffset + at, Math.min(ScalarStatistics.PIECE, q.columns - at));
            }
        });
        return total(results, pieces);
    }

    static double dot(int count, float[] x, int xOffset, float[] y, int yOffset, Threads threads) {
        Parts p = Parts.of(x, xOffset, 0, y, yOffset, 0);
        p.columns = count;
        int pieces = (count + ScalarStatistics.PIECE - 1) / ScalarStatistics.PIECE;
        double[] results = p.results(pieces);
        p.run(pieces, ScalarStatistics.PIECE, threads, null, (q, first, end, _) -> {
            for (int i = first; i < end; i++) {
                int at = i * ScalarStatistics.PIECE;
                q.results[i] = ScalarStatistics.piece(Math.min(ScalarStatistics.PIECE, q.columns - at), q.x, q.xOffset + at, q.y, q.yOffset + at);
            }
        });
        return total(results, pieces);
    }

    private static double total(double[] results, int pieces) {
        double total = 0;
        for (int i = 0; i < pieces; i++) {
            total += results[i];
        }
        return total;
    }

    static void columns(int rows, int columns, float[] x, int xOffset, int ldx, float threshold, double[] sum, double[] sumOfSquares,
                        long[] active, float[] min, float[] max, long[] histogram, int bins, float low, float high, Threads threads) {
        if (threads.count() == 1 || (long) rows * columns < Parts.SPLIT) {
            ScalarStatistics.columns(rows, 0, columns, x, xOffset, ldx, threshold, sum, sumOfSquares, active, min, max, histogram, bins, low, high);
            return;
        }
        Statistics s = MINE.get();
        s.rows = rows;
        s.columns = columns;
        s.x = x;
        s.xOffset = xOffset;
        s.ldx = ldx;
        s.threshold = threshold;
        s.sum = sum;
        s.sumOfSquares = sumOfSquares;
        s.active = active;
        s.min = min;
        s.max = max;
        s.histogram = histogram;
        s.bins = bins;
        s.low = low;
        s.high = high;
        threads.run((columns + COLUMNS - 1) / COLUMNS, s, null);
        s.x = null;
    }

    @Override
    public void run(int task, Scratch scratch) {
        int first = task * COLUMNS;
        ScalarStatistics.columns(rows, first, Math.min(columns, first + COLUMNS), x, xOffset, ldx, threshold, sum, sumOfSquares, active, min, max,
            histogram, bins, low, high);
    }
}
