package org.hyperhypo.asr.corrupt;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hyperhypo.asr.audio.AudioFiles;

/// Conditions as words of a command line. PATH is a recording, or a folder of recordings of which each utterance gets one.
///
/// | written | means |
/// |---|---|
/// | `noise=SNR,PATH` | recorded noise at so many dB |
/// | `noise=SNR,white`, `pink`, `brown` | stationary noise of 0, −3, −6 dB per octave |
/// | `babble=SNR,TALKERS,PATH` | several of the recordings at once |
/// | `rir=PATH` | measured room responses |
/// | `room=T60` or `room=T60,LENGTHxWIDTHxHEIGHT` | a room by the image method, 6x5x2.8 m if not said |
/// | `telephone`, `band=LOW-HIGH`, `clip=SHARE`, `gain=DB` | |
public final class ConditionText {
    private static final Map<String, Double> COLOURS = Map.of("white", 0.0, "pink", -3.0, "brown", -6.0);
    private static final int BABBLE_FILES = 200;

    private final int rate;

    /// @param rate of the speech; recordings are resampled to it
    public ConditionText(int rate) {
        this.rate = rate;
    }

    /// One after the other. Words that cannot be understood are an IllegalArgumentException that says what can.
    public Condition parse(List<String> words) throws IOException {
        List<Condition> steps = new ArrayList<>();
        for (String word : words) {
            steps.add(parse(word));
        }
        return steps.size() == 1 ? steps.getFirst() : new Condition.Chain(steps);
    }

    private Condition parse(String word) throws IOException {
        String[] sides = word.split("=", 2);
        String value = sides.length > 1 ? sides[1] : "";
        return switch (sides[0]) {
            case "noise" -> {
                String[] parts = parts(word, value, 2, 2);
                double snr = number(word, parts[0]);
                yield COLOURS.containsKey(parts[1]) ? new Condition.ColouredNoise(COLOURS.get(parts[1]), snr)
                    : each(parts[1], (name, x) -> new Condition.RecordedNoise(name, x, snr));
            }
            case "babble" -> {
                String[] parts = parts(word, value, 3, 3);
                List<float[]> voices = new ArrayList<>();
                List<Path> files = recordings(parts[2]);
                for (int i = 0; i < Math.min(files.size(), BABBLE_FILES); i++) {
                    voices.add(AudioFiles.read(files.get((int) ((long) i * files.size() / Math.min(files.size(), BABBLE_FILES)))).mono(rate));
                }
                yield new Condition.Babble(parts[2], voices, (int) number(word, parts[1]), number(word, parts[0]));
            }
            case "rir" -> each(parts(word, value, 1, 1)[0], (name, x) -> new Condition.Reverberation(name, x, rate));
            case "room" -> room(word, parts(word, value, 1, 2));
            case "telephone" -> new Condition.TelephoneLine();
            case "band" -> {
                String[] edges = value.split("-", -1);
                yield new Condition.Band(number(word, edges[0]), number(word, edges.length == 2 ? edges[1] : ""));
            }
            case "clip" -> new Condition.Clipping(number(word, value));
            case "gain" -> new Condition.Level(number(word, value));
            default -> throw new IllegalArgumentException("condition \"" + word + "\" is not known; known are noise=SNR,PATH (or white, pink, brown), "
                + "babble=SNR,TALKERS,PATH, rir=PATH, room=T60, telephone, band=LOW-HIGH, clip=SHARE, gain=DB");
        };
    }

    /// The talker stands at 27 % and the microphone at 70 % of the floor's diagonal, 1.6 and 1.2 m high.
    private Condition room(String word, String[] parts) {
        String[] sides = (parts.length == 2 ? parts[1] : "6x5x2.8").split("x", -1);
        if (sides.length != 3) {
            throw new IllegalArgumentException("condition \"" + word + "\": the room is not LENGTHxWIDTHxHEIGHT");
        }
        Room.Point size = new Room.Point(number(word, sides[0]), number(word, sides[1]), number(word, sides[2]));
        return Condition.room(Room.withT60(size, number(word, parts[0]), new Room.Point(0.27 * size.x(), 0.27 * size.y(), Math.min(1.6, 0.6 * size.z())),
            new Room.Point(0.7 * size.x(), 0.7 * size.y(), Math.min(1.2, 0.4 * size.z()))), rate);
    }

    private interface OfRecording {
        Condition of(String name, float[] samples);
    }

    private Condition each(String path, OfRecording condition) throws IOException {
        List<Condition> choices = new ArrayList<>();
        for (Path file : recordings(path)) {
            choices.add(condition.of(file.getFileName().toString().replaceFirst("\\.[^.]*$", ""), AudioFiles.read(file).mono(rate)));
        }
        return choices.size() == 1 ? choices.getFirst() : new Condition.OneOf(choices);
    }

    private static List<Path> recordings(String text) throws IOException {
        Path path;
        try {
            path = Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("\"" + text + "\" is no path", e);
        }
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> walk = Files.walk(path, FileVisitOption.FOLLOW_LINKS)) {
            List<Path> files = walk.filter(file -> file.toString().matches("(?i).*\\.(wav|flac|sph)")).sorted().toList();
            if (files.isEmpty()) {
                throw new IllegalArgumentException(path + ": no .wav, .flac or .sph files in this folder");
            }
            return files;
        }
    }

    private static String[] parts(String word, String value, int least, int most) {
        String[] parts = value.split(",", -1);
        if (parts.length < least || parts.length > most || value.isEmpty()) {
            throw new IllegalArgumentException("condition \"" + word + "\" has " + (value.isEmpty() ? 0 : parts.length) + " values, needs " + least
                + (most > least ? " or " + most : ""));
        }
        return parts;
    }

    private static double number(String word, String text) {
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("condition \"" + word + "\": \"" + text + "\" is no number", e);
        }
        throw new IllegalArgumentException("condition \"" + word + "\": \"" + text + "\" is no number");
    }
}
