package org.hyperhypo.asr.ark;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// How values of one type lie in an archive. Binary forms begin behind `\0B`, text forms behind the key.
interface Codec<T> {
    T readBinary(ArkInput in) throws ArkException;

    T readText(ArkInput in, String key) throws ArkException;

    /// Little-endian, without `\0B`.
    ByteBuffer binary(T value);

    void appendText(StringBuilder text, T value);

    T part(T value, Range range);

    static ByteBuffer buffer(String token, int bytes) {
        ByteBuffer b = ByteBuffer.allocate(token.length() + bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < token.length(); i++) {
            b.put((byte) token.charAt(i));
        }
        return b;
    }
}
