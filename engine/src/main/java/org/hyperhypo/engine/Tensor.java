package org.hyperhypo.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// A named array of a [SafeTensors] file: type, shape, and the numbers as little-endian bytes, row-major.
public record Tensor(Type type, long[] shape, byte[] data) {
    public enum Type {
        F64(8), F32(4), I64(8), I32(4), U8(1);

        final int bytes;

        Type(int bytes) {
            this.bytes = bytes;
        }
    }

    public static Tensor of(float[] values, long... shape) {
        Tensor tensor = new Tensor(Type.F32, shape, new byte[Math.multiplyExact(values.length, 4)]);
        tensor.buffer().asFloatBuffer().put(values);
        return tensor;
    }

    public static Tensor of(double[] values, long... shape) {
        Tensor tensor = new Tensor(Type.F64, shape, new byte[Math.multiplyExact(values.length, 8)]);
        tensor.buffer().asDoubleBuffer().put(values);
        return tensor;
    }

    public static Tensor of(int[] values, long... shape) {
        Tensor tensor = new Tensor(Type.I32, shape, new byte[Math.multiplyExact(values.length, 4)]);
        tensor.buffer().asIntBuffer().put(values);
        return tensor;
    }

    public static Tensor of(long[] values, long... shape) {
        Tensor tensor = new Tensor(Type.I64, shape, new byte[Math.multiplyExact(values.length, 8)]);
        tensor.buffer().asLongBuffer().put(values);
        return tensor;
    }

    public static Tensor of(byte[] values) {
        return new Tensor(Type.U8, new long[] {values.length}, values.clone());
    }

    public float[] floats() {
        float[] values = new float[count(Type.F32)];
        buffer().asFloatBuffer().get(values);
        return values;
    }

    public double[] doubles() {
        double[] values = new double[count(Type.F64)];
        buffer().asDoubleBuffer().get(values);
        return values;
    }

    public long[] longs() {
        long[] values = new long[count(Type.I64)];
        buffer().asLongBuffer().get(values);
        return values;
    }

    /// Numbers that a shape holds; −1 if negative sizes or too many to address.
    static long count(long[] shape) {
        long count = 1;
        for (long size : shape) {
            if (size < 0 || (size > 0 && count > Long.MAX_VALUE / 16 / size)) {
                return -1;
            }
            count *= size;
        }
        return count;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor t && type == t.type && Arrays.equals(shape, t.shape) && Arrays.equals(data, t.data);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return type + Arrays.toString(shape);
    }

    private int count(Type wanted) {
        if (type != wanted) {
            throw new ModelException("tensor of type " + type + " read as " + wanted);
        }
        return data.length / type.bytes;
    }

    private ByteBuffer buffer() {
        return ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    }
}
