package org.hyperhypo.kernels;

import org.hyperhypo.kernels.ReferenceKernels.Reference;

/// One operation on one shape.
///
/// @param errors    how many times ε·bound the output may differ from the double reference
/// @param reference null where exactness is shown by a test of its own
/// @param hot       also part of the test of allocation
record Case(String name, Data data, Operation operation, double errors, Reference reference, boolean hot) {

    @FunctionalInterface
    interface Operation {
        /// Runs it on `d`; the result is 0 where the operation returns nothing.
        double run(Kernels k, Data d, Scratch s);
    }

    @Override
    public String toString() {
        return name;
    }
}
