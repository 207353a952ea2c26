package org.hyperhypo.asr.corrupt;

import java.util.Locale;

/// A rectangular room with walls that all absorb alike, one source and one microphone. Metres; `absorption` is the share of
/// energy that a wall takes, 0 to 1.
public record Room(Point size, double absorption, Point source, Point microphone) {
    /// Metres per second at 20 °C.
    public static final double SPEED_OF_SOUND = 343;

    public record Point(double x, double y, double z) {
        double distance(Point o) {
            return Math.sqrt((x - o.x) * (x - o.x) + (y - o.y) * (y - o.y) + (z - o.z) * (z - o.z));
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "(%.2f %.2f %.2f)", x, y, z);
        }
    }

    public Room {
        if (!(absorption > 0 && absorption <= 1)) {
            throw new IllegalArgumentException("absorption " + absorption + ": must be above 0 and at most 1");
        }
        for (double side : new double[] {size.x, size.y, size.z}) {
            if (!(side >= 1 && side <= 100)) {
                throw new IllegalArgumentException("room " + size + " m: sides must be 1 to 100 m");
            }
        }
        for (Point p : new Point[] {source, microphone}) {
            if (!(p.x > 0 && p.x < size.x && p.y > 0 && p.y < size.y && p.z > 0 && p.z < size.z)) {
                throw new IllegalArgumentException("point " + p + " m is not inside the room " + size + " m");
            }
        }
        if (source.distance(microphone) < 0.05) {
            throw new IllegalArgumentException("source " + source + " and microphone " + microphone + " are closer than 5 cm");
        }
    }

    /// The room whose impulse response decays by 60 dB in `t60` seconds. The absorption is found from the images themselves
    /// (Eyring's formula, exact for a diffuse field only, is the first guess).
    public static Room withT60(Point size, double t60, Point source, Point microphone) {
        if (!(t60 >= 0.05 && t60 <= 5)) {
            throw new IllegalArgumentException("T60 of " + t60 + " s: must be 0.05 to 5 s");
        }
        Room guess = new Room(size, 0.5, source, microphone);
        return new Room(size, ImageDecay.absorption(guess, t60), source, microphone);
    }

    double volume() {
        return size.x * size.y * size.z;
    }

    double surface() {
        return 2 * (size.x * size.y + size.y * size.z + size.z * size.x);
    }

    /// Eyring: `T60 = 24 ln 10 / c · V / (−S ln(1 − α))`.
    public double eyringT60() {
        return 24 * StrictMath.log(10) / SPEED_OF_SOUND * volume() / (-surface() * StrictMath.log1p(-Math.min(absorption, 0.999999)));
    }
}
