package org.hyperhypo.kernels;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// The door lets in what just fits and refuses one float more; sizes that callers read are those of the formulas.
class DoorTest {
    private static final float[] TWELVE = new float[12];

    private static void refused(Executable call, String text) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(text), message);
    }

    @Test
    void aMatrixMayEndAtTheLastFloatAndNoLater() {
        assertDoesNotThrow(() -> Door.matrix("A", TWELVE, 1, 3, 3, 4));
        refused(() -> Door.matrix("A", TWELVE, 2, 3, 3, 4), "ends at 13, the array has 12");
        refused(() -> Door.matrix("A", TWELVE, -1, 1, 1, 1), "at -1");
        refused(() -> Door.matrix("A", TWELVE, 0, 2, 4, 3), "leading dimension 3 is smaller than its 4 columns");
        assertDoesNotThrow(() -> Door.matrix("A", TWELVE, 0, 1, 4, 0), "one row needs no leading dimension");
        assertDoesNotThrow(() -> Door.matrix("A", TWELVE, 99, 0, 4, 4), "nothing is nowhere");
        assertDoesNotThrow(() -> Door.run("labels", 12, 4, 8));
        refused(() -> Door.run("labels", 12, 4, 9), "labels[4, 13) is outside the array of 12");
    }

    @Test
    void theInputOfAConvolutionMayEndAtTheLastFloatAndNoLater() {
        ConvolutionShape shape = new ConvolutionShape(2, 3, 4, 5, 2, 2);
        int row = 4 * 2;
        int floats = 1 + 30 + 2 * 10 + row;
        assertDoesNotThrow(() -> Door.input("x", shape, 2, new float[floats], 1, 30, 10));
        refused(() -> Door.input("x", shape, 2, new float[floats - 1], 1, 30, 10), "ends at " + floats);
        refused(() -> Door.input("x", shape, 2, new float[100], 1, 30, row - 1), "row stride 7 (a row has 8 floats)");
        refused(() -> Door.input("x", shape, 2, new float[100], 1, -1, row), "sample stride -1");
        assertDoesNotThrow(() -> Door.input("x", shape, 2, new float[100], 0, 0, row), "samples may share memory");
        assertDoesNotThrow(() -> Door.input("x", shape, 0, TWELVE, 99, 30, 10));
    }

    @Test
    void blocksOfOneArrayMayTouchButNotOverlap() {
        float[] x = new float[40];
        assertDoesNotThrow(() -> Door.apart("y", x, 0, 2, 3, 10, "x", x, 3, 2, 7, 10));
        refused(() -> Door.apart("y", x, 0, 2, 4, 10, "x", x, 3, 2, 7, 10), "overlap");
        refused(() -> Door.apart("y", x, 0, 2, 3, 10, "x", x, 3, 2, 8, 10), "overlap");
        assertDoesNotThrow(() -> Door.apart("y", x, 0, 2, 3, 10, "x", x, 13, 1, 4, 10), "begins where the other ends");
        refused(() -> Door.apart("y", x, 0, 2, 3, 10, "x", x, 12, 1, 4, 9), "overlap");
    }

    @Test
    void rowsAscendBelowTheirNumberAndAreThere() {
        assertDoesNotThrow(() -> Door.chosen(new int[] {0, 2, 4}, 3, 5));
        refused(() -> Door.chosen(new int[] {0, 2, 5}, 3, 5), "rows[2] = 5");
        refused(() -> Door.chosen(new int[] {-1}, 1, 5), "rows[0] = -1");
        refused(() -> Door.chosen(new int[] {1, 1}, 2, 5), "rows[1] = 1");
        refused(() -> Door.chosen(new int[] {0, 2}, 3, 5), "rows[0, 3) is outside the array of 2");
        refused(() -> Door.labels(new int[2], 3, 5), "labels[0, 3) is outside the array of 2");
    }

    @Test
    void sizesThatCallersReadAreThoseOfTheFormulas() {
        ConvolutionShape shape = new ConvolutionShape(2, 5, 7, 11, 3, 4);
        assertEquals(2L * 13 * (3 * 4) * 11 * (3 * 4 * 2), shape.flops(13));
        Kernels kernels = Kernels.vector().orElseThrow();
        PackedMatrix matrix = kernels.packed(Kernels.Form.NT, 2 * Lanes.PANEL, 5);
        assertEquals(Kernels.Form.NT, matrix.form());
        assertEquals(4L * 5 * 2 * Lanes.PANEL, matrix.bytes());
        Scratch scratch = new Scratch();
        assertEquals(0, scratch.bytes());
        scratch.a(3);
        scratch.b(5);
        scratch.c(7);
        scratch.panel(11);
        scratch.values(13);
        scratch.cRows(17);
        assertEquals(4 * (3 + 5 + 7 + 11 + 13 + 17), scratch.bytes());
    }
}
