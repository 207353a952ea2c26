package org.hyperhypo.kernels;

/// Max pooling in plain loops.
final class ScalarPooling {
    private ScalarPooling() {
    }

    static void forward(PoolShape shape, int n, float[] x, int xOffset, float[] y, int yOffset, int ldy, byte[] argmax, int argmaxOffset) {
        int channels = shape.channels();
        int outHeight = shape.outHeight();
        int outWidth = shape.outWidth();
        for (int s = 0; s < n; s++) {
            for (int oh = 0; oh < outHeight; oh++) {
                for (int ow = 0; ow < outWidth; ow++) {
                    int corner = xOffset + s * shape.inSize() + (oh * shape.poolHeight() * shape.width() + ow * shape.poolWidth()) * channels;
                    int position = oh * outWidth + ow;
                    window(shape, x, corner, y, yOffset + s * ldy + position * channels,
                        argmax, argmaxOffset + s * shape.outSize() + position * channels);
                }
            }
        }
    }

    private static void window(PoolShape shape, float[] x, int corner, float[] y, int to, byte[] argmax, int winners) {
        int channels = shape.channels();
        int rowStride = shape.width() * channels;
        for (int c = 0; c < channels; c++) {
            float best = x[corner + c];
            int winner = 0;
            for (int i = 0; i < shape.poolHeight(); i++) {
                for (int j = 0; j < shape.poolWidth(); j++) {
                    float value = x[corner + i * rowStride + j * channels + c];
                    if (value > best) {
                        best = value;
                        winner = i * shape.poolWidth() + j;
                    }
                }
            }
            y[to + c] = best;
            argmax[winners + c] = (byte) winner;
        }
    }

    static void backward(PoolShape shape, int n, float[] dY, int dyOffset, int lddy, byte[] argmax, int argmaxOffset, float[] dX, int dxOffset) {
        int channels = shape.channels();
        int width = shape.width();
        int outWidth = shape.outWidth();
        int positions = shape.outHeight() * outWidth;
        java.util.Arrays.fill(dX, dxOffset, dxOffset + n * shape.inSize(), 0f);
        for (int s = 0; s < n; s++) {
            for (int p = 0; p < positions; p++) {
                int corner = dxOffset + s * shape.inSize()
                    + (p / outWidth * shape.poolHeight() * width + p % outWidth * shape.poolWidth()) * channels;
                for (int c = 0; c < channels; c++) {
                    int winner = argmax[argmaxOffset + s * shape.outSize() + p * channels + c];
                    int place = winner / shape.poolWidth() * width + winner % shape.poolWidth();
                    dX[corner + place * channels + c] = dY[dyOffset + s * lddy + p * channels + c];
                }
            }
        }
    }
}
