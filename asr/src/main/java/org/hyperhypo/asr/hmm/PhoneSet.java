package org.hyperhypo.asr.hmm;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// The phones of a task, numbered from 0. Phone 0 is always silence, named `SIL`; the others are sorted by name (code point order),
/// so that the same lexicon gives the same numbers whatever the order of its lines.
public final class PhoneSet {
    /// Name of the silence phone.
    public static final String SILENCE = "SIL";

    private final List<String> names;
    private final Map<String, Integer> index = new HashMap<>();

    private PhoneSet(List<String> names) {
        this.names = names;
        for (int i = 0; i < names.size(); i++) {
            index.put(names.get(i), i);
        }
    }

    /// `SIL` and every other phone that occurs in `phones`.
    public static PhoneSet of(Collection<String> phones) {
        var sorted = new TreeSet<>(phones);
        sorted.remove(SILENCE);
        var names = new ArrayList<String>();
        names.add(SILENCE);
        for (String phone : sorted) {
            if (phone.isEmpty() || phone.chars().anyMatch(Character::isWhitespace)) {
                throw new IllegalArgumentException("phone \"" + phone + "\" is empty or contains white space; rename it");
            }
            names.add(phone);
        }
        return new PhoneSet(List.copyOf(names));
    }

    public List<String> names() {
        return names;
    }

    public int size() {
        return names.size();
    }

    /// Number of the silence phone: 0.
    public int silence() {
        return 0;
    }

    public String name(int phone) {
        return names.get(phone);
    }

    public boolean contains(String phone) {
        return index.containsKey(phone);
    }

    public int index(String phone) {
        Integer i = index.get(phone);
        if (i == null) {
            throw new IllegalArgumentException("phone \"" + phone + "\" is not among the " + size() + " phones " + names
                    + "; make the phone set from the lexicon that uses it");
        }
        return i;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PhoneSet p && p.names.equals(names);
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    @Override
    public String toString() {
        return names.toString();
    }
}
