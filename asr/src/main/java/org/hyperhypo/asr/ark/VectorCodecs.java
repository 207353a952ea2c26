package org.hyperhypo.asr.ark;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// `FV ` and `DV ` vectors (both readers take either), and integer vectors: `\4` count, then `\4` and the number for each; in text a line.
final class VectorCodecs {
    static final Codec<float[]> FLOAT = new Codec<>() {
        @Override
        public float[] readBinary(ArkInput in) throws ArkException {
            boolean wide = wide(in);
            int count = in.count("values");
            ByteBuffer b = in.bytes((wide ? 8L : 4L) * count, "a vector of " + count + " values");
            float[] out = new float[count];
            for (int i = 0; i < count; i++) {
                out[i] = wide ? (float) b.getDouble() : b.getFloat();
            }
            return out;
        }

        @Override
        public float[] readText(ArkInput in, String key) throws ArkException {
            return TextNumbers.vector(in).floats();
        }

        @Override
        public ByteBuffer binary(float[] v) {
            ByteBuffer b = Codec.buffer("FV ", 5 + 4 * v.length);
            b.put((byte) 4).putInt(v.length).asFloatBuffer().put(v);
            return b;
        }

        @Override
        public void appendText(StringBuilder text, float[] v) {
            text.append(" [");
            for (float value : v) {
                TextNumbers.append(text, value, Float.toString(value));
            }
            text.append(" ]\n");
        }

        @Override
        public float[] part(float[] v, Range range) {
            int[] span = range.rows(v.length);
            return Arrays.copyOfRange(v, span[0], span[0] + span[1]);
        }
    };

    static final Codec<double[]> DOUBLE = new Codec<>() {
        @Override
        public double[] readBinary(ArkInput in) throws ArkException {
            boolean wide = wide(in);
            int count = in.count("values");
            ByteBuffer b = in.bytes((wide ? 8L : 4L) * count, "a vector of " + count + " values");
            double[] out = new double[count];
            for (int i = 0; i < count; i++) {
                out[i] = wide ? b.getDouble() : b.getFloat();
            }
            return out;
        }

        @Override
        public double[] readText(ArkInput in, String key) throws ArkException {
            return TextNumbers.vector(in).doubles();
        }

        @Override
        public ByteBuffer binary(double[] v) {
            ByteBuffer b = Codec.buffer("DV ", 5 + 8 * v.length);
            b.put((byte) 4).putInt(v.length).asDoubleBuffer().put(v);
            return b;
        }

        @Override
        public void appendText(StringBuilder text, double[] v) {
            text.append(" [");
            for (double value : v) {
                TextNumbers.append(text, value, Double.toString(value));
            }
            text.append(" ]\n");
        }

        @Override
        public double[] part(double[] v, Range range) {
            int[] span = range.rows(v.length);
            return Arrays.copyOfRange(v, span[0], span[0] + span[1]);
        }
    };

    static final Codec<int[]> INT = new Codec<>() {
        @Override
        public int[] readBinary(ArkInput in) throws ArkException {
            int count = in.count("values");
            ByteBuffer b = in.bytes(5L * count, "a vector of " + count + " integers");
            int[] out = new int[count];
            for (int i = 0; i < count; i++) {
                if (b.get() != 4) {
                    throw in.error("value " + (i + 1) + " of an integer vector does not begin with the byte 4");
                }
                out[i] = b.getInt();
            }
            return out;
        }

        @Override
        public int[] readText(ArkInput in, String key) throws ArkException {
            int[] out = new int[16];
            int count = 0;
            for (String word = in.word(); !word.equals("\n") && !word.isEmpty(); word = in.word()) {
                out = count == out.length ? Arrays.copyOf(out, 2 * count) : out;
                try {
                    out[count++] = Integer.parseInt(word);
                } catch (NumberFormatException e) {
                    throw in.textError("\"" + word + "\" (value " + count + " of \"" + key + "\") is no integer");
                }
            }
            return Arrays.copyOf(out, count);
        }

        @Override
        public ByteBuffer binary(int[] v) {
            ByteBuffer b = Codec.buffer("", 5 + 5 * v.length);
            b.put((byte) 4).putInt(v.length);
            for (int value : v) {
                b.put((byte) 4).putInt(value);
            }
            return b;
        }

        @Override
        public void appendText(StringBuilder text, int[] v) {
            for (int value : v) {
                text.append(' ').append(value);
            }
            text.append('\n');
        }

        @Override
        public int[] part(int[] v, Range range) {
            int[] span = range.rows(v.length);
            return Arrays.copyOfRange(v, span[0], span[0] + span[1]);
        }
    };

    private VectorCodecs() {
    }

    private static boolean wide(ArkInput in) throws ArkException {
        int kind = in.next("a type");
        int v = in.next("a type");
        int blank = in.next("a type");
        if (kind != 'F' && kind != 'D' || v != 'V' || blank != ' ') {
            throw in.error(String.format("entry of type \"\\x%02x\\x%02x\\x%02x\" is no vector (FV, DV)", kind, v, blank));
        }
        return kind == 'D';
    }
}
