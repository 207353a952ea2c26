package org.hyperhypo.experiments.corpus;

import java.util.SplittableRandom;

/// A "speaker": one way of changing the one voice there is.
///
/// | part | does |
/// |---|---|
/// | `warpFiftieths` | formants × warp, warp = warpFiftieths / 50; pitch and durations stay as said here |
/// | `pitchHz`, `pitchRangeHz` | mean and spread of the fundamental frequency |
/// | `speed` | times the voice's own tempo |
/// | `tilt` | `y[n] = x[n] − tilt·x[n−1]`: above 0 brighter, below 0 darker |
/// | `levelDb` | mean power of the speech (silences left out) relative to full scale |
/// | `floorDb` | power of the noise floor relative to the speech |
public record SyntheticSpeaker(String id, int warpFiftieths, double pitchHz, double pitchRangeHz, double speed, double tilt,
        double levelDb, double floorDb) {
    public SyntheticSpeaker {
        if (warpFiftieths < 40 || warpFiftieths > 65) {
            throw new IllegalArgumentException(id + ": warp " + warpFiftieths + "/50 is outside 40/50 to 65/50");
        }
    }

    public double warp() {
        return warpFiftieths / 50.0;
    }

    /// Low and high voices in turn, so that every set of two or more speakers has both; everything else is drawn.
    static SyntheticSpeaker draw(String id, int index, SplittableRandom random) {
        boolean low = index % 2 == 0;
        int warp = low ? random.nextInt(45, 53) : random.nextInt(53, 61);
        double pitch = low ? random.nextDouble(84, 138) : random.nextDouble(150, 218);
        double range = pitch * random.nextDouble(0.06, 0.18);
        double speed = random.nextDouble(1.05, 1.45);
        double tilt = random.nextDouble(-0.3, 0.4);
        double level = random.nextDouble(-28, -21);
        double floor = random.nextDouble(-46, -36);
        return new SyntheticSpeaker(id, warp, pitch, range, speed, tilt, level, floor);
    }
}
