package org.hyperhypo.kernels;

/// Runs every tile until C2 has compiled it, for check-spills.sh. Not a test.
final class TileWarmUp {
    private TileWarmUp() {
    }

    public static void main(String[] args) {
        Kernels kernels = Kernels.vector().orElseThrow();
        Scratch scratch = new Scratch();
        float[] a = new float[64 * 300];
        float[] c = new float[64 * 300];
        long end = System.nanoTime() + Long.getLong("nanos", 8_000_000_000L);
        PackedMatrix b = kernels.packed(Kernels.Form.NN, 64, 300);
        PackedMatrix narrow = kernels.packed(Kernels.Form.NN, Lanes.L, 300);
        while (System.nanoTime() < end) {
            kernels.gemm(25, a, 0, 300, b, true, c, 0, 64, scratch);
            kernels.gemm(25, a, 0, 300, narrow, true, c, 0, 64, scratch);
            kernels.gemm(1, a, 0, 300, b, true, c, 0, 64, scratch);
            kernels.gemm(Kernels.Form.TN, 25, 64, 300, a, 0, 25, a, 0, 64, true, c, 0, 64, scratch);
            kernels.gemm(Kernels.Form.TN, 25, Lanes.L, 300, a, 0, 25, a, 0, 64, true, c, 0, 64, scratch);
        }
    }
}
