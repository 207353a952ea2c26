package org.hyperhypo.kernels;

import static org.hyperhypo.kernels.Lanes.B;
import static org.hyperhypo.kernels.Lanes.I;
import static org.hyperhypo.kernels.Lanes.L;
import static org.hyperhypo.kernels.Lanes.S;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// Max pooling with lanes = channels. The last vector of a position is moved back to end at its last channel, so some channels are done twice, to
/// the same values. With fewer channels than lanes, or at 128 bits where no byte vector has four lanes, the scalar twin runs.
final class Pooling {
    private Pooling() {
    }

    static void forward(PoolShape shape, int n, float[] x, int xOffset, float[] y, int yOffset, int ldy, byte[] argmax, Threads threads) {
        Parts p = Parts.of(x, xOffset, shape.inSize(), y, yOffset, ldy);
        p.pool = shape;
        p.bytes = argmax;
        p.run(n, shape.inSize(), threads, null, (q, from, to, _) -> forward(q.pool, to - from, q.x, q.xOffset + from * q.ldx,
            q.y, q.yOffset + from * q.ldy, q.ldy, q.bytes, from * q.pool.outSize()));
    }

    static void forward(PoolShape shape, int n, float[] x, int xOffset, float[] y, int yOffset, int ldy, byte[] argmax, int argmaxOffset) {
        int channels = shape.channels();
        if (L < 8 || channels < L) {
            ScalarPooling.forward(shape, n, x, xOffset, y, yOffset, ldy, argmax, argmaxOffset);
            return;
        }
        int outWidth = shape.outWidth();
        int positions = shape.outHeight() * outWidth;
        int rowStride = shape.width() * channels;
        for (int s = 0; s < n; s++) {
            for (int p = 0; p < positions; p++) {
                int corner = xOffset + s * shape.inSize() + corner(shape, p, outWidth);
                int to = yOffset + s * ldy + p * channels;
                int winners = argmaxOffset + s * shape.outSize() + p * channels;
                for (int lane = 0; lane < channels; lane += L) {
                    int c = Math.min(lane, channels - L);
                    window(shape.poolHeight(), shape.poolWidth(), rowStride, channels, x, corner + c, y, to + c, argmax, winners + c);
                }
            }
        }
    }

    private static int corner(PoolShape shape, int position, int outWidth) {
        int row = position / outWidth * shape.poolHeight();
        int column = position % outWidth * shape.poolWidth();
        return (row * shape.width() + column) * shape.channels();
    }

    private static void window(int height, int width, int rowStride, int columnStride, float[] x, int corner,
                               float[] y, int to, byte[] argmax, int winners) {
        FloatVector best = FloatVector.fromArray(S, x, corner);
        IntVector winner = IntVector.zero(I);
        for (int i = 0; i < height; i++) {
            for (int j = 0; j < width; j++) {
                FloatVector v = FloatVector.fromArray(S, x, corner + i * rowStride + j * columnStride);
                VectorMask<Float> higher = v.compare(VectorOperators.GT, best);
                best = best.blend(v, higher);
                winner = winner.blend(i * width + j, higher.cast(I));
            }
        }
        best.intoArray(y, to);
        ((ByteVector) winner.convertShape(VectorOperators.I2B, B, 0)).intoArray(argmax, winners);
    }

    static void backward(PoolShape shape, int n, float[] dY, int dyOffset, int lddy, byte[] argmax, float[] dX, int dxOffset, Threads threads) {
        Parts p = Parts.of(dY, dyOffset, lddy, dX, dxOffset, shape.inSize());
        p.pool = shape;
        p.bytes = argmax;
        p.run(n, shape.inSize(), threads, null, (q, from, to, _) -> backward(q.pool, to - from, q.x, q.xOffset + from * q.ldx, q.ldx,
            q.bytes, from * q.pool.outSize(), q.y, q.yOffset + from * q.ldy));
    }

    private static void backward(PoolShape shape, int n, float[] dY, int dyOffset, int lddy, byte[] argmax, int argmaxOffset,
                                 float[] dX, int dxOffset) {
        int channels = shape.channels();
        if (L < 8 || channels < L) {
            ScalarPooling.backward(shape, n, dY, dyOffset, lddy, argmax, argmaxOffset, dX, dxOffset);
            return;
        }
        int outWidth = shape.outWidth();
        int positions = shape.outHeight() * outWidth;
        boolean dropped = shape.height() % shape.poolHeight() != 0 || shape.width() % shape.poolWidth() != 0;
        if (dropped) {
            java.util.Arrays.fill(dX, dxOffset, dxOffset + n * shape.inSize(), 0f);
        }
        for (int s = 0; s < n; s++) {
            for (int p = 0; p < positions; p++) {
                int corner = dxOffset + s * shape.inSize() + corner(shape, p, outWidth);
                for (int lane = 0; lane < channels; lane += L) {
                    int c = Math.min(lane, channels - L);
                    spread(shape.poolHeight(), shape.poolWidth(), shape.width() * channels, channels,
                        dY, dyOffset + s * lddy + p * channels + c, argmax, argmaxOffset + s * shape.outSize() + p * channels + c, dX, corner + c);
                }
            }
        }
    }

    /// Writes a whole window: dY where the winner is, 0 elsewhere.
    private static void spread(int height, int width, int rowStride, int columnStride, float[] dY, int from, byte[] argmax, int winners,
                               float[] dX, int corner) {
        FloatVector d = FloatVector.fromArray(S, dY, from);
        IntVector winner = (IntVector) ByteVector.fromArray(B, argmax, winners).convertShape(VectorOperators.B2I, I, 0);
        for (int i = 0; i < height; i++) {
            for (int j = 0; j < width; j++) {
                VectorMask<Float> other = winner.compare(VectorOperators.NE, i * width + j).cast(S);
                d.blend(0f, other).intoArray(dX, corner + i * rowStride + j * columnStride);
            }
        }
    }
}
