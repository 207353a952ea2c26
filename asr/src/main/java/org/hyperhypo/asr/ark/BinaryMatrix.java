package org.hyperhypo.asr.ark;

import java.nio.ByteBuffer;

/// A matrix as it lies in a binary archive, behind `\0B`:
///
/// | token | then |
/// |---|---|
/// | `FM `, `DM ` | `\4` rows `\4` columns, floats or doubles, row after row |
/// | `CM ` | float min, float range, rows, columns; 4 × 16 bits per column; a byte a value, column after column |
/// | `CM2 `, `CM3 ` | the same header; 16 or 8 bits a value, row after row: `min + range·v/65535` or `v/255` |
record BinaryMatrix(String kind, int rows, int columns, float min, float range, ByteBuffer payload) {
    private static final int MAX_VALUES = Integer.MAX_VALUE / 8;

    static BinaryMatrix read(ArkInput in) throws ArkException {
        StringBuilder token = new StringBuilder();
        for (int b = in.next("a type"); b != ' ' && token.length() < 4; b = in.next("a type")) {
            token.append(b >= 32 && b < 127 ? String.valueOf((char) b) : String.format("\\x%02x", b));
        }
        String kind = token.toString();
        float min = 0;
        float range = 0;
        int rows;
        int columns;
        switch (kind) {
            case "FM", "DM" -> {
                rows = in.count("rows");
                columns = in.count("columns");
            }
            case "CM", "CM2", "CM3" -> {
                ByteBuffer head = in.bytes(16, "the header of a compressed matrix");
                min = head.getFloat();
                range = head.getFloat();
                rows = head.getInt();
                columns = head.getInt();
                if (rows < 0 || columns < 0 || !Float.isFinite(min) || !Float.isFinite(range)) {
                    throw in.error("compressed matrix of " + rows + " × " + columns + ", minimum " + min + ", range " + range);
                }
            }
            default -> throw in.error("entry of type \"" + kind + "\" is no matrix (FM, DM, CM, CM2, CM3)");
        }
        if ((long) rows * columns > MAX_VALUES) {
            throw in.error("matrix of " + rows + " × " + columns + ": more than " + MAX_VALUES + " values are not read");
        }
        long values = (long) rows * columns;
        long bytes = switch (kind) {
            case "FM" -> 4 * values;
            case "DM" -> 8 * values;
            case "CM2" -> 2 * values;
            case "CM3" -> values;
            default -> values == 0 ? 0 : 8L * columns + values;
        };
        return new BinaryMatrix(kind, rows, columns, min, range, in.bytes(bytes, "a matrix of " + rows + " × " + columns));
    }

    FloatMatrix toFloat() {
        float[] out = new float[rows * columns];
        switch (kind) {
            case "FM" -> payload.asFloatBuffer().get(out);
            case "DM" -> {
                for (int i = 0; i < out.length; i++) {
                    out[i] = (float) payload.getDouble(8 * i);
                }
            }
            case "CM2" -> {
                for (int i = 0; i < out.length; i++) {
                    out[i] = fraction(payload.getShort(2 * i) & 0xffff);
                }
            }
            case "CM3" -> {
                for (int i = 0; i < out.length; i++) {
                    out[i] = min + range * (1 / 255f) * (payload.get(i) & 0xff);
                }
            }
            default -> columnwise(out);
        }
        return new FloatMatrix(rows, columns, out);
    }

    DoubleMatrix toDouble() {
        double[] out = new double[rows * columns];
        if (kind.equals("DM")) {
            payload.asDoubleBuffer().get(out);
        } else {
            float[] narrow = toFloat().data();
            for (int i = 0; i < out.length; i++) {
                out[i] = narrow[i];
            }
        }
        return new DoubleMatrix(rows, columns, out);
    }

    private float fraction(int value) {
        return min + range * (1 / 65535f) * value;
    }

    /// Per column its quantiles 0, 25, 75 and 100 %; bytes 0–64, 64–192 and 192–255 lie linearly between them.
    private void columnwise(float[] out) {
        for (int c = 0; c < (rows == 0 ? 0 : columns); c++) {
            float p0 = fraction(payload.getShort(8 * c) & 0xffff);
            float p25 = fraction(payload.getShort(8 * c + 2) & 0xffff);
            float p75 = fraction(payload.getShort(8 * c + 4) & 0xffff);
            float p100 = fraction(payload.getShort(8 * c + 6) & 0xffff);
            for (int r = 0; r < rows; r++) {
                int v = payload.get(8 * columns + c * rows + r) & 0xff;
                out[r * columns + c] = v <= 64 ? p0 + (p25 - p0) * v * (1 / 64f)
                    : v <= 192 ? p25 + (p75 - p25) * (v - 64) * (1 / 128f) : p75 + (p100 - p75) * (v - 192) * (1 / 63f);
            }
        }
    }
}
