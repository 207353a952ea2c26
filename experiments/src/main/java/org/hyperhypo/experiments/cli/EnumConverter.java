package org.hyperhypo.experiments.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Constants written as words are: `mean-fold` for `MEAN_FOLD`.
record EnumConverter<E extends Enum<E>>(Class<E> type) implements ITypeConverter<E> {
    @Override
    public E convert(String text) {
        return Arrays.stream(type.getEnumConstants()).filter(constant -> word(constant).equals(text.toLowerCase(Locale.ROOT).replace('_', '-')))
                .findFirst().orElseThrow(() -> new TypeConversionException("\"" + text + "\" is none of "
                        + Arrays.stream(type.getEnumConstants()).map(EnumConverter::word).collect(Collectors.joining(", "))));
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
