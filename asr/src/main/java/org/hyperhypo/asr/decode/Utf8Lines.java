package org.hyperhypo.asr.decode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Lines of a UTF-8 stream that may be too long to keep, each decoded alone: a wrong byte belongs to the line that has it.
final class Utf8Lines {
    private final InputStream in;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private byte[] buffer = new byte[1 << 16];
    private int from;
    private int to;

    Utf8Lines(InputStream in) {
        this.in = in;
    }

    /// The next line without its `\n`; null at the end. A [CharacterCodingException] is about this line.
    String next() throws IOException {
        int scanned = from;
        for (;;) {
            while (scanned < to && buffer[scanned] != '\n') {
                scanned++;
            }
            if (scanned < to) {
                return take(scanned, scanned + 1);
            }
            if (from > 0) {
                System.arraycopy(buffer, from, buffer, 0, to - from);
                scanned -= from;
                to -= from;
                from = 0;
            } else if (to == buffer.length) {
                buffer = Arrays.copyOf(buffer, 2 * to);
            }
            int read = in.read(buffer, to, buffer.length - to);
            if (read < 0) {
                return from == to ? null : take(to, to);
            }
            to += read;
        }
    }

    private String take(int end, int next) throws CharacterCodingException {
        ByteBuffer bytes = ByteBuffer.wrap(buffer, from, end - from);
        from = next;
        return decoder.decode(bytes).toString();
    }
}
