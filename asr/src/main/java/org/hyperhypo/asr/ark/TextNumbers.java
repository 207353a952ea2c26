package org.hyperhypo.asr.ark;

import java.util.Arrays;
import java.util.Locale;

/// Numbers of a text entry: `[ 1 2 3 ]` for vectors, one row a line between the brackets for matrices. Rows of a matrix must be equally long.
final class TextNumbers {
    private double[] values = new double[64];
    private int count;
    private int rows;
    private int columns;

    private TextNumbers() {
    }

    static TextNumbers vector(ArkInput in) throws ArkException {
        TextNumbers numbers = new TextNumbers();
        open(in);
        for (String word = in.word(); !word.equals("]"); word = in.word()) {
            if (word.equals("\n")) {
                throw in.textError("the line ends inside a vector; \"]\" is missing");
            }
            numbers.add(number(in, word));
        }
        lineEnd(in);
        return numbers;
    }

    static TextNumbers matrix(ArkInput in) throws ArkException {
        TextNumbers numbers = new TextNumbers();
        open(in);
        int inRow = 0;
        String word;
        do {
            word = in.word();
            if (word.equals("\n") || word.equals("]")) {
                if (inRow > 0) {
                    numbers.endRow(in, inRow);
                }
                inRow = 0;
            } else {
                numbers.add(number(in, word));
                inRow++;
            }
        } while (!word.equals("]"));
        lineEnd(in);
        return numbers;
    }

    private static void open(ArkInput in) throws ArkException {
        String word = in.word();
        if (!word.equals("[")) {
            throw in.textError("\"" + word.strip() + "\" where \"[\" should stand");
        }
    }

    private static void lineEnd(ArkInput in) throws ArkException {
        String word = in.word();
        if (!word.equals("\n") && !word.isEmpty()) {
            throw in.textError("\"" + word + "\" after \"]\"");
        }
    }

    private void endRow(ArkInput in, int width) throws ArkException {
        if (rows > 0 && width != columns) {
            throw in.textError("row " + (rows + 1) + " has " + width + " values, the rows before have " + columns);
        }
        columns = width;
        rows++;
    }

    private void add(double value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, 2 * count);
        }
        values[count++] = value;
    }

    private static double number(ArkInput in, String word) throws ArkException {
        switch (word.toLowerCase(Locale.ROOT)) {
            case "" -> throw in.textError("the file ends inside numbers; \"]\" is missing");
            case "inf", "infinity", "+inf" -> {
                return Double.POSITIVE_INFINITY;
            }
            case "-inf", "-infinity" -> {
                return Double.NEGATIVE_INFINITY;
            }
            case "nan", "-nan" -> {
                return Double.NaN;
            }
            default -> {
                try {
                    if (Character.isDigit(word.charAt(word.length() - 1)) || word.endsWith(".")) {
                        return Double.parseDouble(word);
                    }
                } catch (NumberFormatException e) {
                    throw in.textError("\"" + word + "\" is no number");
                }
                throw in.textError("\"" + word + "\" is no number");
            }
        }
    }

    float[] floats() {
        float[] out = new float[count];
        for (int i = 0; i < count; i++) {
            out[i] = (float) values[i];
        }
        return out;
    }

    double[] doubles() {
        return Arrays.copyOf(values, count);
    }

    FloatMatrix floatMatrix() {
        return new FloatMatrix(rows, columns, floats());
    }

    DoubleMatrix doubleMatrix() {
        return new DoubleMatrix(rows, columns, doubles());
    }

    /// As Kaldi reads it back: `inf`, `-inf` and `nan` for what is no number.
    static void append(StringBuilder text, double value, String digits) {
        text.append(' ').append(Double.isNaN(value) ? "nan" : Double.isInfinite(value) ? value > 0 ? "inf" : "-inf" : digits);
    }
}
