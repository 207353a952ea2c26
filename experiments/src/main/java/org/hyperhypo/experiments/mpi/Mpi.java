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
import java.util.TreeMap;
import java.util.stream.Collectors;

/// This process among those that an MPI launcher started. One per JVM, used by one thread.
///
/// Every wait has a limit: a process that hangs is noticed by the others, which name it and end the job. Messages are off-heap memory; nothing is
/// pinned. Errors of the library become [MpiException].
final class Mpi {
    /// So many times the patience for the first wait of all: before it, processes read and prepare, some on slower disks than others.
    static final int FIRST_MEETING = 20;
    private static final int FUNNELED = 1;
    private static final int SPINS = 2000;
    private static final Duration ROLL_CALL = Duration.ofSeconds(3);
    private static final int ROLL_CALL_TAG = (1 << 14) + 1;

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
    private boolean met;

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
    static Mpi start(Duration patience) {
        return new Mpi(MpiLibrary.load(System.getenv()), System.getenv(), patience);
    }

    int rank() {
        return rank;
    }

    int size() {
        return size;
    }

    /// A set of messages under way, whose memory must live until [#await] returns.
    final class Messages {
        private final MemorySegment requests;
        private int count;

        Messages(Arena arena, int most) {
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
        /// @throws MpiException when the patience is over: its message names `what` and the ranks that do not answer
        void await(String what) {
            Duration longest = met ? patience : patience.multipliedBy(FIRST_MEETING);
            if (!completed(longest, what)) {
                throw new MpiException("waited " + longest.toSeconds() + " s (" + what + "); no answer from " + rollCall()
                        + "; a process hangs or a node is lost. Resume from the last checkpoint");
            }
            met = true;
            count = 0;
        }

        /// Whether all are done before the time is over.
        private boolean completed(Duration longest, String what) {
            long end = System.nanoTime() + longest.toNanos();
            for (int spin = 0; !done(what); spin++) {
                if (spin < SPINS) {
                    Thread.onSpinWait();
                } else if (System.nanoTime() - end > 0) {
                    return false;
                } else {
                    Thread.yield();
                }
            }
            return true;
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

    /// The processes that say nothing when all who have lost patience greet each other, in words.
    private String rollCall() {
        Map<Integer, Messages> greetings = new TreeMap<>();
        MemorySegment number = arena.allocate(2L * Float.BYTES * size);
        for (int other = 0; other < size; other++) {
            if (other != rank) {
                Messages greeting = new Messages(arena, 1);
                new Messages(arena, 1).send(number.asSlice(2L * Float.BYTES * other, Float.BYTES), other, ROLL_CALL_TAG);
                greeting.receive(number.asSlice((2L * other + 1) * Float.BYTES, Float.BYTES), other, ROLL_CALL_TAG);
                greetings.put(other, greeting);
            }
        }
        long end = System.nanoTime() + ROLL_CALL.toNanos();
        while (!greetings.isEmpty() && System.nanoTime() - end < 0) {
            greetings.values().removeIf(greeting -> greeting.done("roll call"));
            Thread.yield();
        }
        return greetings.isEmpty() ? "one that works too slowly" : "rank " + greetings.keySet().stream().map(String::valueOf).collect(Collectors.joining(", rank "));
    }

    /// Returns when every process has come here.
    private void barrier(String what) {
        try (Arena local = Arena.ofConfined()) {
            Messages messages = new Messages(local, 1);
            check((int) ibarrier.invokeExact(constants.world(), messages.next()), what);
            messages.await(what);
        } catch (Throwable e) {
            throw MpiLibrary.unexpected(e);
        }
    }

    /// Returns when every process has come here; looks for them a thousand times a second only.
    void rest() {
        try (Arena local = Arena.ofConfined()) {
            Messages messages = new Messages(local, 1);
            check((int) ibarrier.invokeExact(constants.world(), messages.next()), "resting");
            for (long end = System.nanoTime() + patience.toNanos(); !messages.done("resting"); Thread.sleep(1)) {
                if (System.nanoTime() - end > 0) {
                    messages.await("resting");
                }
            }
        } catch (Throwable e) {
            throw MpiLibrary.unexpected(e);
        }
    }

    /// Sets the bytes, of the same number everywhere, to those of `root`. They may be in an array.
    void broadcast(MemorySegment bytes, int root, String what) {
        try (Arena local = Arena.ofConfined()) {
            MemorySegment message = local.allocate(Math.max(1, bytes.byteSize()));
            message.copyFrom(bytes);
            Messages messages = new Messages(local, 1);
            check((int) ibcast.invokeExact(message, Math.toIntExact(bytes.byteSize()), constants.bytes(), root, constants.world(), messages.next()), what);
            messages.await(what);
            bytes.copyFrom(message.asSlice(0, bytes.byteSize()));
        } catch (Throwable e) {
            throw MpiLibrary.unexpected(e);
        }
    }

    /// Sums each number over all processes; exact where all but one hold 0.
    void merge(double[] numbers) {
        try (Arena local = Arena.ofConfined()) {
            MemorySegment all = local.allocateFrom(ValueLayout.JAVA_DOUBLE, numbers);
            Messages messages = new Messages(local, 1);
            check((int) iallreduce.invokeExact(constants.inPlace(), all, numbers.length, constants.doubles(), constants.sum(), constants.world(), messages.next()),
                    "putting numbers of all ranks together");
            messages.await("numbers of all ranks");
            MemorySegment.copy(all, ValueLayout.JAVA_DOUBLE, 0, numbers, 0, numbers.length);
        } catch (Throwable e) {
            throw MpiLibrary.unexpected(e);
        }
    }

    /// Ends all processes of the job at once, this one last.
    void abort(int code) {
        try {
            int _ = (int) library.function("MPI_Abort", HANDLE, INT).invokeExact(constants.world(), code);
        } catch (Throwable e) {
            throw MpiLibrary.unexpected(e);
        }
    }

    /// Leaves the job in order; every process must come here.
    void close() {
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
            throw new MpiException("MPI error " + code + " (" + error(code) + ") " + what);
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
