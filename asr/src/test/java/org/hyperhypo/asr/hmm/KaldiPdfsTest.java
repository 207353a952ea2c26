package org.hyperhypo.asr.hmm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.hyperhypo.asr.TextMutations;
import org.hyperhypo.asr.data.TextFile;
import org.junit.jupiter.api.Test;

class KaldiPdfsTest {
    private static final String TRANSITIONS = """
            Transition-state 1: phone = SIL hmm-state = 0 pdf = 0
             Transition-id = 1 p = 0.9 [self-loop]
            Transition-state 2: phone = SIL hmm-state = 1 pdf = 1
            Transition-state 3: phone = AH_B hmm-state = 0 pdf = 2
            Transition-state 4: phone = AH_B hmm-state = 1 pdf = 5
            Transition-state 5: phone = AH_E hmm-state = 0 pdf = 2
            Transition-state 6: phone = AH_E hmm-state = 0 pdf = 3
            Transition-state 7: phone = AH_E hmm-state = 1 pdf = 5
            Transition-state 8: phone = SPN_S hmm-state = 4 pdf = 6
            """;
    private final Lexicon lexicon = Lexicon.of(Map.of("ah", List.of(List.of("AH"))));

    @Test
    void pdfsBecomeStatesOfTheirPhoneAndPosition() {
        KaldiPdfs pdfs = KaldiPdfs.parse("tr", TRANSITIONS.lines().toList());
        assertEquals(7, pdfs.size());
        StateInventory states = pdfs.states(lexicon);
        assertEquals(List.of("SIL", "AH", "SPN"), states.phones().names());
        assertEquals(Topology.of(2, 2, 0.5), states.topology());
        int[] path = pdfs.states(new int[] {0, 1, 2, 3, 5, 6}, states);
        assertArrayEquals(new int[] {0, 1, 2, 2, 3, 5}, path);
        var e = assertThrows(AlignmentException.class, () -> pdfs.states(new int[] {0, 4}, states));
        assertTrue(e.getMessage().contains("frame 1 has pdf 4"), e.getMessage());
    }

    @Test
    void whatCannotBeUnderstoodIsNamed() {
        var e = assertThrows(IllegalArgumentException.class, () -> KaldiPdfs.parse("tr", List.of("Transition-state 1: phone = A hmm-state = 0 pdf = 0",
                "Transition-state 2: phone = B hmm-state = 0 pdf = 0", "Transition-state 3: phone = A hmm-state = 0 forward-pdf = 0 self-loop-pdf = 1")));
        assertEquals(List.of("tr:2", "tr:3"), e.getMessage().lines().map(l -> l.substring(0, 4)).toList());
        assertThrows(IllegalArgumentException.class, () -> KaldiPdfs.parse("tr", List.of("")));
        TextMutations.check("transitions", List.of(TRANSITIONS), bytes -> KaldiPdfs.parse("tr", TextFile.lines("tr", bytes)), "tr:");
    }
}
