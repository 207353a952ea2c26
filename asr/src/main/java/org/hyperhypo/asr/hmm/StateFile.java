package org.hyperhypo.asr.hmm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import org.hyperhypo.asr.audio.WholeFile;
import org.hyperhypo.asr.data.TextFile;

/// A [StateInventory] as text: which state number means what.
///
/// ```
/// phones SIL AH B …            in the order of their numbers
/// silence 0.5 0.5 0.5          self-loop probability of each state of silence
/// phone 0.5 0.5 0.5            and of every other phone
/// tree AH 2 L:3,7 . R:0 . .    a tied position (from 1) and its tree, see ContextTree
/// ```
public final class StateFile {
    private StateFile() {
    }

    public static void write(Path file, StateInventory states) throws IOException {
        WholeFile.write(file, text(states).getBytes(StandardCharsets.UTF_8));
    }

    public static StateInventory read(Path file) {
        return parse(file.toString(), TextFile.lines(file));
    }

    public static String text(StateInventory states) {
        var text = new StringBuilder("phones " + String.join(" ", states.phones().names()) + "\n");
        text.append("silence ").append(loops(states.topology().silenceSelfLoops())).append('\n');
        text.append("phone ").append(loops(states.topology().phoneSelfLoops())).append('\n');
        for (int p = 1; p < states.phones().size(); p++) {
            for (int i = 0; i < states.statesOf(p); i++) {
                if (states.tree(p, i) instanceof ContextTree.Split split) {
                    text.append("tree ").append(states.phones().name(p)).append(' ').append(i + 1).append(' ').append(split.text()).append('\n');
                }
            }
        }
        return text.toString();
    }

    /// @param source named in errors, which are [IllegalArgumentException]s with the line
    public static StateInventory parse(String source, List<String> lines) {
        PhoneSet phones = null;
        List<Double> silence = null;
        List<Double> phone = null;
        List<List<ContextTree>> trees = null;
        for (int l = 0; l < lines.size(); l++) {
            List<String> f = TextFile.fields(lines.get(l));
            if (f.isEmpty()) {
                continue;
            }
            List<String> rest = f.subList(1, f.size());
            try {
                switch (f.getFirst()) {
                    case "phones" -> {
                        phones = PhoneSet.of(rest);
                        if (!phones.names().equals(rest)) {
                            throw new IllegalArgumentException("the phones must be SIL and then the others sorted: " + phones);
                        }
                    }
                    case "silence" -> silence = rest.stream().map(Double::valueOf).toList();
                    case "phone" -> phone = rest.stream().map(Double::valueOf).toList();
                    case "tree" -> {
                        trees = trees == null ? leaves(phones, new Topology(phone, silence)) : trees;
                        int p = phones.index(rest.getFirst());
                        trees.get(p).set(Integer.parseInt(rest.get(1)) - 1,
                                ContextTree.parse(String.join(" ", rest.subList(2, rest.size())), phones.size()));
                    }
                    default -> throw new IllegalArgumentException("\"" + f.getFirst() + "\" is none of phones, silence, phone, tree");
                }
            } catch (IllegalArgumentException | IndexOutOfBoundsException | NoSuchElementException | NullPointerException e) {
                throw new IllegalArgumentException(source + ":" + (l + 1) + ": not a line of a state inventory (" + e.getMessage()
                        + "); make the file anew", e);
            }
        }
        if (phones == null || silence == null || phone == null) {
            throw new IllegalArgumentException(source + ":" + lines.size() + ": the lines phones, silence and phone are needed; make the file anew");
        }
        try {
            var topology = new Topology(phone, silence);
            return trees == null ? new StateInventory(phones, topology) : new StateInventory(phones, topology, trees);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(source + ":" + lines.size() + ": " + e.getMessage(), e);
        }
    }

    private static List<List<ContextTree>> leaves(PhoneSet phones, Topology topology) {
        var trees = new ArrayList<List<ContextTree>>();
        for (int p = 0; p < phones.size(); p++) {
            trees.add(new ArrayList<>(Collections.nCopies(topology.states(p == 0), new ContextTree.Leaf())));
        }
        return trees;
    }

    private static String loops(List<Double> loops) {
        return loops.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }
}
