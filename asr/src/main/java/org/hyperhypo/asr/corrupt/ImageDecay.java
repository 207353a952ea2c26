package org.hyperhypo.asr.corrupt;

/// How fast the energy of a room's images decays, as a function of absorption: the images are sorted once by time and number of
/// reflections, after which every absorption costs one small sum.
final class ImageDecay {
    private static final double BIN_SECONDS = 0.002;

    private ImageDecay() {
    }

    /// The absorption at which the decay from −5 to −25 dB extrapolates to `t60`.
    static double absorption(Room room, double t60) {
        double[][] energy = histogram(room, t60);
        double low = 1e-4;
        double high = 0.9999;
        for (int i = 0; i < 40; i++) {
            double middle = Math.sqrt(low * high);
            if (decay(energy, middle) > t60) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double reached = decay(energy, high);
        if (!(Math.abs(reached / t60 - 1) <= 0.15)) {
            throw new IllegalArgumentException("room " + room.size() + " m cannot decay in " + t60 + " s (nearest " + reached
                + " s); choose another size or time");
        }
        return high;
    }

    /// `energy[time bin][reflections]` of unit reflection coefficients.
    private static double[][] histogram(Room room, double seconds) {
        int bins = (int) Math.ceil(seconds / BIN_SECONDS);
        double[][] energy = new double[bins][];
        Images.forEach(room, seconds * Room.SPEED_OF_SOUND, (distance, reflections) -> {
            int bin = (int) (distance / Room.SPEED_OF_SOUND / BIN_SECONDS);
            if (bin < bins) {
                if (energy[bin] == null || energy[bin].length <= reflections) {
                    energy[bin] = energy[bin] == null ? new double[reflections + 8] : java.util.Arrays.copyOf(energy[bin], reflections + 8);
                }
                energy[bin][reflections] += 1 / (distance * distance);
            }
        });
        return energy;
    }

    private static double decay(double[][] energy, double absorption) {
        double[] total = new double[energy.length];
        for (int t = 0; t < total.length; t++) {
            double power = 1;
            for (int n = 0; energy[t] != null && n < energy[t].length; n++) {
                total[t] += energy[t][n] * power;
                power *= 1 - absorption;
            }
        }
        return Rooms.decayTime(total, 1 / BIN_SECONDS);
    }
}
