package org.hyperhypo.experiments.mpi;

import java.lang.foreign.MemorySegment;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// How a family of MPI libraries writes the constants of `mpi.h` in binary: each has its own, and the C compiler usually puts them into the program.
enum Flavour {
    /// Open MPI 4 and 5: handles are addresses of variables that the library exports.
    OPEN_MPI("Open MPI"),
    /// MPICH 3 and later, and what follows its ABI (Intel MPI, MVAPICH, Cray MPICH): handles are 32-bit numbers.
    MPICH("MPICH"),
    /// The binary interface that the MPI 5.0 standard fixes (section 20): handles are small numbers in pointers.
    STANDARD("MPI 5 standard ABI");

    private final String title;

    Flavour(String title) {
        this.title = title;
    }

    /// The constants that this package uses. All handles travel as 64-bit numbers: a C function that takes an `int` reads the lower half of the register.
    ///
    /// @param requestBytes  size of an `MPI_Request` in memory
    record Constants(long world, long bytes, long floats, long doubles, long sum, long errorsReturn, long inPlace, long noStatus, int requestBytes) {
    }

    /// Which flavour a loaded library is: by an exported variable, its file name, or what it says of itself.
    static Optional<Flavour> of(String library, String version, Function<String, Optional<MemorySegment>> symbols) {
        if (library.contains("mpi_abi")) {
            return Optional.of(STANDARD);
        }
        if (symbols.apply("ompi_mpi_comm_world").isPresent()) {
            return Optional.of(OPEN_MPI);
        }
        String said = version.toLowerCase(Locale.ROOT);
        boolean mpich = said.contains("mpich") || said.contains("intel(r) mpi") || said.contains("mvapich");
        return mpich ? Optional.of(MPICH) : Optional.empty();
    }

    Constants constants(Function<String, Optional<MemorySegment>> symbols) {
        return switch (this) {
            case OPEN_MPI -> new Constants(address(symbols, "ompi_mpi_comm_world"), address(symbols, "ompi_mpi_byte"), address(symbols, "ompi_mpi_float"),
                    address(symbols, "ompi_mpi_double"), address(symbols, "ompi_mpi_op_sum"), address(symbols, "ompi_mpi_errors_return"), 1, 0, Long.BYTES);
            case MPICH -> new Constants(0x44000000, 0x4c00010d, 0x4c00040a, 0x4c00080b, 0x58000003, 0x54000001, -1, 1, Integer.BYTES);
            case STANDARD -> new Constants(0x101, 0x247, 0x210, 0x214, 0x21, 0x142, 1, 0, Long.BYTES);
        };
    }

    private static long address(Function<String, Optional<MemorySegment>> symbols, String name) {
        return symbols.apply(name).orElseThrow(() -> new MpiException("the MPI library exports ompi_mpi_comm_world, but not " + name
                + ": not a complete Open MPI; reinstall it or name another with HYPERHYPO_MPI_LIBRARY")).address();
    }

    @Override
    public String toString() {
        return title;
    }
}
