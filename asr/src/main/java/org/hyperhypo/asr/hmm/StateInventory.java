package org.hyperhypo.asr.hmm;

/// Numbers the HMM states 0..S−1: one per phone and position, the states of a phone side by side, silence first.
/// These numbers are the outputs of the network.
public final class StateInventory {
    private final PhoneSet phones;
    private final Topology topology;
    private final int size;

    public StateInventory(PhoneSet phones, Topology topology) {
        this.phones = phones;
        this.topology = topology;
        this.size = topology.states(true) + (phones.size() - 1) * topology.states(false);
    }

    public PhoneSet phones() {
        return phones;
    }

    public Topology topology() {
        return topology;
    }

    /// Number of states S.
    public int size() {
        return size;
    }

    /// Number of states of one phone.
    public int statesOf(int phone) {
        return topology.states(phone == phones.silence());
    }

    public int state(int phone, int position) {
        if (phone < 0 || phone >= phones.size() || position < 0 || position >= statesOf(phone)) {
            throw new IndexOutOfBoundsException("no state for phone " + phone + ", position " + position + ": there are "
                    + phones.size() + " phones of " + topology.states(false) + " states (silence " + topology.states(true) + ")");
        }
        return phone == 0 ? position : topology.states(true) + (phone - 1) * topology.states(false) + position;
    }

    public int phoneOf(int state) {
        check(state);
        int silence = topology.states(true);
        return state < silence ? 0 : 1 + (state - silence) / topology.states(false);
    }

    public int positionOf(int state) {
        check(state);
        int silence = topology.states(true);
        return state < silence ? state : (state - silence) % topology.states(false);
    }

    public boolean isSilence(int state) {
        check(state);
        return state < topology.states(true);
    }

    /// Natural log of the probability of staying in the state.
    public double logSelfLoop(int state) {
        return topology.logSelfLoop(isSilence(state), positionOf(state));
    }

    /// Natural log of the probability of leaving the state.
    public double logForward(int state) {
        return topology.logForward(isSilence(state), positionOf(state));
    }

    /// Phone and position, counted from 1: `AH.2` is the middle state of a three-state AH.
    public String name(int state) {
        return phones.name(phoneOf(state)) + "." + (positionOf(state) + 1);
    }

    private void check(int state) {
        if (state < 0 || state >= size) {
            throw new IndexOutOfBoundsException("state " + state + " is outside 0.." + (size - 1));
        }
    }

    @Override
    public String toString() {
        return size + " states of " + phones.size() + " phones";
    }
}
