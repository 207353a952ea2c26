package org.hyperhypo.kernels;

/// Shape of max pooling over windows that do not overlap; rows and columns that fill no window are dropped.
public record PoolShape(int channels, int height, int width, int poolHeight, int poolWidth) {

    public PoolShape {
        if (channels < 1 || height < 1 || width < 1 || poolHeight < 1 || poolWidth < 1) {
            throw new IllegalArgumentException("pool " + poolHeight + "×" + poolWidth + " on " + channels + " channels of "
                + height + "×" + width + ": every size must be at least 1");
        }
        if (poolHeight > height || poolWidth > width) {
            throw new IllegalArgumentException("pool " + poolHeight + "×" + poolWidth + " is larger than its input "
                + height + "×" + width + "; use a smaller pool");
        }
        if (poolHeight * poolWidth > 127) {
            throw new IllegalArgumentException("pool " + poolHeight + "×" + poolWidth + " has more than 127 elements, which a byte cannot number");
        }
    }

    public int outHeight() {
        return height / poolHeight;
    }

    public int outWidth() {
        return width / poolWidth;
    }

    /// Floats of one sample's input.
    public int inSize() {
        return height * width * channels;
    }

    /// Floats of one sample's output.
    public int outSize() {
        return outHeight() * outWidth() * channels;
    }
}
