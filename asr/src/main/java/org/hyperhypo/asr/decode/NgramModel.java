package org.hyperhypo.asr.decode;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// An n-gram language model with back-off, as ARPA files hold it:
///
/// `log p(w | h) = prob(h w)` if the n-gram is listed, else `backoff(h) + log p(w | h without its first word)`,
///
/// where the back-off of a context that is not listed is 0. All logs here are base 10, as in the file.
///
/// Kept as a tree: entry 0 is the empty n-gram, the children of an entry are its continuations, side by side and sorted by word. The
/// `suffix` of an entry is the longest listed n-gram that it ends with (without itself). A **state** is the entry of the longest context
/// that can still matter.
public final class NgramModel {
    public static final String SENTENCE_START = "<s>";
    public static final String SENTENCE_END = "</s>";

    private final int order;
    private final List<String> words;
    private final Map<String, Integer> ids;
    private final int unknown;
    // Per entry.
    final int[] word;
    final int[] length;
    final int[] suffix;
    final float[] probability;
    final float[] backoff;
    final int[] childRow;

    NgramModel(int order, List<String> words, Map<String, Integer> ids, int[] word, int[] length, int[] suffix, float[] probability,
            float[] backoff, int[] childRow) {
        this.order = order;
        this.words = words;
        this.ids = ids;
        this.word = word;
        this.length = length;
        this.suffix = suffix;
        this.probability = probability;
        this.backoff = backoff;
        this.childRow = childRow;
        this.unknown = ids.getOrDefault("<unk>", ids.getOrDefault("<UNK>", -1));
    }

    /// Reads an ARPA file (UTF-8, any order). Every problem is an [IllegalArgumentException] that names file and line.
    public static NgramModel readArpa(Path file) {
        return new ArpaReader(file.toString()).read(file);
    }

    public int order() {
        return order;
    }

    /// All words of the model, `<s>` and `</s>` among them.
    public List<String> words() {
        return words;
    }

    /// Number of listed n-grams of one order.
    public int count(int ofOrder) {
        int n = 0;
        for (int l : length) {
            n += l == ofOrder ? 1 : 0;
        }
        return n;
    }

    /// Number of the word; that of `<unk>` for a word the model does not know; −1 if it has no `<unk>` either.
    public int id(String text) {
        return ids.getOrDefault(text, unknown);
    }

    public boolean knows(String text) {
        return ids.containsKey(text);
    }

    /// State at the beginning of a sentence.
    public int start() {
        int id = ids.getOrDefault(SENTENCE_START, -1);
        return id < 0 ? 0 : next(0, id);
    }

    /// State after `id` was said in `state`: the longest listed suffix that is shorter than the order and either has continuations or a
    /// back-off weight.
    public int next(int state, int id) {
        int s = state;
        int c = child(s, id);
        while (c < 0 && s != 0) {
            s = suffix[s];
            c = child(s, id);
        }
        if (c < 0) {
            return 0;
        }
        while (c != 0 && (length[c] >= order || childRow[c] == childRow[c + 1] && backoff[c] == 0)) {
            c = suffix[c];
        }
        return c;
    }

    /// log₁₀ p(word | state); −Infinity for a word without any entry.
    public double log10(int state, int id) {
        double sum = 0;
        int s = state;
        for (;;) {
            int c = child(s, id);
            if (c >= 0) {
                return sum + probability[c];
            }
            if (s == 0) {
                return Double.NEGATIVE_INFINITY;
            }
            sum += backoff[s];
            s = suffix[s];
        }
    }

    /// Score of one word in its sentence.
    ///
    /// @param log10 log₁₀ of its probability; −Infinity where it is unknown and the model has no `<unk>`
    /// @param order length of the listed n-gram that was used, 0 for none
    /// @param unknown whether the model does not list the word
    public record WordScore(String word, double log10, int order, boolean unknown) {
    }

    /// Scores a sentence from `<s>` to `</s>`, both added here (`<s>` is context only). After a word without any score the
    /// context is empty.
    public List<WordScore> score(List<String> sentence) {
        var result = new ArrayList<WordScore>();
        int state = start();
        for (int i = 0; i <= sentence.size(); i++) {
            String text = i < sentence.size() ? sentence.get(i) : SENTENCE_END;
            int id = id(text);
            int used = 0;
            double score = Double.NEGATIVE_INFINITY;
            if (id >= 0) {
                score = log10(state, id);
                int s = state;
                while (s != 0 && child(s, id) < 0) {
                    s = suffix[s];
                }
                used = length[s] + 1;
            }
            result.add(new WordScore(text, score, used, !knows(text)));
            state = id < 0 ? 0 : next(state, id);
        }
        return result;
    }

    /// Entry of the n-gram `entry` + word, or −1.
    int child(int entry, int id) {
        return child(entry, id, childRow, word);
    }

    static int child(int entry, int id, int[] childRow, int[] word) {
        int low = childRow[entry];
        int high = childRow[entry + 1] - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            if (word[middle] < id) {
                low = middle + 1;
            } else if (word[middle] > id) {
                high = middle - 1;
            } else {
                return middle;
            }
        }
        return -1;
    }

    @Override
    public String toString() {
        var counts = new ArrayList<String>();
        for (int k = 1; k <= order; k++) {
            counts.add(count(k) + " " + k + "-grams");
        }
        return String.join(", ", counts);
    }
}
