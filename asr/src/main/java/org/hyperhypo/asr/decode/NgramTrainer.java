package org.hyperhypo.asr.decode;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// Estimates an n-gram model from a small text, by absolute discounting with back-off:
///
/// `p(w | h) = (c(h w) − D) / c(h)` where `h w` was seen, else `backoff(h) · p(w | h')`, h' = h without its first word.
///
/// D = n₁ / (n₁ + 2 n₂) per order (n₁, n₂: n-grams seen once and twice; 0.5 where that is 0 or 1). The back-off makes every
/// distribution sum to 1.
/// The 1-grams are `(c(w) + a) / Σ`, a = 1 for all words of the vocabulary and `</s>`, so that any of them can follow anything.
/// A context after which every word was seen keeps no discount.
public final class NgramTrainer {
    private final int order;
    private final TreeSet<String> words;
    // Per order: context and word joined by blanks, to count. Sorted, so that the file does not depend on hashing.
    private final List<Map<String, TreeMap<String, Integer>>> counts = new ArrayList<>();
    private final Map<String, Double> probability = new HashMap<>();
    private final Map<String, Double> backoff = new HashMap<>();

    private NgramTrainer(int order, TreeSet<String> words) {
        this.order = order;
        this.words = words;
    }

    /// A model of order 1 or more. Words of the text that are not in the vocabulary are an error that names them.
    public static NgramModel train(List<List<String>> sentences, Collection<String> vocabulary, int order) {
        String arpa = arpa(sentences, vocabulary, order);
        try {
            return new ArpaReader("trained model").read(new Utf8Lines(new ByteArrayInputStream(arpa.getBytes(StandardCharsets.UTF_8))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The same as the text of an ARPA file.
    public static String arpa(List<List<String>> sentences, Collection<String> vocabulary, int order) {
        if (order < 1 || vocabulary.isEmpty()) {
            throw new IllegalArgumentException("n-gram training: order " + order + " and " + vocabulary.size()
                    + " words; both must be at least 1");
        }
        var words = new TreeSet<>(vocabulary);
        var unknown = new TreeSet<String>();
        sentences.forEach(s -> s.stream().filter(w -> !words.contains(w)).forEach(unknown::add));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("n-gram training: not in the vocabulary: " + unknown + "; add them to the lexicon or leave"
                    + " their sentences out");
        }
        words.add(NgramModel.SENTENCE_END);
        words.remove(NgramModel.SENTENCE_START);
        var t = new NgramTrainer(order, words);
        for (int k = 1; k <= order; k++) {
            t.counts.add(new TreeMap<>());
        }
        sentences.forEach(t::count);
        t.estimate();
        return t.write();
    }

    private void count(List<String> sentence) {
        var tokens = new ArrayList<String>();
        tokens.add(NgramModel.SENTENCE_START);
        tokens.addAll(sentence);
        tokens.add(NgramModel.SENTENCE_END);
        for (int i = 1; i < tokens.size(); i++) {
            for (int k = 1; k <= Math.min(order, i + 1); k++) {
                String context = String.join(" ", tokens.subList(i - k + 1, i));
                counts.get(k - 1).computeIfAbsent(context, c -> new TreeMap<>()).merge(tokens.get(i), 1, Integer::sum);
            }
        }
    }

    private void estimate() {
        Map<String, Integer> single = counts.getFirst().getOrDefault("", new TreeMap<>());
        double total = words.size() + single.values().stream().mapToInt(Integer::intValue).sum();
        words.forEach(w -> probability.put(w, (single.getOrDefault(w, 0) + 1) / total));
        for (int k = 2; k <= order; k++) {
            double discount = discount(counts.get(k - 1));
            counts.get(k - 1).forEach((context, after) -> discountContext(context, after, discount));
        }
    }

    private static double discount(Map<String, TreeMap<String, Integer>> table) {
        double once = 0;
        double twice = 0;
        for (var after : table.values()) {
            for (int c : after.values()) {
                once += c == 1 ? 1 : 0;
                twice += c == 2 ? 1 : 0;
            }
        }
        double d = once / (once + 2 * twice);
        return d > 0 && d < 1 ? d : 0.5;
    }

    private void discountContext(String context, Map<String, Integer> after, double discount) {
        double all = after.values().stream().mapToInt(Integer::intValue).sum();
        String shorter = withoutFirst(context);
        boolean complete = after.size() == words.size();
        double lower = 0;
        for (String w : after.keySet()) {
            lower += p(shorter, w);
        }
        for (var e : after.entrySet()) {
            probability.put(context + " " + e.getKey(), (e.getValue() - (complete ? 0 : discount)) / all);
        }
        backoff.put(context, complete ? 1 : discount * after.size() / all / (1 - lower));
    }

    private double p(String context, String word) {
        if (context.isEmpty()) {
            return probability.get(word);
        }
        Double listed = probability.get(context + " " + word);
        return listed != null ? listed : backoff.getOrDefault(context, 1.0) * p(withoutFirst(context), word);
    }

    private static String withoutFirst(String context) {
        int blank = context.indexOf(' ');
        return blank < 0 ? "" : context.substring(blank + 1);
    }

    private String write() {
        var text = new StringBuilder("\\data\\\n");
        var sections = new ArrayList<List<String>>();
        var single = new ArrayList<String>();
        single.add(line(-99, NgramModel.SENTENCE_START, backoff.get(NgramModel.SENTENCE_START)));
        words.forEach(w -> single.add(line(Math.log10(probability.get(w)), w, backoff.get(w))));
        sections.add(single);
        for (int k = 2; k <= order; k++) {
            var lines = new ArrayList<String>();
            counts.get(k - 1).forEach((context, after) -> after.keySet().forEach(w -> {
                String ngram = context + " " + w;
                lines.add(line(Math.log10(probability.get(ngram)), ngram, backoff.get(ngram)));
            }));
            sections.add(lines);
        }
        for (int k = 1; k <= order; k++) {
            text.append("ngram ").append(k).append('=').append(sections.get(k - 1).size()).append('\n');
        }
        for (int k = 1; k <= order; k++) {
            text.append("\n\\").append(k).append("-grams:\n");
            sections.get(k - 1).forEach(l -> text.append(l).append('\n'));
        }
        return text.append("\n\\end\\\n").toString();
    }

    private static String line(double log10, String ngram, Double backoff) {
        String start = String.format(Locale.ROOT, "%.7f\t%s", log10, ngram);
        return backoff == null ? start : start + String.format(Locale.ROOT, "\t%.7f", Math.log10(backoff));
    }
}
