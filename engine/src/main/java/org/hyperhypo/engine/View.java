package org.hyperhypo.engine;

/// A value of a [Workspace]: buffer number and shape of one sample; samples lie one after the other. Buffer 0 is the caller's input.
record View(int buffer, Shape shape) {
    int size() {
        return shape.size();
    }
}
