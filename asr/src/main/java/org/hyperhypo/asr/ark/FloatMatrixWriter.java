package org.hyperhypo.asr.ark;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.hyperhypo.asr.audio.WholeFile;

/// Writes a matrix archive entry by entry. [#finish()] gives the files their names; closing without it leaves nothing behind.
public final class FloatMatrixWriter implements AutoCloseable {
    private final Path ark;
    private final Path scp;
    private final Path part;
    private final OutputStream out;
    private final StringBuilder index = new StringBuilder();
    private final Set<String> keys = new HashSet<>();
    private long position;
    private boolean finished;

    /// `scp` may be null. Its lines name the archive as given here.
    public FloatMatrixWriter(Path ark, Path scp) throws IOException {
        this.ark = ark;
        this.scp = scp;
        part = WholeFile.prepare(ark, new byte[0]);
        out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16);
    }

    public void put(String key, FloatMatrix m) throws IOException {
        if (key.isEmpty() || key.chars().anyMatch(c -> c <= ' ')) {
            throw new IllegalArgumentException("archive key \"" + key + "\" must not be empty or hold white space");
        }
        if (!keys.add(key)) {
            throw new IllegalArgumentException("archive key \"" + key + "\" twice in " + ark);
        }
        byte[] name = (key + " ").getBytes(StandardCharsets.UTF_8);
        index.append(key).append(' ').append(ark).append(':').append(position + name.length).append('\n');
        ByteBuffer b = ByteBuffer.allocate(name.length + 15 + 4 * m.data().length).order(ByteOrder.LITTLE_ENDIAN);
        b.put(name).put((byte) 0).put("BFM ".getBytes(StandardCharsets.US_ASCII));
        b.put((byte) 4).putInt(m.rows()).put((byte) 4).putInt(m.columns());
        b.asFloatBuffer().put(m.data());
        out.write(b.array());
        position += b.capacity();
    }

    public void finish() throws IOException {
        out.close();
        WholeFile.publish(part, ark);
        if (scp != null) {
            WholeFile.write(scp, index.toString().getBytes(StandardCharsets.UTF_8));
        }
        finished = true;
    }

    @Override
    public void close() throws IOException {
        if (!finished) {
            out.close();
            Files.deleteIfExists(part);
        }
    }
}
