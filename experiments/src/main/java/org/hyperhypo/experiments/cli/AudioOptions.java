package org.hyperhypo.experiments.cli;

import java.util.Locale;
import org.hyperhypo.asr.data.DataDir;
import org.hyperhypo.asr.data.SpeechReader;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// What may be read as audio, and which channel of it.
final class AudioOptions {
    @Option(names = "--channel", paramLabel = "N", defaultValue = "mix", converter = Channel.class,
            description = "Channel of the recordings, counted from 0, or mix: the average of all (default: ${DEFAULT-VALUE}).")
    int channel;

    @Option(names = "--allow-commands", description = "Run entries of wav.scp that are shell commands: \"id command |\".")
    private boolean allowCommands;

    @Option(names = "--command-timeout", defaultValue = "60", paramLabel = "SECONDS", description = "Time each of them may take (default: ${DEFAULT-VALUE}).")
    private double commandTimeout;

    DataDir.Options reading(boolean textRequired) {
        return new DataDir.Options(textRequired, allowCommands ? commandTimeout : 0);
    }

    static final class Channel implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            if (text.toLowerCase(Locale.ROOT).equals("mix")) {
                return SpeechReader.MIX;
            }
            if (!text.matches("[0-9]{1,3}")) {
                throw new TypeConversionException("\"" + text + "\" is neither a channel number nor mix");
            }
            return Integer.valueOf(text);
        }
    }
}
