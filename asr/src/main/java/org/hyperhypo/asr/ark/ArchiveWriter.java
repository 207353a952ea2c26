package org.hyperhypo.asr.ark;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.hyperhypo.asr.audio.WholeFile;

/// Writes an archive entry by entry. [#finish()] gives the files their names; closing without it leaves nothing behind.
public final class ArchiveWriter<T> implements AutoCloseable {
    private final Codec<T> codec;
    private final Path ark;
    private final Path scp;
    private final boolean text;
    private final Path part;
    private final OutputStream out;
    private final StringBuilder index = new StringBuilder();
    private final Set<String> keys = new HashSet<>();
    private long position;
    private boolean finished;

    /// `scp` may be null. Its lines name the archive as given here.
    ArchiveWriter(Codec<T> codec, Path ark, Path scp, boolean text) throws IOException {
        this.codec = codec;
        this.ark = ark;
        this.scp = scp;
        this.text = text;
        part = WholeFile.prepare(ark, new byte[0]);
        out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16);
    }

    public void put(String key, T value) throws IOException {
        if (key.isEmpty() || key.chars().anyMatch(c -> c <= ' ')) {
            throw new IllegalArgumentException("archive key \"" + key + "\" must not be empty or hold white space");
        }
        if (!keys.add(key)) {
            throw new IllegalArgumentException("archive key \"" + key + "\" twice in " + ark);
        }
        if (text) {
            StringBuilder line = new StringBuilder(key);
            codec.appendText(line, value);
            out.write(line.toString().getBytes(StandardCharsets.UTF_8));
            return;
        }
        byte[] name = (key + " ").getBytes(StandardCharsets.UTF_8);
        ByteBuffer data = codec.binary(value);
        index.append(key).append(' ').append(ark).append(':').append(position + name.length).append('\n');
        out.write(name);
        out.write(0);
        out.write('B');
        out.write(data.array());
        position += name.length + 2 + data.capacity();
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
