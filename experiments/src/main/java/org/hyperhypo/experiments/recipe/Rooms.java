package org.hyperhypo.experiments.recipe;

import java.util.List;
import org.hyperhypo.asr.corrupt.Condition;
import org.hyperhypo.asr.corrupt.Room;
import org.hyperhypo.asr.corrupt.Room.Point;

/// Simulated rooms of the recipes: one list for tests, another for tuning; no room is in both.
final class Rooms {
    private Rooms() {
    }

    static List<Condition> forTests(int rate) {
        return List.of(
                room(new Point(6.0, 5.0, 2.8), 0.7, new Point(1.6, 1.4, 1.6), new Point(4.3, 3.5, 1.2), rate),
                room(new Point(8.5, 6.2, 3.1), 0.9, new Point(2.0, 4.6, 1.5), new Point(6.1, 1.8, 1.0), rate),
                room(new Point(4.6, 3.7, 2.6), 0.6, new Point(1.1, 0.9, 1.7), new Point(3.5, 2.8, 0.8), rate));
    }

    static List<Condition> forTuning(int rate) {
        return List.of(
                room(new Point(5.2, 4.1, 2.7), 0.5, new Point(1.3, 1.9, 1.5), new Point(3.8, 2.7, 1.1), rate),
                room(new Point(9.6, 7.3, 3.3), 0.8, new Point(2.4, 2.2, 1.6), new Point(6.8, 5.1, 1.2), rate));
    }

    private static Condition room(Point size, double t60, Point source, Point microphone, int rate) {
        return Condition.room(Room.withT60(size, t60, source, microphone), rate);
    }
}
