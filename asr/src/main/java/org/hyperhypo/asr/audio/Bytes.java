package org.hyperhypo.asr.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The whole content of one file, its name for messages, and the warnings collected while reading it.
final class Bytes {
    final String name;
    final byte[] data;
    final ByteBuffer buffer;
    final List<String> warnings = new ArrayList<>();

    Bytes(String name, byte[] data) {
        this.name = name;
        this.data = data;
        this.buffer = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    }

    int length() {
        return data.length;
    }

    boolean startsWith(int offset, String ascii) {
        if (offset < 0 || offset + ascii.length() > data.length) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (data[offset + i] != (byte) ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// Text for messages: printable ASCII as it is, everything else as `\xhh`.
    String show(int offset, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = offset; i < Math.min(offset + count, data.length); i++) {
            int b = data[i] & 0xff;
            text.append(b >= 32 && b < 127 ? String.valueOf((char) b) : String.format("\\x%02x", b));
        }
        return text.toString();
    }

    String ascii(int offset, int count) {
        return new String(data, offset, Math.min(count, data.length - offset), StandardCharsets.ISO_8859_1);
    }

    AudioException error(long offset, String reason) {
        return new AudioException(name, offset, reason, null);
    }
}
