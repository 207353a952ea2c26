package org.hyperhypo.asr.align;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.hyperhypo.asr.decode.ChainAligner;
import org.hyperhypo.asr.decode.Golden;
import org.hyperhypo.asr.decode.ScoreMatrix;
import org.hyperhypo.asr.hmm.AlignmentException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ChainAlignerTest {
    @Test
    @Tag("shared")
    void pathsAndScoresEqualTheGoldenAlignments() throws IOException {
        Path folder = Golden.folder("arpa_decode");
        int compared = 0;
        for (Object o : Golden.list(Golden.json(folder.resolve("hmm.json")).get("forced_alignment"))) {
            Map<String, Object> c = Golden.map(o);
            ScoreMatrix scores = Golden.npy(folder.resolve((String) c.get("loglik")));
            int[] chain = IntStream.range(0, Golden.integer(c.get("states"))).toArray();
            double[] stay = Golden.doubles(c.get("log_self_loop"));
            double[] forward = Golden.doubles(c.get("log_forward"));
            String id = (String) c.get("id");
            if (c.get("best_path") == null) {
                var e = assertThrows(AlignmentException.class, () -> ChainAligner.align(scores, chain, stay, forward), id);
                assertTrue(e.getMessage().contains(scores.frames() + " frames"), e.getMessage());
                continue;
            }
            var result = ChainAligner.align(scores, chain, stay, forward);
            double expected = Golden.number(c.get("best_log_score"));
            assertEquals(expected, result.score(), 1e-5 * Math.abs(expected), id);
            if (!id.equals("tie")) {
                assertArrayEquals(Golden.integers(c.get("best_path")), result.path(), id);
            }
            compared++;
        }
        assertEquals(12, compared);
    }

    @Test
    void impossibleScoresAreNamed() {
        var scores = new ScoreMatrix(3, 1, new float[] {0, Float.NEGATIVE_INFINITY, 0});
        var e = assertThrows(AlignmentException.class,
                () -> ChainAligner.align(scores, new int[] {0}, new double[] {-1}, new double[] {-1}));
        assertTrue(e.getMessage().contains("-Infinity"), e.getMessage());
    }
}
