package org.hyperhypo.asr.hmm;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hyperhypo.asr.data.TextFile;

/// What the pdf numbers of a Kaldi model mean, so that its alignments (`ali-to-pdf`) can be used here: read from the output of Kaldi's
/// `show-transitions phones.txt final.mdl`, lines such as
///
/// `Transition-state 7: phone = AH_B hmm-state = 1 pdf = 16`.
///
/// A pdf becomes the context-independent state of its phone and position: pdfs that Kaldi's tree told apart by context fall together (trees
/// can be grown anew here, [StateTying]). Word positions (`_B _I _E _S`) are taken off the names, since Kaldi lets them share pdfs.
/// Positions beyond the states that a phone has here count as its last.
public final class KaldiPdfs {
    private static final Pattern LINE = Pattern.compile("Transition-state [0-9]+: phone = (\\S+) hmm-state = ([0-9]{1,3}) pdf = ([0-9]{1,7})\\s*");

    private record Place(String phone, int position) {
    }

    private final TreeMap<Integer, Place> places;

    private KaldiPdfs(TreeMap<Integer, Place> places) {
        this.places = places;
    }

    public static KaldiPdfs read(Path file) {
        return parse(file.toString(), TextFile.lines(file));
    }

    static KaldiPdfs parse(String source, List<String> lines) {
        var places = new TreeMap<Integer, Place>();
        var problems = new ArrayList<String>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.startsWith("Transition-state")) {
                continue;
            }
            Matcher m = LINE.matcher(line);
            if (!m.matches()) {
                problems.add(source + ":" + (i + 1) + ": \"" + line + "\" is not of the form \"Transition-state N: phone = P hmm-state = N pdf = N\";"
                        + " only models with one pdf per state are read (no chain models)");
                continue;
            }
            var place = new Place(m.group(1).replaceFirst("_[BIES]$", ""), Integer.parseInt(m.group(2)));
            Place earlier = places.putIfAbsent(Integer.valueOf(m.group(3)), place);
            if (earlier != null && !earlier.equals(place)) {
                problems.add(source + ":" + (i + 1) + ": pdf " + m.group(3) + " is state " + place.position + " of " + place.phone
                        + ", but before it was state " + earlier.position + " of " + earlier.phone + "; phones that share pdfs cannot be told apart");
            }
        }
        if (places.isEmpty() && problems.isEmpty()) {
            problems.add(source + ":1: no line begins with \"Transition-state\"; give the output of show-transitions phones.txt final.mdl");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        return new KaldiPdfs(places);
    }

    /// One more than the largest pdf number.
    public int size() {
        return places.lastKey() + 1;
    }

    /// The context-independent states of these phones and of the lexicon's: as many states per phone, and for silence, as Kaldi's have.
    public StateInventory states(Lexicon lexicon) {
        var phones = new TreeSet<>(lexicon.phones().names());
        Map<Boolean, Integer> most = new HashMap<>();
        places.values().forEach(p -> phones.add(p.phone));
        places.values().stream().filter(p -> lexicon.phones().contains(p.phone))
                .forEach(p -> most.merge(p.phone.equals(PhoneSet.SILENCE), p.position + 1, Math::max));
        return new StateInventory(PhoneSet.of(phones), Topology.of(most.getOrDefault(false, 3), most.getOrDefault(true, 3), 0.5));
    }

    /// A pdf per frame as a state per frame.
    public int[] states(int[] pdfs, StateInventory states) {
        var path = new int[pdfs.length];
        for (int t = 0; t < pdfs.length; t++) {
            Place place = places.get(pdfs[t]);
            if (place == null) {
                throw new AlignmentException("frame " + t + " has pdf " + pdfs[t] + ", which the model does not have; give the transitions of the model"
                        + " that made the alignment");
            }
            int phone = states.phones().index(place.phone);
            path[t] = states.state(phone, Math.min(place.position, states.statesOf(phone) - 1));
        }
        return path;
    }
}
