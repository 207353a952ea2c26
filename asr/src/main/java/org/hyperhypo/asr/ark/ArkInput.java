package org.hyperhypo.asr.ark;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads an archive from a position on, knowing at every step how many bytes the file still has: a lying size is an error, not an allocation.
final class ArkInput implements AutoCloseable {
    private static final int MAX_KEY = 4096;

    private final Path file;
    private final long size;
    private final InputStream in;
    private long position;

    ArkInput(Path file, long offset) throws IOException {
        this.file = file;
        size = Files.size(file);
        if (offset < 0 || offset > size) {
            throw new ArkException(file, offset, "offset beyond the file's " + size + " bytes");
        }
        in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        in.skipNBytes(offset);
        position = offset;
    }

    long position() {
        return position;
    }

    /// The next key, or null at the end of the file.
    String key() throws IOException {
        if (position == size) {
            return null;
        }
        long at = position;
        byte[] text = new byte[MAX_KEY];
        for (int n = 0; n < MAX_KEY && position < size; n++) {
            int b = next();
            if (b == ' ') {
                if (n == 0) {
                    throw new ArkException(file, at, "empty key");
                }
                return new String(text, 0, n, StandardCharsets.UTF_8);
            }
            if (b < ' ') {
                throw new ArkException(file, position - 1, "byte " + b + " inside a key");
            }
            text[n] = (byte) b;
        }
        throw new ArkException(file, at, "no space after the key");
    }

    FloatMatrix matrix() throws IOException {
        long at = position;
        if (size - position < 5 || next() != 0 || next() != 'B') {
            throw new ArkException(file, at, "no binary entry here (\\0B); text archives are not read as matrices");
        }
        int kind = next();
        int m = next();
        int space = next();
        if (m != 'M' || space != ' ' || kind != 'F' && kind != 'D') {
            throw new ArkException(file, at + 2, "entry \"" + printable(kind) + printable(m) + printable(space)
                + "\" is not a float or double matrix (\"FM \", \"DM \")");
        }
        int rows = size4("rows");
        int columns = size4("columns");
        int width = kind == 'F' ? 4 : 8;
        long bytes = (long) rows * columns * width;
        if ((long) rows * columns > Integer.MAX_VALUE / 8 || bytes > size - position) {
            throw new ArkException(file, position, "matrix of " + rows + " × " + columns + " needs " + bytes + " bytes, " + (size - position)
                + " are left");
        }
        ByteBuffer b = ByteBuffer.wrap(in.readNBytes((int) bytes)).order(ByteOrder.LITTLE_ENDIAN);
        if (b.remaining() < bytes) {
            throw new ArkException(file, position + b.remaining(), "the file ended inside a matrix");
        }
        position += bytes;
        float[] data = new float[rows * columns];
        if (kind == 'F') {
            b.asFloatBuffer().get(data);
        } else {
            for (int i = 0; i < data.length; i++) {
                data[i] = (float) b.getDouble(8 * i);
            }
        }
        return new FloatMatrix(rows, columns, data);
    }

    private int size4(String name) throws IOException {
        long at = position;
        if (size - position < 5 || next() != 4) {
            throw new ArkException(file, at, "no 4-byte number of " + name);
        }
        int value = next() | next() << 8 | next() << 16 | next() << 24;
        if (value < 0) {
            throw new ArkException(file, at + 1, "number of " + name + " is " + value);
        }
        return value;
    }

    private int next() throws IOException {
        int b = in.read();
        if (b < 0) {
            throw new ArkException(file, position, "the file ended unexpectedly");
        }
        position++;
        return b;
    }

    private static String printable(int b) {
        return b >= 32 && b < 127 ? String.valueOf((char) b) : String.format("\\x%02x", b);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
