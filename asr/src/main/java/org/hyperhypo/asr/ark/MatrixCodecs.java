package org.hyperhypo.asr.ark;

import java.nio.ByteBuffer;
import java.util.function.IntFunction;

/// `FM ` and `DM ` matrices; both readers take either, and the compressed forms.
final class MatrixCodecs {
    static final Codec<FloatMatrix> FLOAT = new Codec<>() {
        @Override
        public FloatMatrix readBinary(ArkInput in) throws ArkException {
            return BinaryMatrix.read(in).toFloat();
        }

        @Override
        public FloatMatrix readText(ArkInput in, String key) throws ArkException {
            return TextNumbers.matrix(in).floatMatrix();
        }

        @Override
        public ByteBuffer binary(FloatMatrix m) {
            ByteBuffer b = Codec.buffer("FM ", 10 + 4 * m.data().length);
            header(b, m.rows(), m.columns()).asFloatBuffer().put(m.data());
            return b;
        }

        @Override
        public void appendText(StringBuilder text, FloatMatrix m) {
            rows(text, m.rows(), m.columns(), i -> Float.toString(m.data()[i]), i -> m.data()[i]);
        }

        @Override
        public FloatMatrix part(FloatMatrix m, Range range) {
            int[] rows = range.rows(m.rows());
            int[] columns = range.columns(m.columns());
            float[] out = new float[rows[1] * columns[1]];
            for (int r = 0; r < rows[1]; r++) {
                System.arraycopy(m.data(), (rows[0] + r) * m.columns() + columns[0], out, r * columns[1], columns[1]);
            }
            return new FloatMatrix(rows[1], columns[1], out);
        }
    };

    static final Codec<DoubleMatrix> DOUBLE = new Codec<>() {
        @Override
        public DoubleMatrix readBinary(ArkInput in) throws ArkException {
            return BinaryMatrix.read(in).toDouble();
        }

        @Override
        public DoubleMatrix readText(ArkInput in, String key) throws ArkException {
            return TextNumbers.matrix(in).doubleMatrix();
        }

        @Override
        public ByteBuffer binary(DoubleMatrix m) {
            ByteBuffer b = Codec.buffer("DM ", 10 + 8 * m.data().length);
            header(b, m.rows(), m.columns()).asDoubleBuffer().put(m.data());
            return b;
        }

        @Override
        public void appendText(StringBuilder text, DoubleMatrix m) {
            rows(text, m.rows(), m.columns(), i -> Double.toString(m.data()[i]), i -> m.data()[i]);
        }

        @Override
        public DoubleMatrix part(DoubleMatrix m, Range range) {
            int[] rows = range.rows(m.rows());
            int[] columns = range.columns(m.columns());
            double[] out = new double[rows[1] * columns[1]];
            for (int r = 0; r < rows[1]; r++) {
                System.arraycopy(m.data(), (rows[0] + r) * m.columns() + columns[0], out, r * columns[1], columns[1]);
            }
            return new DoubleMatrix(rows[1], columns[1], out);
        }
    };

    private MatrixCodecs() {
    }

    private static ByteBuffer header(ByteBuffer b, int rows, int columns) {
        return b.put((byte) 4).putInt(rows).put((byte) 4).putInt(columns);
    }

    private static void rows(StringBuilder text, int rows, int columns, IntFunction<String> digits, IntFunction<Number> value) {
        text.append(" [");
        for (int i = 0; i < rows * columns; i++) {
            text.append(i % columns == 0 ? "\n " : "");
            TextNumbers.append(text, value.apply(i).doubleValue(), digits.apply(i));
        }
        text.append(" ]\n");
    }
}
