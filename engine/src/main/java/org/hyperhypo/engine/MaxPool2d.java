package org.hyperhypo.engine;

import org.hyperhypo.kernels.PoolShape;

/// Max pooling per channel over windows of height × width that do not overlap; rows and columns left over at the end are dropped.
///
/// ```
/// forward    y[n,h,w,c] = max over the window of x;  the first maximum wins and its place is kept
/// backward   dx = dy at the kept place, 0 elsewhere
/// ```
public record MaxPool2d(int height, int width) implements Layer {
    public MaxPool2d {
        if (height < 1 || width < 1 || (long) height * width > 127) {
            throw new ModelException("maxPool(" + height + "×" + width + "): the window must have 1 to 127 positions");
        }
    }

    @Override
    public Shape output(Shape input) {
        if (input.height() < height || input.width() < width) {
            throw new ModelException("maxPool(" + height + "×" + width + "): input is " + input + ", smaller than the window; use a smaller window");
        }
        return new Shape(input.channels(), input.height() / height, input.width() / width);
    }

    PoolShape shape(Shape input) {
        return new PoolShape(input.channels(), input.height(), input.width(), height, width);
    }

    static void forward(LayerStep step, int n, Workspace w) {
        View y = step.y();
        w.kernels.maxPoolForward(step.pool(), n, w.values(step.x()), w.offset(step.x()), w.values(y), 0, y.size(), w.argmax(y));
    }

    static void backward(LayerStep step, int n, Workspace w) {
        View y = step.y();
        w.kernels.maxPoolBackward(step.pool(), n, w.gradients(y), 0, y.size(), w.argmax(y), w.gradients(step.x()), 0);
    }
}
