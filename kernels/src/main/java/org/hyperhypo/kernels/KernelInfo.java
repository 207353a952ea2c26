package org.hyperhypo.kernels;

import java.util.Optional;

/// Which kernels run and why. The only class of the module that reads a system property.
///
/// @param name       "scalar" or "vector"
/// @param reason     one sentence: who chose and, for scalar, what is missing
/// @param vectorBits width of one vector, 32 for scalar
/// @param lanes      floats per vector, 1 for scalar
public record KernelInfo(String name, String reason, int vectorBits, int lanes) {

    /// Property that chooses: scalar, vector (an error where it cannot run) or auto, the default.
    public static final String PROPERTY = "hyperhypo.kernels";

    /// What [Kernels#best] returns and why.
    public static KernelInfo current() {
        return new KernelInfo("scalar", "only the scalar kernels exist so far", 32, 1);
    }

    /// One line for logs and run records.
    public String text() {
        return "kernels: " + name + (lanes > 1 ? ", " + vectorBits + " bits, " + lanes + " floats a vector" : "") + " (" + reason + ")";
    }

    static Kernels chosen() {
        return ScalarKernels.INSTANCE;
    }

    static Optional<Kernels> vector() {
        return Optional.empty();
    }
}
