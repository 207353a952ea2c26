package org.hyperhypo.engine;

import org.hyperhypo.kernels.ConvolutionShape;

/// Two-dimensional convolution (cross-correlation: filters are not flipped), valid, stride 1. For sample n, filter f, output position (h, w):
///
/// ```
/// forward    y[n,h,w,f]  = b[f] + Σ_ijc x[n,h+i,w+j,c]·W[f,i,j,c]
/// backward   dW[f,i,j,c] = Σ_nhw dy[n,h,w,f]·x[n,h+i,w+j,c]       only for the filters f that learn
///            db[f]       = Σ_nhw dy[n,h,w,f]                      only for the filters f that learn
///            dx[n,h+i,w+j,c] += dy[n,h,w,f]·W[f,i,j,c]            only when a layer below learns
/// ```
/// A filter is a neuron that is applied at every position: row f of W. Outputs are channels last, the F filters of one position side by side.
public record Conv2d(String name, int filters, int filterHeight, int filterWidth) implements Layer {
    public Conv2d {
        Names.check(name);
        if (filters < 1 || filterHeight < 1 || filterWidth < 1) {
            throw new ModelException("layer " + name + ", conv(" + filters + ", " + filterHeight + "×" + filterWidth
                    + "): filters, height and width must be at least 1");
        }
    }

    @Override
    public Shape output(Shape input) {
        if (input.height() < filterHeight || input.width() < filterWidth) {
            String side = input.height() < filterHeight ? "lower" : "narrower";
            throw new ModelException("layer " + name + ", conv(" + filters + ", " + filterHeight + "×" + filterWidth + "): input is " + input + ", "
                    + side + " than the filter (" + filterHeight + "×" + filterWidth + "); use a larger input or a smaller filter");
        }
        return new Shape(filters, input.height() - filterHeight + 1, input.width() - filterWidth + 1);
    }

    @Override
    public long flops(Shape input) {
        return shape(input).flops(1);
    }

    ConvolutionShape shape(Shape input) {
        return new ConvolutionShape(input.channels(), input.height(), input.width(), filters, filterHeight, filterWidth);
    }

    static void forward(LayerStep step, Parameters p, int n, Workspace w) {
        View x = step.x();
        w.kernels.convolutionForward(step.convolution(), n, w.values(x), w.offset(x), w.stride(x), w.rowStride(x), p.weight(), p.bias(),
                w.values(step.y()), 0, w.scratch);
    }

    /// Convolution, pooling and activation in one call: the convolution's own outputs are not kept, backward does not need them.
    static void forward(LayerStep step, LayerStep pool, LayerStep activation, Parameters p, int n, Workspace w) {
        View x = step.x();
        int size = pool.y().size();
        w.kernels.convolutionForward(step.convolution(), pool.pool(), ((ActivationLayer) activation.layer()).function(), n, w.values(x), w.offset(x),
                w.stride(x), w.rowStride(x), p.weight(), p.bias(), w.values(pool.y()), 0, size, w.values(activation.y()), 0, size, w.argmax(pool.y()), w.scratch);
    }

    static void backward(LayerStep step, Parameters p, int n, int[] rows, boolean inputGradient, Workspace w) {
        View x = step.x();
        ConvolutionShape shape = step.convolution();
        float[] dy = w.gradients(step.y());
        if (rows.length > 0) {
            if (w.learns().weights()) {
                w.kernels.convolutionFilterGradient(shape, n, w.values(x), w.offset(x), w.stride(x), w.rowStride(x), dy, 0,
                        rows, rows.length, w.weightGradient(p.layer()), w.scratch);
            }
            w.kernels.biasGradient(n * shape.positions(), shape.filters(), dy, 0, shape.filters(), LayerStep.chosen(rows, shape.filters()), rows.length,
                    w.biasGradient(p.layer()));
        }
        if (inputGradient) {
            float[] dx = w.gradients(x);
            w.kernels.fill(dx, 0, n * x.size(), 0f);
            w.kernels.convolutionInputGradient(shape, n, dy, 0, p.weight(), dx, 0, x.size(), x.shape().width() * x.shape().channels(), w.scratch);
        }
    }
}
