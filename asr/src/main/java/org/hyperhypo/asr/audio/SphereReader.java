package org.hyperhypo.asr.audio;

import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.hyperhypo.asr.audio.Samples.Coding;

/// NIST SPHERE: a text header whose length is its second line, fields `name -type value` up to `end_head`, then samples.
/// PCM of 1 to 4 bytes in either byte order, mu-law and A-law; shorten compression is refused by name.
final class SphereReader {
    /// A header field and the byte its line begins at.
    private record Field(String value, int at) {
    }

    private SphereReader() {
    }

    static Audio read(Bytes in) throws AudioException {
        int header = headerLength(in);
        Map<String, Field> fields = fields(in, header);
        int channels = (int) number(in, fields, "channel_count", 1L, 1, 256);
        int rate = (int) number(in, fields, "sample_rate", null, 1, 10_000_000);
        Field coded = fields.getOrDefault("sample_coding", new Field("pcm", 0));
        String coding = coded.value.toLowerCase(Locale.ROOT);
        if (coding.contains("shorten") || coding.contains("wavpack") || coding.contains("shortpack")) {
            throw in.error(coded.at, "SPHERE with embedded compression \"" + coding + "\" is not supported; unpack it with w_decode or sph2pipe");
        }
        Coding stored = coding(in, fields, coding);
        int frameBytes = channels * stored.bytes;
        int present = (in.length() - header) / frameBytes;
        int frames = present;
        if (fields.containsKey("sample_count")) {
            long count = number(in, fields, "sample_count", null, 0, Long.MAX_VALUE);
            if (count > present) {
                throw in.error(fields.get("sample_count").at, "header says " + count + " samples, " + present + " are there; the recording is cut");
            }
            frames = (int) count;
        } else {
            in.warnings.add("no sample_count; read to the end of the file");
        }
        return new Audio(Samples.decode(in, header, frames, channels, stored), rate, in.warnings);
    }

    private static int headerLength(Bytes in) throws AudioException {
        if (!in.startsWith(0, "NIST_1A\n") || in.length() < 16) {
            throw in.error(0, "SPHERE header does not begin with the lines NIST_1A and its length");
        }
        String line = in.ascii(8, 8).strip();
        if (!line.matches("[0-9]{1,8}")) {
            throw in.error(8, "SPHERE header length is \"" + in.show(8, 8) + "\", not a number");
        }
        int length = Integer.parseInt(line);
        if (length > in.length() || length < 16) {
            throw in.error(8, "SPHERE header of " + length + " bytes in a file of " + in.length());
        }
        return length;
    }

    private static Map<String, Field> fields(Bytes in, int header) throws AudioException {
        Map<String, Field> fields = new HashMap<>();
        int at = 16;
        for (String line : in.ascii(16, header - 16).split("\n")) {
            String text = line.strip();
            if (text.equals("end_head")) {
                return fields;
            }
            String[] parts = text.split("\\s+", 3);
            if (parts.length == 3 && parts[1].startsWith("-") && !text.startsWith(";")) {
                fields.put(parts[0], new Field(parts[2], at));
            }
            at += line.length() + 1;
        }
        throw in.error(header, "SPHERE header without end_head");
    }

    private static long number(Bytes in, Map<String, Field> fields, String name, Long missing, long low, long high)
            throws AudioException {
        Field field = fields.get(name);
        if (field == null) {
            if (missing != null) {
                return missing;
            }
            throw in.error(0, "SPHERE header without " + name);
        }
        long value;
        try {
            value = Long.parseLong(field.value);
        } catch (NumberFormatException e) {
            throw new AudioException(in.name, field.at, "SPHERE " + name + " is \"" + field.value + "\", not a number", e);
        }
        if (value < low || value > high) {
            throw in.error(field.at, "SPHERE " + name + " " + value + " is outside " + low + " to " + high);
        }
        return value;
    }

    private static Coding coding(Bytes in, Map<String, Field> fields, String name) throws AudioException {
        if (name.equals("ulaw") || name.equals("mu-law")) {
            return Coding.MU_LAW;
        }
        if (name.equals("alaw")) {
            return Coding.A_LAW;
        }
        if (!name.equals("pcm")) {
            throw in.error(fields.get("sample_coding").at, "SPHERE sample_coding \"" + name + "\" is not supported; convert it to pcm");
        }
        int width = (int) number(in, fields, "sample_n_bytes", 2L, 1, 4);
        Field format = fields.getOrDefault("sample_byte_format", new Field(width == 1 ? "1" : "", 0));
        String order = format.value;
        String little = "0123".substring(0, width);
        String big = new StringBuilder(little).reverse().toString();
        if (width > 1 && !order.equals(little) && !order.equals(big)) {
            throw in.error(format.at, "SPHERE sample_byte_format \"" + order + "\" for " + width + " bytes; expected " + little + " or " + big);
        }
        in.buffer.order(order.equals(little) ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        return switch (width) {
            case 1 -> Coding.INT8;
            case 2 -> Coding.INT16;
            case 3 -> Coding.INT24;
            default -> Coding.INT32;
        };
    }
}
