package org.hyperhypo.asr.hmm;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;

/// Which contexts of a phone's state share one tied state: a binary tree of questions about the phone to the left or to the right. Every
/// leaf is a tied state. Phones are numbers of a [PhoneSet]; 0 stands for silence and for the border of the word.
public sealed interface ContextTree {
    /// One tied state.
    record Leaf() implements ContextTree {
    }

    /// Is the phone to the left (or right) one of `phones`?
    ///
    /// The set is not copied: do not change it.
    record Split(boolean left, BitSet phones, ContextTree yes, ContextTree no) implements ContextTree {
    }

    /// Number of leaves.
    default int leaves() {
        return switch (this) {
            case Leaf leaf -> 1;
            case Split s -> s.yes.leaves() + s.no.leaves();
        };
    }

    /// Number of the leaf for this context, counted from 0 with all of `yes` before all of `no`.
    default int leaf(int leftPhone, int rightPhone) {
        ContextTree at = this;
        int number = 0;
        while (at instanceof Split s) {
            if (s.phones.get(s.left ? leftPhone : rightPhone)) {
                at = s.yes;
            } else {
                number += s.yes.leaves();
                at = s.no;
            }
        }
        return number;
    }

    /// The tree in one line, parents first: `.` is a leaf, `L:3,7` a split by the left phones 3 and 7, followed by its yes and its no.
    default String text() {
        return switch (this) {
            case Leaf leaf -> ".";
            case Split s -> (s.left ? "L:" : "R:") + s.phones.stream().mapToObj(Integer::toString).collect(Collectors.joining(","))
                    + " " + s.yes.text() + " " + s.no.text();
        };
    }

    /// Reads what [#text] wrote.
    ///
    /// @param phones number of phones there are
    static ContextTree parse(String text, int phones) {
        var tokens = new ArrayList<>(List.of(text.strip().split(" +")));
        ContextTree tree = parse(tokens, phones, 0);
        if (!tokens.isEmpty()) {
            throw new IllegalArgumentException("context tree \"" + text + "\": \"" + tokens.getFirst() + "\" and more after its end");
        }
        return tree;
    }

    private static ContextTree parse(List<String> tokens, int phones, int depth) {
        String token = tokens.isEmpty() ? "" : tokens.removeFirst();
        if (token.equals(".")) {
            return new Leaf();
        }
        if (!token.matches("[LR]:[0-9]{1,6}(,[0-9]{1,6})*") || depth > 1000) {
            throw new IllegalArgumentException("context tree: \"" + token + "\" where a leaf (.) or a split such as L:3,7 should be");
        }
        var set = new BitSet();
        for (String phone : token.substring(2).split(",")) {
            if (Integer.parseInt(phone) >= phones) {
                throw new IllegalArgumentException("context tree: phone " + phone + " of split \"" + token + "\", but there are only " + phones);
            }
            set.set(Integer.parseInt(phone));
        }
        ContextTree yes = parse(tokens, phones, depth + 1);
        return new Split(token.startsWith("L"), set, yes, parse(tokens, phones, depth + 1));
    }
}
