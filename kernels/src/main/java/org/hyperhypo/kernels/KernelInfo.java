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

    private static final String MODULE = "jdk.incubator.vector";

    /// What [Kernels#best] returns and why.
    public static KernelInfo current() {
        return Choice.INFO;
    }

    /// One line for logs and run records.
    public String text() {
        return "kernels: " + name + (lanes > 1 ? ", " + vectorBits + " bits, " + lanes + " floats a vector" : "") + " (" + reason + ")";
    }

    static Kernels chosen() {
        return chosen(1);
    }

    static Kernels chosen(int threads) {
        return Choice.INFO.lanes == 1 ? ScalarKernels.INSTANCE : VectorHolder.kernels(threads);
    }

    static Optional<Kernels> vector() {
        return modulePresent() ? Optional.of(VectorHolder.kernels(1)) : Optional.empty();
    }

    private static boolean modulePresent() {
        return ModuleLayer.boot().findModule(MODULE).isPresent();
    }

    /// The decision alone, for `asked` = value of [#PROPERTY], `module` = is the incubator module present, `vm` = java.vm.info.
    static KernelInfo decide(String asked, boolean module, String vm) {
        boolean optimises = !vm.contains("interpreted") && !vm.contains("emulated-client");
        return switch (asked) {
            case "scalar" -> scalar("-D" + PROPERTY + "=scalar");
            case "vector" -> {
                if (!module) {
                    throw new IllegalStateException("-D" + PROPERTY + "=vector, but module " + MODULE
                        + " is missing; start java with --add-modules " + MODULE);
                }
                yield vectors("-D" + PROPERTY + "=vector");
            }
            case "auto" -> {
                if (!module) {
                    yield scalar("module " + MODULE + " is missing; start java with --add-modules " + MODULE + " for the fast kernels");
                }
                yield optimises ? vectors("module " + MODULE + " is present and C2 compiles")
                    : scalar("this JVM runs without C2 (" + vm + "), where vectors are slower than plain loops");
            }
            default -> throw new IllegalArgumentException("-D" + PROPERTY + "=" + asked + ": use scalar, vector or auto");
        };
    }

    private static KernelInfo scalar(String reason) {
        return new KernelInfo("scalar", reason, Float.SIZE, 1);
    }

    private static KernelInfo vectors(String reason) {
        int lanes = VectorHolder.lanes();
        return new KernelInfo("vector", reason, Float.SIZE * lanes, lanes);
    }

    /// Decided once, at first use.
    private static final class Choice {
        static final KernelInfo INFO =
            decide(System.getProperty(PROPERTY, "auto"), modulePresent(), System.getProperty("java.vm.info", ""));
    }

    /// Touched only where the module is present, so that no SIMD class is loaded elsewhere.
    private static final class VectorHolder {
        static Kernels kernels(int threads) {
            return VectorKernels.of(threads);
        }

        static int lanes() {
            return Lanes.L;
        }
    }
}
