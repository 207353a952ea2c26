package org.hyperhypo.kernels;

/// The windows of a convolution's input: one for each output position (s, oh, ow), each made of runs of memory.
///
/// A run is a filter row, `filterWidth·channels` floats; where filters span whole input rows without gaps, the window is one run.
final class Windows {
    float[] x;
    private ConvolutionShape shape;
    private int offset;
    private int sampleStride;
    private int rowStride;
    private int run;

    void set(ConvolutionShape shape, float[] x, int offset, int sampleStride, int rowStride) {
        this.shape = shape;
        this.x = x;
        this.offset = offset;
        this.sampleStride = sampleStride;
        this.rowStride = rowStride;
        run = shape.filterWidth() * shape.channels();
        if (run == rowStride) {
            run = shape.filterSize();
        }
    }

    /// Where the window of an output position begins.
    private int at(int position) {
        int inSample = position % shape.positions();
        return offset + position / shape.positions() * sampleStride + inSample / shape.outWidth() * rowStride + inSample % shape.outWidth() * shape.channels();
    }

    /// Elements [first, first + count) of the windows of `positions` positions from `position` on, as rows `stride` apart.
    ///
    /// Run by run: the same run of neighbouring positions is one strip of memory, a few floats apart.
    void rows(int position, int positions, int first, int count, float[] to, int target, int stride) {
        boolean column = shape.outWidth() == 1;
        int line = column ? shape.outHeight() : shape.outWidth();
        int step = column ? rowStride : shape.channels();
        int end = position + positions;
        while (position < end) {
            int together = Math.min(line - position % line, end - position);
            int at = at(position);
            int element = first;
            while (element < first + count) {
                int inRun = element % run;
                int length = Math.min(run - inRun, first + count - element);
                LeftPacking.strip(together, length, stride - (element - first), x, at + element / run * rowStride + inRun, step,
                    to, target + element - first, stride);
                element += length;
            }
            position += together;
            target += together * stride;
        }
    }
}
