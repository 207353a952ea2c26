package org.hyperhypo.asr.corrupt;

/// The mirror images of a source in a rectangular room (Allen and Berkley, 1979): per axis at `±s + 2·r·L`, reached by
/// `|r| + |r − u|` reflections, u = 1 for the mirrored sign.
final class Images {
    interface Visitor {
        void image(double distance, int reflections);
    }

    private Images() {
    }

    /// Visits every image nearer than `reach` metres, in a fixed order.
    static void forEach(Room room, double reach, Visitor visitor) {
        double[] size = {room.size().x(), room.size().y(), room.size().z()};
        double[] source = {room.source().x(), room.source().y(), room.source().z()};
        double[] microphone = {room.microphone().x(), room.microphone().y(), room.microphone().z()};
        double[][] squares = new double[3][];
        int[][] counts = new int[3][];
        for (int axis = 0; axis < 3; axis++) {
            int most = (int) Math.ceil(reach / (2 * size[axis])) + 1;
            squares[axis] = new double[2 * (2 * most + 1)];
            counts[axis] = new int[squares[axis].length];
            for (int r = -most, i = 0; r <= most; r++) {
                for (int u = 0; u < 2; u++, i++) {
                    double d = (1 - 2 * u) * source[axis] + 2.0 * r * size[axis] - microphone[axis];
                    squares[axis][i] = d * d;
                    counts[axis][i] = Math.abs(r) + Math.abs(r - u);
                }
            }
        }
        double limit = reach * reach;
        for (int i = 0; i < squares[0].length; i++) {
            for (int j = 0; j < squares[1].length; j++) {
                double xy = squares[0][i] + squares[1][j];
                for (int k = 0; xy < limit && k < squares[2].length; k++) {
                    double square = xy + squares[2][k];
                    if (square < limit) {
                        visitor.image(Math.sqrt(square), counts[0][i] + counts[1][j] + counts[2][k]);
                    }
                }
            }
        }
    }
}
