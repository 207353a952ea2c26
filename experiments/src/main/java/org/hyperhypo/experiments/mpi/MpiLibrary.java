package org.hyperhypo.experiments.mpi;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The MPI library of this machine: found, loaded, told apart. No header, no compiler, no JNI.
///
/// Order of the search: `HYPERHYPO_MPI_LIBRARY` (a name or a path; nothing else is then tried); the library that belongs to the launcher of this process;
/// then `libmpi_abi.so.0` (MPI 5 standard), Open MPI, MPICH and Intel MPI.
@SuppressWarnings("restricted")
final class MpiLibrary {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final int NOW_AND_GLOBAL = 0x2 | 0x100;
    private static final List<String> STANDARD = List.of("libmpi_abi.so.0", "libmpi_abi.so");
    private static final List<String> OPEN_MPI = List.of("libmpi.so.40", "libmpi.so");
    private static final List<String> MPICH = List.of("libmpich.so.12", "libmpi.so.12", "libmpi.so");

    private final MemorySegment handle;
    final String name;
    final String version;
    final Flavour flavour;
    final Flavour.Constants constants;

    private MpiLibrary(String name, MemorySegment handle) {
        this.name = name;
        this.handle = handle;
        this.version = askVersion();
        this.flavour = Flavour.of(name, version, this::symbol).orElseThrow(() -> new MpiException(name + " is an MPI library whose constants are not known ("
                + version + "); known are " + List.of(Flavour.values()) + ". Name another one with HYPERHYPO_MPI_LIBRARY"));
        this.constants = flavour.constants(this::symbol);
    }

    static MpiLibrary load(Map<String, String> environment) {
        Launch launch = Launch.of(environment);
        String wanted = environment.get("HYPERHYPO_MPI_LIBRARY");
        List<String> names = wanted == null || wanted.isBlank() ? searchOrder(launch) : List.of(wanted);
        for (String name : names) {
            Optional<MemorySegment> handle = open(name);
            if (handle.isPresent()) {
                return new MpiLibrary(name, handle.get());
            }
        }
        throw new MpiException("no MPI library found; tried " + String.join(", ", names) + ". Install one (Debian: apt-get install openmpi-bin, or mpich),"
                + " load your cluster's module, or set HYPERHYPO_MPI_LIBRARY to its libmpi.so");
    }

    static List<String> searchOrder(Launch launch) {
        List<String> names = new ArrayList<>();
        if (launch.openMpi()) {
            names.addAll(OPEN_MPI);
        }
        if (launch.mpich()) {
            names.addAll(MPICH);
        }
        names.addAll(STANDARD);
        names.addAll(OPEN_MPI);
        names.addAll(MPICH);
        return names.stream().distinct().toList();
    }

    /// A C function of the library that returns an MPI error code.
    MethodHandle function(String symbol, MemoryLayout... arguments) {
        MemorySegment address = symbol(symbol).orElseThrow(() -> new MpiException(name + " has no function " + symbol + "; it needs MPI 3 or later (" + version + ")"));
        return LINKER.downcallHandle(address, FunctionDescriptor.of(JAVA_INT, arguments));
    }

    private Optional<MemorySegment> symbol(String symbol) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = (MemorySegment) system("dlsym", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS))
                    .invokeExact(handle, arena.allocateFrom(symbol));
            return address.address() == 0 ? Optional.empty() : Optional.of(address);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private String askVersion() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(8192);
            MemorySegment length = arena.allocate(JAVA_INT);
            MemorySegment address = symbol("MPI_Get_library_version").orElseThrow(() -> new MpiException(name
                    + " has no MPI_Get_library_version, so it is no MPI 3 library; name another one with HYPERHYPO_MPI_LIBRARY"));
            int _ = (int) LINKER.downcallHandle(address, FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS)).invokeExact(text, length);
            return text.getString(0).strip().lines().findFirst().orElse("says nothing of itself");
        } catch (MpiException e) {
            throw e;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /// Opened with RTLD_GLOBAL, because Open MPI's own plug-ins look for its symbols there.
    private static Optional<MemorySegment> open(String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment handle = (MemorySegment) system("dlopen", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT))
                    .invokeExact(arena.allocateFrom(name), NOW_AND_GLOBAL);
            return handle.address() == 0 ? Optional.empty() : Optional.of(handle);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static MethodHandle system(String symbol, FunctionDescriptor type) {
        return LINKER.downcallHandle(LINKER.defaultLookup().find(symbol)
                .orElseThrow(() -> new MpiException("this system has no " + symbol + "; MPI is supported on Linux")), type);
    }

    static RuntimeException unexpected(Throwable e) {
        return switch (e) {
            case RuntimeException known -> known;
            case Error error -> throw error;
            default -> new IllegalStateException(e);
        };
    }

    /// The layouts of a handle and of an address or count, as arguments.
    static final MemoryLayout HANDLE = JAVA_LONG;
    static final MemoryLayout POINTER = ADDRESS;
    static final MemoryLayout INT = JAVA_INT;

    @Override
    public String toString() {
        return name + " (" + flavour + ": " + version + ")";
    }
}
