package org.hyperhypo.engine;

/// Shape of one sample: channels × height (bands) × width (frames). A flat vector of n numbers is `(n, 1, 1)`.
///
/// In memory channels come last: element (h, w, c) is number `(h·width + w)·channels + c`.
public record Shape(int channels, int height, int width) {
    public Shape {
        if (channels < 1 || height < 1 || width < 1) {
            throw new ModelException("shape (" + channels + ", " + height + ", " + width + "): every size must be at least 1");
        }
        if ((long) channels * height * width > Integer.MAX_VALUE) {
            throw new ModelException("shape (" + channels + ", " + height + ", " + width + "): one sample has more than 2^31 numbers");
        }
    }

    public static Shape flat(int size) {
        return new Shape(size, 1, 1);
    }

    public int size() {
        return channels * height * width;
    }

    @Override
    public String toString() {
        return "(" + channels + ", " + height + ", " + width + ")";
    }
}
