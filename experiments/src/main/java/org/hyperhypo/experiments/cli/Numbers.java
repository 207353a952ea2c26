package org.hyperhypo.experiments.cli;

import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A few numbers as the value of one option: `0.05,0.95`.
record Numbers(double... values) {
    int count() {
        return values.length;
    }

    @Override
    public String toString() {
        return Arrays.stream(values).mapToObj(value -> value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value))
                .collect(Collectors.joining(","));
    }

    static final class Converter implements ITypeConverter<Numbers> {
        @Override
        public Numbers convert(String text) {
            try {
                return new Numbers(Arrays.stream(text.split(",", -1)).mapToDouble(Double::parseDouble).toArray());
            } catch (NumberFormatException e) {
                throw new TypeConversionException("\"" + text + "\" is no list of numbers with commas between");
            }
        }
    }
}
