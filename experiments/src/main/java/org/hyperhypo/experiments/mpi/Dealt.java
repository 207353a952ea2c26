package org.hyperhypo.experiments.mpi;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.hyperhypo.engine.Peers;

/// Numbered pieces of work, dealt out to processes like cards: in round k, process r does piece `k·R + r`, and after the round all have all results.
///
/// Results travel as Java objects between copies of one program; nothing of them reaches a file.
public final class Dealt {
    private Dealt() {
    }

    /// Does `count` pieces of work together with the other processes.
    ///
    /// @param work one piece, the same whoever does it
    /// @param take is given every result in the order of the pieces, in every process
    public static <T extends Serializable> void inOrder(Peers peers, int count, Class<T> type, IntFunction<T> work, Consumer<T> take) {
        if (peers.size() == 1) {
            for (int piece = 0; piece < count; piece++) {
                take.accept(work.apply(piece));
            }
            return;
        }
        for (int first = 0; first < count; first += peers.size()) {
            int mine = first + peers.rank();
            byte[][] results = exchange(peers, mine < count ? bytes(work.apply(mine)) : new byte[0]);
            for (int i = 0; i < Math.min(peers.size(), count - first); i++) {
                take.accept(object(results[i], type));
            }
        }
    }

    private static byte[][] exchange(Peers peers, byte[] mine) {
        double[] lengths = new double[peers.size()];
        lengths[peers.rank()] = mine.length;
        peers.merge(lengths);
        int longest = (int) Arrays.stream(lengths).max().orElseThrow();
        byte[][] all = new byte[lengths.length][];
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment room = arena.allocate((long) longest * lengths.length);
            MemorySegment.copy(mine, 0, room, ValueLayout.JAVA_BYTE, (long) longest * peers.rank(), mine.length);
            peers.gather(room, longest);
            for (int rank = 0; rank < all.length; rank++) {
                all[rank] = room.asSlice((long) longest * rank, (long) lengths[rank]).toArray(ValueLayout.JAVA_BYTE);
            }
        }
        return all;
    }

    private static byte[] bytes(Serializable result) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(result);
        } catch (IOException e) {
            throw new UncheckedIOException("a result cannot be sent", e);
        }
        return bytes.toByteArray();
    }

    private static <T> T object(byte[] bytes, Class<T> type) {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return type.cast(in.readObject());
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException("a result of another process cannot be read", e);
        }
    }
}
