package org.hyperhypo.experiments.recipe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hyperhypo.asr.audio.AudioFiles;
import org.hyperhypo.asr.corrupt.Condition;
import org.hyperhypo.experiments.UserError;

/// Noises and rooms that a task carries its speech to, dealt out to several uses so that no two uses share one.
///
/// Recordings are dealt out by kind: the file name up to a `_` with a digit behind it, so that `rain_1` and `rain_2` go the same way. Without folders
/// of recordings, coloured noise and simulated rooms take their place.
///
/// @param noise, rooms folders of audio files, or null
/// @param uses  of noises, at most three; rooms have two
record Surroundings(Path noise, Path rooms, int uses) {
    static final int TEST = 0;
    static final int TUNING = 1;
    /// Where there are three uses; otherwise training speech gets the noises of tuning.
    static final int TRAINING = 2;

    private static final double[][] SLOPES = {{-3, -6}, {-1, 0}, {-2, -4}};

    List<Condition> noise(int use, int rate, double... snrs) throws IOException {
        List<Condition> variants = new ArrayList<>();
        for (double snr : snrs) {
            if (noise == null) {
                for (double slope : SLOPES[use]) {
                    variants.add(new Condition.ColouredNoise(slope, snr));
                }
            } else {
                for (Path file : dealt(noise, use, uses, "noise")) {
                    variants.add(new Condition.RecordedNoise(name(file), AudioFiles.read(file).mono(rate), snr));
                }
            }
        }
        return variants;
    }

    List<Condition> rooms(int use, int rate) throws IOException {
        if (rooms == null) {
            return use == TEST ? Rooms.forTests(rate) : Rooms.forTuning(rate);
        }
        List<Condition> variants = new ArrayList<>();
        for (Path file : dealt(rooms, use, 2, "room")) {
            variants.add(new Condition.Reverberation(name(file), AudioFiles.read(file).mono(rate), rate));
        }
        return variants;
    }

    /// As many clean copies as noisy ones to choose from.
    static Domain halfClean(List<Condition> noisy) {
        List<Condition> variants = new ArrayList<>(noisy);
        noisy.forEach(condition -> variants.add(new Condition.Clean()));
        return new Domain("train", "source", variants, 301);
    }

    void describe(Map<String, String> all) {
        all.put("noise", noise == null ? "made here" : noise.toString());
        all.put("rooms", rooms == null ? "simulated" : rooms.toString());
    }

    private static List<Path> dealt(Path folder, int use, int uses, String what) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new UserError(folder + ": no such folder; give one with " + what + " recordings, or leave the option out for made ones");
        }
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(".flac") || file.toString().endsWith(".wav")).sorted().toList();
        }
        List<String> kinds = files.stream().map(Surroundings::kind).distinct().toList();
        if (kinds.size() < uses) {
            throw new UserError(folder + ": " + kinds.size() + " kinds of " + what + " among its .wav and .flac files; at least " + uses
                    + " are needed, because test, tuning" + (uses > 2 ? " and training" : "") + " must not share one");
        }
        return IntStream.range(0, files.size()).filter(i -> kinds.indexOf(kind(files.get(i))) % uses == use).mapToObj(files::get).toList();
    }

    private static String kind(Path file) {
        return name(file).replaceFirst("_\\d.*", "");
    }

    private static String name(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.lastIndexOf('.'));
    }
}
