package org.hyperhypo.asr.ark;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/// The bytes of an archive with their position and line. A lying size is an error, not an allocation: memory follows the bytes that come.
final class ArkInput implements AutoCloseable {
    private static final int MAX_WORD = 4096;

    private final String name;
    private final InputStream in;
    private long position;
    private int line = 1;
    private int ahead = -2;

    /// `gzip` is found by content; `offset` counts in the file as it is.
    static ArkInput open(Path file, long offset) throws ArkException {
        InputStream raw = null;
        try {
            long size = Files.size(file);
            if (offset > size) {
                throw new ArkException(file.toString(), offset, "offset beyond the file's " + size + " bytes", null);
            }
            raw = Files.newInputStream(file);
            raw.skipNBytes(offset);
            return new ArkInput(file.toString(), raw, offset);
        } catch (IOException e) {
            if (raw != null) {
                closeAfter(raw, e);
            }
            throw e instanceof ArkException ours ? ours : new ArkException(file.toString(), offset, "cannot be read: " + e, e);
        }
    }

    /// @param name stands in messages
    ArkInput(String name, InputStream raw, long offset) throws ArkException {
        this.name = name;
        position = offset;
        try {
            InputStream buffered = new BufferedInputStream(raw, 1 << 16);
            buffered.mark(2);
            boolean packed = buffered.read() == 0x1f && buffered.read() == 0x8b;
            buffered.reset();
            in = packed ? new BufferedInputStream(new GZIPInputStream(buffered, 1 << 16), 1 << 16) : buffered;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    long position() {
        return position;
    }

    int line() {
        return line;
    }

    int peek() throws ArkException {
        if (ahead == -2) {
            try {
                ahead = in.read();
            } catch (IOException e) {
                throw failed(e);
            }
        }
        return ahead;
    }

    /// The next byte; the end of the file is an error.
    int next(String what) throws ArkException {
        int b = peek();
        if (b < 0) {
            throw error("the file ends inside " + what);
        }
        ahead = -2;
        position++;
        line += b == '\n' ? 1 : 0;
        return b;
    }

    /// The next key, or null at the end of the file. A key ends at a blank, which is taken, or at a line end, which is left.
    String key() throws ArkException {
        if (peek() < 0) {
            return null;
        }
        if (peek() == '\n') {
            throw textError("empty line; expected a key");
        }
        long start = position;
        byte[] text = new byte[MAX_WORD];
        for (int n = 0; n < MAX_WORD; n++) {
            int b = peek();
            if (b == ' ' || b == '\t' || b == '\n' || b == '\r') {
                if (n == 0) {
                    throw error("empty key");
                }
                if (b != '\n') {
                    next("a key");
                }
                return new String(text, 0, n, StandardCharsets.UTF_8);
            }
            if (b >= 0 && b < ' ') {
                throw error("byte " + b + " inside a key");
            }
            text[n] = (byte) next("a key");
        }
        throw new ArkException(name, start, "no blank within " + MAX_WORD + " bytes after a key's begin", null);
    }

    /// The next word of a text entry, or "\n" at a line end; "" at the end of the file.
    String word() throws ArkException {
        while (peek() == ' ' || peek() == '\t' || peek() == '\r') {
            next("a line");
        }
        if (peek() == '\n') {
            next("a line");
            return "\n";
        }
        StringBuilder text = new StringBuilder();
        while (peek() > ' ') {
            if (text.length() == MAX_WORD) {
                throw textError("a word of more than " + MAX_WORD + " bytes");
            }
            text.append((char) next("a word"));
        }
        if (text.isEmpty() && peek() >= 0) {
            throw textError("byte " + peek() + " in text");
        }
        return text.toString();
    }

    /// Exactly `count` bytes, little-endian.
    ByteBuffer bytes(long count, String what) throws ArkException {
        if (count > Integer.MAX_VALUE - 64) {
            throw error(what + " needs " + count + " bytes; entries of 2 GB and more are not read");
        }
        long start = position;
        byte[] data;
        try {
            int first = count > 0 && ahead >= 0 ? 1 : 0;
            byte[] rest = in.readNBytes((int) count - first);
            data = rest;
            if (first == 1) {
                data = new byte[rest.length + 1];
                data[0] = (byte) ahead;
                System.arraycopy(rest, 0, data, 1, rest.length);
                ahead = -2;
            }
        } catch (IOException e) {
            throw failed(e);
        }
        position += data.length;
        if (data.length < count) {
            throw new ArkException(name, start, what + " needs " + count + " bytes, " + data.length + " are left", null);
        }
        return ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// A number as Kaldi writes it: the byte 4, then 4 bytes.
    int sized(String what) throws ArkException {
        int width = next(what);
        if (width != 4) {
            throw error("the number of " + what + " does not begin with the byte 4 but with " + width);
        }
        return bytes(4, "the number of " + what).getInt();
    }

    int count(String what) throws ArkException {
        int value = sized(what);
        if (value < 0) {
            throw error("the number of " + what + " is " + value);
        }
        return value;
    }

    ArkException error(String reason) {
        return new ArkException(name, position, reason, null);
    }

    ArkException textError(String reason) {
        return new ArkException(name + ":" + line, position, reason, null);
    }

    private ArkException failed(IOException e) {
        return e instanceof ArkException ours ? ours : new ArkException(name, position, "cannot be read: " + e, e);
    }

    private static void closeAfter(InputStream raw, IOException because) {
        try {
            raw.close();
        } catch (IOException second) {
            because.addSuppressed(second);
        }
    }

    @Override
    public void close() throws ArkException {
        try {
            in.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
