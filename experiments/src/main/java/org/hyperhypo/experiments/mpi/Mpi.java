package org.hyperhypo.experiments.mpi;

import static org.hyperhypo.experiments.mpi.MpiLibrary.HANDLE;
import static org.hyperhypo.experiments.mpi.MpiLibrary.INT;
import static org.hyperhypo.experiments.mpi.MpiLibrary.POINTER;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.util.Map;

/// This process among those that an MPI launcher started. One per JVM, used by one thread.
///
/// Every wait has a limit: a process that hangs is noticed by the others, which name it and end the job. Messages are off-heap memory; nothing is
/// pinned. Errors of the library become [MpiException].
public final class Mpi implements AutoCloseable {
    private static final int FUNNELED = 1;
    private static final int SPINS = 2000;

    private final MpiLibrary library;
    private final Flavour.Constants constants;
    private final Duration patience;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment flag = arena.allocate(ValueLayout.JAVA_INT);
    private final MethodHandle isend;
    private final MethodHandle irecv;
    private final MethodHandle testall;
    private final MethodHandle ibarrier;
    private final MethodHandle ibcast;
    private final MethodHandle iallreduce;
    private final int rank;
    private final int size;

    private Mpi(MpiLibrary library, Map<String, String> environment, Duration patience) {
        this.library = library;
        this.constants = library.constants;
        this.patience = patience;
        isend = library.function("MPI_Isend", POINTER, INT, HANDLE, INT, INT, HANDLE, POINTER);
        irecv = library.function("MPI_Irecv", POINTER, INT, HANDLE, INT, INT, HANDLE, POINTER);
        testall = library.function("MPI_Testall", INT, POINTER, POINTER, HANDLE);
        ibarrier = library.function("MPI_Ibarrier", HANDLE, POINTER);
        ibcast = library.function("MPI_Ibcast", POINTER, INT, HANDLE, INT, HANDLE, POINTER);
        iallreduce = library.function("MPI_Iallreduce", HANDLE, POINTER, INT, HANDLE, HANDLE, HANDLE, POINTER);
        start();
        rank = ask("MPI_Comm_rank");
        size = ask("MPI_Comm_size");
        Launch.of(environment).check(size, library.toString());
    }

    /// Joins the processes of this launch.
    ///
    /// @param patience longest time to wait for another process before the job is given up
    public static Mpi start(Duration patience) {
        return new Mpi(MpiLibrary.load(System.getenv()), System.getenv(), patience);
    }

    public int rank() {
        return rank;
    }

    public int size() {
        return size;
    }

    /// The library: name, flavour, version.
    public String library() {
        return library.toString();
    }

    /// Memory for messages, kept until the end of the process.
    MemorySegment floats(long count) {
        return arena.allocate(Math.max(1, count) * Float.BYTES, 64);
    }

    /// A set of messages under way.
    final class Messages {
        private final MemorySegment requests;
        private int count;

        Messages(int most) {
            requests = arena.allocate((long) Math.max(1, most) * Long.BYTES, Long.BYTES);
        }

        void send(MemorySegment floats, int to, int tag) {
            try {
                check((int) isend.invokeExact(floats, count(floats), constants.floats(), to, tag, constants.world(), next()), "sending to rank " + to);
            } catch (Throwable e) {
                throw MpiLibrary.unexpected(e);
            }
        }

        void receive(MemorySegment floats, int from, int tag) {
            try {
                check((int) irecv.invokeExact(floats, count(floats), constants.floats(), from, tag, constants.world(), next()), "receiving from rank " + from);
            } catch (Throwable e) {
                throw MpiLibrary.unexpected(e);
            }
        }

        /// Sets `floats` to the sum over all processes; order of the additions is the library's.
        void sum(MemorySegment floats) {
            try {
                check((int) iallreduce.invokeExact(constants.inPlace(), floats, count(floats), constants.floats(), constants.sum(), constants.world(), next()),
                        "summing over all ranks");
            } catch (Throwable e) {
                throw MpiLibrary.unexpected(e);
            }
        }

        /// Waits for all of them.
        ///
        /// @throws MpiException when the patience is over: `what` and the ranks waited for are in its message
        void await(String what) {
            long give = System.nanoTime() + patience.toNanos();
            for (int spin = 0; !done(what); spin++) {
                if (spin < SPINS) {
                    Thread.onSpinWait();
                } else {
                    Thread.yield();
                    if (System.nanoTime() > give) {
                        throw new MpiException("rank " + rank + " of " + size + " has waited " + patience.toSeconds() + " s for the others (" + what
                                + "); a process hangs or a node is lost. Resume from the last checkpoint");
                    }
                }
            }
            count = 0;
        }

        private boolean done(String what) {
            try {
                check((int) testall.invokeExact(count, requests, flag, constants.noStatus()), what);
                return flag.get(ValueLayout.JAVA_INT, 0) != 0;
            } catch (Throwable e) {
                throw MpiLibrary.unexpected(e);
            }
        }

        private MemorySegment next() {
            return requests.asSlice((long) count++ * constants.requestBytes(), constants.requestBytes());
        }
    }

    /// Returns when every process has come here.
    public void barrier(String what) {
        Messages messages = new Messages(1);
        try {
            check((int) ibarrier.invokeExact(constants.world(), messages.next()), what);
        } catch (Throwable e) {
            throw MpiLibrary.unexpected(e);
        }
        messages.await(what);
    }

    /// The bytes that `root` gave, in every process. `length` must be the same everywhere.
    public byte[] broadcast(byte[] bytes, int length, int root, String what) {
        try (Arena local = Arena.ofConfined()) {
            MemorySegment message = local.allocate(Math.max(1, length));
            if (rank == root) {
                MemorySegment.copy(bytes, 0, message, ValueLayout.JAVA_BYTE, 0, length);
            }
            Messages messages = new Messages(1);
            check((int) ibcast.invokeExact(message, length, constants.bytes(), root, constants.world(), messages.next()), what);
            messages.await(what);
            return message.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
        } catch (Throwable e) {
            throw MpiLibrary.unexpected(e);
        }
    }

    /// Sums each number over all processes; exact where all but one hold 0.
    void merge(double[] numbers) {
        try (Arena local = Arena.ofConfined()) {
            MemorySegment all = local.allocateFrom(ValueLayout.JAVA_DOUBLE, numbers);
            Messages messages = new Messages(1);
            check((int) iallreduce.invokeExact(constants.inPlace(), all, numbers.length, constants.doubles(), constants.sum(), constants.world(), messages.next()),
                    "putting numbers of all ranks together");
            messages.await("numbers of all ranks");
            MemorySegment.copy(all, ValueLayout.JAVA_DOUBLE, 0, numbers, 0, numbers.length);
        } catch (Throwable e) {
            throw MpiLibrary.unexpected(e);
        }
    }

    /// Ends all processes of the job at once, this one last.
    public void abort(int code) {
        try {
            int _ = (int) library.function("MPI_Abort", HANDLE, INT).invokeExact(constants.world(), code);
        } catch (Throwable e) {
            throw MpiLibrary.unexpected(e);
        }
    }

    /// Leaves the job in order; every process must come here.
    @Override
    public void close() {
        barrier("at the end of the run");
        try {
            check((int) library.function("MPI_Finalize").invokeExact(), "finishing");
        } catch (Throwable e) {
            throw MpiLibrary.unexpected(e);
        }
        arena.close();
    }

    private void start() {
        try (Arena local = Arena.ofConfined()) {
            MethodHandle init = library.function("MPI_Init_thread", POINTER, POINTER, INT, POINTER);
            check((int) init.invokeExact(MemorySegment.NULL, MemorySegment.NULL, FUNNELED, local.allocate(ValueLayout.JAVA_INT)), "starting");
            MethodHandle handler = library.function("MPI_Comm_set_errhandler", HANDLE, HANDLE);
            check((int) handler.invokeExact(constants.world(), constants.errorsReturn()), "starting");
        } catch (Throwable e) {
            throw MpiLibrary.unexpected(e);
        }
    }

    private int ask(String function) {
        try (Arena local = Arena.ofConfined()) {
            MemorySegment answer = local.allocate(ValueLayout.JAVA_INT);
            check((int) library.function(function, HANDLE, POINTER).invokeExact(constants.world(), answer), function);
            return answer.get(ValueLayout.JAVA_INT, 0);
        } catch (Throwable e) {
            throw MpiLibrary.unexpected(e);
        }
    }

    private static int count(MemorySegment floats) {
        return Math.toIntExact(floats.byteSize() / Float.BYTES);
    }

    private void check(int code, String what) {
        if (code != 0) {
            throw new MpiException("rank " + rank + " of " + size + ": MPI error " + code + " (" + error(code) + ") " + what);
        }
    }

    private String error(int code) {
        try (Arena local = Arena.ofConfined()) {
            MemorySegment text = local.allocate(1024);
            int _ = (int) library.function("MPI_Error_string", INT, POINTER, POINTER).invokeExact(code, text, local.allocate(ValueLayout.JAVA_INT));
            return text.getString(0);
        } catch (Throwable e) {
            return "no text";
        }
    }
}
