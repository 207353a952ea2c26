package org.hyperhypo.asr.audio;

/// ITU-T G.711 companding: 16-bit values to and from 8-bit mu-law, and A-law to 16 bit.
public final class G711 {
    private static final int BIAS = 132;
    private static final int CLIP = 32635;

    private G711() {
    }

    /// `±(((2·mantissa + 33) << exponent) − 33) · 4`; the stored byte is complemented.
    public static int decodeMuLaw(byte code) {
        int u = ~code & 0xff;
        int magnitude = (((u & 0x0f) << 3) + BIAS << (u >> 4 & 7)) - BIAS;
        return (u & 0x80) != 0 ? -magnitude : magnitude;
    }

    /// Nearest code below in magnitude, as telephone equipment does; values beyond ±32635 are clipped.
    public static byte encodeMuLaw(int value16) {
        int sign = value16 < 0 ? 0x80 : 0;
        int magnitude = Math.min(Math.abs(value16), CLIP) + BIAS;
        int exponent = 31 - Integer.numberOfLeadingZeros(magnitude) - 7;
        int mantissa = magnitude >> exponent + 3 & 0x0f;
        return (byte) ~(sign | exponent << 4 | mantissa);
    }

    public static int decodeALaw(byte code) {
        int a = code ^ 0x55;
        int exponent = a >> 4 & 7;
        int magnitude = (a & 0x0f) << 4 | 8;
        if (exponent > 0) {
            magnitude = magnitude + 0x100 << exponent - 1;
        }
        return (a & 0x80) != 0 ? magnitude : -magnitude;
    }
}
