package org.hyperhypo.asr.hmm;

import java.util.Arrays;
import java.util.List;

/// The context of every frame of an alignment: its phone, position within the phone, and the phones to the left and right in the same
/// word (0 at the border of a word and beside silence).
///
/// @param left, phone, right phone numbers per frame
/// @param position state of the phone, from 0
public record Contexts(int[] left, int[] phone, int[] right, int[] position) {

    /// @param states the inventory that the alignment's numbers are of
    public static Contexts of(Alignment alignment, StateInventory states) {
        int frames = alignment.frames();
        var c = new Contexts(new int[frames], new int[frames], new int[frames], new int[frames]);
        for (int t = 0; t < frames; t++) {
            c.phone[t] = states.phoneOf(alignment.states()[t]);
            c.position[t] = states.positionOf(alignment.states()[t]);
        }
        List<Segment> phones = alignment.phones();
        int word = 0;
        for (int i = 0; i < phones.size(); i++) {
            Segment p = phones.get(i);
            while (word < alignment.words().size() && alignment.words().get(word).end() <= p.start()) {
                word++;
            }
            if (word < alignment.words().size() && alignment.words().get(word).start() <= p.start()) {
                Segment w = alignment.words().get(word);
                Arrays.fill(c.left, p.start(), p.end(), p.start() > w.start() ? states.phones().index(phones.get(i - 1).label()) : 0);
                Arrays.fill(c.right, p.start(), p.end(), p.end() < w.end() ? states.phones().index(phones.get(i + 1).label()) : 0);
            }
        }
        return c;
    }

    /// The same alignment in the numbers of another inventory of the same phones.
    public int[] states(StateInventory states) {
        var path = new int[phone.length];
        for (int t = 0; t < path.length; t++) {
            path[t] = states.state(left[t], phone[t], right[t], position[t]);
        }
        return path;
    }
}
