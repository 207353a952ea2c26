package org.hyperhypo.engine;

import java.util.List;

/// Branches that read the same input; their outputs, each flattened as (position, channel), stand one after the other.
///
/// ```
/// forward    y = [branch₁(x), branch₂(x), …]
/// backward   dx = Σ branches of their dx
/// ```
/// The joining and cutting is in [Join], the sum in [Fork].
public record Parallel(List<List<Layer>> branches) implements Layer {
    public Parallel {
        if (branches.isEmpty() || branches.stream().anyMatch(List::isEmpty)) {
            throw new ModelException("parallel: needs at least one branch, and at least one layer in every branch");
        }
        if (branches.stream().flatMap(List::stream).anyMatch(Softmax.class::isInstance)) {
            throw new ModelException("parallel: softmax inside a branch; put it at the end of the network");
        }
        branches.forEach(SpecWalk::checkOrder);
        branches = branches.stream().map(List::copyOf).toList();
    }

    @Override
    public Shape output(Shape input) {
        int size = 0;
        for (List<Layer> branch : branches) {
            size += through(branch, input).size();
        }
        return Shape.flat(size);
    }

    @Override
    public long flops(Shape input) {
        long flops = 0;
        for (List<Layer> branch : branches) {
            Shape shape = input;
            for (Layer layer : branch) {
                flops += layer.flops(shape);
                shape = layer.output(shape);
            }
        }
        return flops;
    }

    private static Shape through(List<Layer> layers, Shape shape) {
        for (Layer layer : layers) {
            shape = layer.output(shape);
        }
        return shape;
    }
}
