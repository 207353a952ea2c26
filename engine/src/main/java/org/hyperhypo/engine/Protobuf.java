package org.hyperhypo.engine;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// One message of Google's protocol buffers under construction: fields of number and value, in the order they are given.
///
/// A field is a key, `number·8 + type`, and the value: type 0 a variable-length integer (7 bits a byte, lowest first, the top bit says that more
/// follow), type 2 a length and so many bytes, type 5 four bytes.
final class Protobuf {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Protobuf integer(int field, long value) {
        varint(field << 3);
        varint(value);
        return this;
    }

    Protobuf number(int field, float value) {
        varint(field << 3 | 5);
        bytes.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).array());
        return this;
    }

    Protobuf text(int field, String value) {
        return data(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Protobuf message(int field, Protobuf value) {
        return data(field, value.toBytes());
    }

    Protobuf data(int field, byte[] value) {
        if ((long) bytes.size() + value.length > Integer.MAX_VALUE - 64) {
            throw new ModelException("a protocol buffer cannot hold more than 2 GB");
        }
        varint(field << 3 | 2);
        varint(value.length);
        bytes.writeBytes(value);
        return this;
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }
}
