package org.hyperhypo.kernels;

/// Shape of a valid convolution with stride 1: `filters` filters of (filterHeight, filterWidth, channels) slide over (height, width, channels).
public record ConvolutionShape(int channels, int height, int width, int filters, int filterHeight, int filterWidth) {

    public ConvolutionShape {
        if (channels < 1 || height < 1 || width < 1 || filters < 0 || filterHeight < 1 || filterWidth < 1) {
            throw new IllegalArgumentException("convolution of " + filters + " filters " + filterHeight + "×" + filterWidth + " on "
                + channels + " channels of " + height + "×" + width + ": every size must be at least 1");
        }
        if (filterHeight > height || filterWidth > width) {
            throw new IllegalArgumentException("filter " + filterHeight + "×" + filterWidth + " is larger than its input "
                + height + "×" + width + "; use a smaller filter or a larger input");
        }
    }

    public int outHeight() {
        return height - filterHeight + 1;
    }

    public int outWidth() {
        return width - filterWidth + 1;
    }

    /// Output positions of one sample.
    public int positions() {
        return outHeight() * outWidth();
    }

    /// Weights of one filter, which is one row of the filter matrix.
    public int filterSize() {
        return filterHeight * filterWidth * channels;
    }

    /// Floats of one sample's output.
    public int outSize() {
        return positions() * filters;
    }

    /// Floating point operations of a forward pass over `n` samples; each gradient costs the same.
    public long flops(int n) {
        return 2L * n * positions() * filters * filterSize();
    }
}
