package org.hyperhypo.experiments.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.hyperhypo.experiments.UserError;
import org.junit.jupiter.api.Test;

class ShareTest {
    @Test
    void everyCellBelongsToExactlyOneShare() {
        for (int of = 1; of <= 17; of++) {
            for (int groups = 1; groups <= 9; groups++) {
                for (int group = 0; group < groups; group++) {
                    for (int cell = 0; cell < 13; cell++) {
                        int owners = 0;
                        for (int index = 0; index < of; index++) {
                            owners += new Share(index, of).owns(group, groups, cell) ? 1 : 0;
                        }
                        assertEquals(1, owners, "cell " + cell + " of group " + group + " of " + groups + ", " + of + " shares");
                    }
                }
            }
        }
    }

    @Test
    void noShareHasMoreThanItsPartByMoreThanOneCellOfEachDividedGroup() {
        for (int of = 1; of <= 17; of++) {
            for (int groups = 1; groups <= 9; groups++) {
                int[] cells = new int[of];
                for (int index = 0; index < of; index++) {
                    for (int i = 0; i < groups * 24; i++) {
                        cells[index] += new Share(index, of).owns(i / 24, groups, i % 24) ? 1 : 0;
                    }
                }
                int most = Arrays.stream(cells).max().orElseThrow();
                assertTrue(most <= groups / of * 24 + Math.ceil(24.0 / Math.max(1, of / Math.max(1, groups % of))), Arrays.toString(cells) + " of " + groups + " groups");
            }
        }
    }

    @Test
    void aGroupIsDividedAmongAsFewSharesAsPossible() {
        // 6 groups, 4 shares: one each, and two left, each for two shares.
        assertEquals("0000 1111 2222 3333 0202 1313", owners(4, 6));
        assertEquals("0000 1111", owners(2, 2));
        assertEquals("0246 1351", owners(7, 2));
    }

    private static String owners(int of, int groups) {
        StringBuilder all = new StringBuilder();
        for (int group = 0; group < groups; group++) {
            all.append(group == 0 ? "" : " ");
            for (int cell = 0; cell < 4; cell++) {
                for (int index = 0; index < of; index++) {
                    all.append(new Share(index, of).owns(group, groups, cell) ? String.valueOf(index) : "");
                }
            }
        }
        return all.toString();
    }

    @Test
    void aShareOutsideItsNumberIsRefused() {
        for (int[] wrong : new int[][] {{4, 4}, {-1, 4}, {0, 0}}) {
            assertThrows(UserError.class, () -> new Share(wrong[0], wrong[1]));
        }
    }
}
