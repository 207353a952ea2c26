package org.hyperhypo.asr.hmm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Numbers the HMM states 0..S−1, which are the outputs of the network: phone after phone (silence first), position after position, and
/// within a position one state for every leaf of its [ContextTree]. Without trees there is one state per phone and position.
///
/// **Context ends at the word** (word-internal triphones): the first phone of a word has 0 to its left, the last one 0 to its right, as
/// beside silence. So a word's states do not depend on its neighbours, and training, alignment and decoding agree by construction.
public final class StateInventory {
    private final PhoneSet phones;
    private final Topology topology;
    private final List<List<ContextTree>> trees;
    private final int[][] firstState;
    private final int[] phone;
    private final int[] position;

    /// Context-independent states.
    public StateInventory(PhoneSet phones, Topology topology) {
        this(phones, topology, untied(phones, topology));
    }

    /// @param trees per phone and position; those of silence must be leaves
    public StateInventory(PhoneSet phones, Topology topology, List<List<ContextTree>> trees) {
        this.phones = phones;
        this.topology = topology;
        this.trees = trees.stream().map(List::copyOf).toList();
        firstState = new int[phones.size()][];
        var phoneOf = new ArrayList<Integer>();
        var positionOf = new ArrayList<Integer>();
        for (int p = 0; p < phones.size(); p++) {
            int n = statesOf(p);
            if (trees.size() != phones.size() || trees.get(p).size() != n || p == 0 && trees.get(0).stream().anyMatch(t -> t.leaves() > 1)) {
                throw new IllegalArgumentException("states: " + trees.size() + " phones with trees for " + phones.size()
                        + " phones; every phone needs one tree per position (" + n + " for " + phones.name(p) + "), silence only leaves");
            }
            firstState[p] = new int[n];
            for (int i = 0; i < n; i++) {
                firstState[p][i] = phoneOf.size();
                for (int leaf = trees.get(p).get(i).leaves(); leaf > 0; leaf--) {
                    phoneOf.add(p);
                    positionOf.add(i);
                }
            }
        }
        phone = phoneOf.stream().mapToInt(Integer::intValue).toArray();
        position = positionOf.stream().mapToInt(Integer::intValue).toArray();
    }

    private static List<List<ContextTree>> untied(PhoneSet phones, Topology topology) {
        var trees = new ArrayList<List<ContextTree>>();
        for (int p = 0; p < phones.size(); p++) {
            trees.add(Collections.nCopies(topology.states(p == phones.silence()), new ContextTree.Leaf()));
        }
        return trees;
    }

    public PhoneSet phones() {
        return phones;
    }

    public Topology topology() {
        return topology;
    }

    /// Number of states S.
    public int size() {
        return phone.length;
    }

    /// Number of states a phone passes through.
    public int statesOf(int phoneNumber) {
        return topology.states(phoneNumber == phones.silence());
    }

    public ContextTree tree(int phoneNumber, int positionInPhone) {
        return trees.get(phoneNumber).get(positionInPhone);
    }

    /// Whether any state depends on its context.
    public boolean tied() {
        return size() > topology.states(true) + (phones.size() - 1) * topology.states(false);
    }

    /// The state of a phone that makes up a word alone; the only one there is without context.
    public int state(int phoneNumber, int positionInPhone) {
        return state(0, phoneNumber, 0, positionInPhone);
    }

    /// The state of a phone between two others of the same word; 0 for the border of the word.
    public int state(int left, int phoneNumber, int right, int positionInPhone) {
        if (phoneNumber < 0 || phoneNumber >= phones.size() || positionInPhone < 0 || positionInPhone >= statesOf(phoneNumber)) {
            throw new IndexOutOfBoundsException("no state for phone " + phoneNumber + ", position " + positionInPhone + ": there are "
                    + phones.size() + " phones of " + topology.states(false) + " states (silence " + topology.states(true) + ")");
        }
        return firstState[phoneNumber][positionInPhone] + tree(phoneNumber, positionInPhone).leaf(left, right);
    }

    /// The chain of states of a pronunciation.
    public int[] pronunciation(List<String> names) {
        var chain = new ArrayList<Integer>();
        int left = 0;
        for (int i = 0; i < names.size(); i++) {
            int p = phones.index(names.get(i));
            int right = i + 1 < names.size() ? phones.index(names.get(i + 1)) : 0;
            for (int k = 0; k < statesOf(p); k++) {
                chain.add(state(left, p, right, k));
            }
            left = p;
        }
        return chain.stream().mapToInt(Integer::intValue).toArray();
    }

    /// The chain of states of silence.
    public int[] silence() {
        return pronunciation(List.of(PhoneSet.SILENCE));
    }

    public int phoneOf(int state) {
        return phone[check(state)];
    }

    public int positionOf(int state) {
        return position[check(state)];
    }

    public boolean isSilence(int state) {
        return phoneOf(state) == phones.silence();
    }

    /// Natural log of the probability of staying in the state.
    public double logSelfLoop(int state) {
        return topology.logSelfLoop(isSilence(state), positionOf(state));
    }

    /// Natural log of the probability of leaving the state.
    public double logForward(int state) {
        return topology.logForward(isSilence(state), positionOf(state));
    }

    /// Phone and position, counted from 1: `AH.2` is the middle state of a three-state AH; `AH.2_3` is the third of its tied states.
    public String name(int state) {
        int p = phoneOf(state);
        int i = position[state];
        return phones.name(p) + "." + (i + 1) + (tree(p, i).leaves() == 1 ? "" : "_" + (state - firstState[p][i] + 1));
    }

    private int check(int state) {
        if (state < 0 || state >= size()) {
            throw new IndexOutOfBoundsException("state " + state + " is outside 0.." + (size() - 1));
        }
        return state;
    }

    @Override
    public String toString() {
        return size() + (tied() ? " tied states of " : " states of ") + phones.size() + " phones";
    }
}
