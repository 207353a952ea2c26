package org.hyperhypo.asr.decode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;
import java.util.stream.IntStream;
import org.hyperhypo.asr.data.TextFile;

/// Reads an ARPA file into the tree of [NgramModel], one order after the other: each order is read, sorted by (context, word) and hung
/// below the entries of the order before.
final class ArpaReader {
    private final String source;
    private int lineNumber;
    private final List<String> words = new ArrayList<>();
    private final Map<String, Integer> ids = new HashMap<>();
    private int size = 1;
    private int[] word;
    private int[] length;
    private int[] suffix;
    private float[] probability;
    private float[] backoff;
    private int[] childRow;

    ArpaReader(String source) {
        this.source = source;
    }

    NgramModel read(Path file) {
        try (InputStream bytes = Files.newInputStream(file)) {
            return read(new Utf8Lines(bytes));
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": cannot be read (" + e + "); check the path");
        }
    }

    NgramModel read(Utf8Lines in) throws IOException {
        String line = next(in);
        while (!line.equals("\\data\\")) {
            line = next(in);
        }
        var counts = new ArrayList<Integer>();
        for (line = next(in); line.startsWith("ngram "); line = next(in)) {
            String[] parts = line.substring(6).split("=");
            int expected = counts.size() + 1;
            if (parts.length != 2 || whole(parts[0].strip()) != expected) {
                throw problem("\"" + line + "\", expected \"ngram " + expected + "=<count>\"");
            }
            counts.add(whole(parts[1].strip()));
        }
        long all = 1 + counts.stream().mapToLong(Integer::longValue).sum();
        if (counts.isEmpty() || all > 1 << 28) {
            throw problem("the header announces " + counts + " n-grams; at least one order and fewer than " + (1 << 28)
                    + " n-grams are needed");
        }
        allocate((int) Math.min(all, 1 << 16));
        for (int k = 1; k <= counts.size(); k++) {
            if (!line.equals("\\" + k + "-grams:")) {
                throw problem("\"" + line + "\", expected \"\\" + k + "-grams:\"");
            }
            line = section(in, k, counts.size(), counts.get(k - 1));
        }
        if (!line.equals("\\end\\")) {
            throw problem("\"" + line + "\", expected \"\\end\\\"");
        }
        return new NgramModel(counts.size(), List.copyOf(words), ids, Arrays.copyOf(word, size), Arrays.copyOf(length, size),
                Arrays.copyOf(suffix, size), Arrays.copyOf(probability, size), Arrays.copyOf(backoff, size),
                Arrays.copyOf(childRow, size + 1));
    }

    /// All n-grams of order k; returns the line after them.
    private String section(Utf8Lines in, int k, int order, int announced) throws IOException {
        int capacity = Math.min(announced, 1 << 16);
        var key = new long[capacity];
        var values = new float[2 * capacity];
        int n = 0;
        String line = next(in);
        for (; !line.startsWith("\\"); line = next(in)) {
            if (n == announced) {
                throw problem("more " + k + "-grams than the " + announced + " announced in the header; correct the header");
            }
            if (n == key.length) {
                key = Arrays.copyOf(key, 2 * n);
                values = Arrays.copyOf(values, 4 * n);
            }
            var fields = new StringTokenizer(line, " \t");
            int given = fields.countTokens();
            if (given != k + 1 && given != k + 2) {
                throw problem("\"" + line + "\": " + given + " fields, a " + k + "-gram has " + (k + 1) + " or " + (k + 2)
                        + " (log10 probability, words, back-off weight)");
            }
            float p = real(fields.nextToken());
            if (!(p <= 0)) {
                throw problem("log10 probability " + p + " is not ≤ 0; probabilities must be given as base-10 logarithms");
            }
            int context = 0;
            for (int i = 1; i < k; i++) {
                String text = fields.nextToken();
                Integer id = ids.get(text);
                int c = id == null ? -1 : NgramModel.child(context, id, childRow, word);
                if (c < 0) {
                    throw problem("\"" + line + "\": its context up to \"" + text + "\" is not listed as a " + i
                            + "-gram; add it or prune the model so that contexts remain");
                }
                context = c;
            }
            String text = fields.nextToken();
            Integer id = ids.get(text);
            if (id == null) {
                if (k > 1) {
                    throw problem("\"" + line + "\": word \"" + text + "\" is not among the 1-grams; add it there");
                }
                id = words.size();
                words.add(text);
                ids.put(text, id);
            }
            key[n] = (long) context << 32 | id;
            values[2 * n] = p;
            values[2 * n + 1] = given == k + 2 ? real(fields.nextToken()) : 0;
            n++;
        }
        if (n != announced) {
            throw problem(n + " " + k + "-grams, but the header announces " + announced + "; the file may be cut off");
        }
        hang(k, key, values, n);
        return line;
    }

    /// Sorts the n-grams of an order and appends them to the tree.
    private void hang(int k, long[] key, float[] values, int n) {
        int[] sorted = IntStream.range(0, n).boxed().sorted(Comparator.comparingLong(i -> key[i])).mapToInt(Integer::intValue).toArray();
        int first = size;
        if (size + n > word.length) {
            allocate(size + n);
        }
        for (int i = 0; i < n; i++) {
            int g = sorted[i];
            if (i > 0 && key[g] == key[sorted[i - 1]]) {
                throw problem("the " + k + "-gram that ends in \"" + words.get((int) key[g]) + "\" is listed twice; remove one");
            }
            word[size] = (int) key[g];
            length[size] = k;
            probability[size] = values[2 * g];
            backoff[size] = values[2 * g + 1];
            size++;
        }
        // Contexts were numbered in sorted order too, so their children follow one another.
        int at = 0;
        int firstContext = first;
        while (firstContext > 0 && length[firstContext - 1] == k - 1) {
            firstContext--;
        }
        for (int context = firstContext; context < first; context++) {
            childRow[context] = first + at;
            while (at < n && key[sorted[at]] >>> 32 == context) {
                at++;
            }
        }
        Arrays.fill(childRow, first, size + 1, size);
        for (int i = 0; i < n; i++) {
            suffix[first + i] = k == 1 ? 0 : longestSuffix((int) (key[sorted[i]] >>> 32), word[first + i]);
        }
    }

    private int longestSuffix(int context, int id) {
        int s = context;
        while (s != 0) {
            s = suffix[s];
            int c = NgramModel.child(s, id, childRow, word);
            if (c >= 0) {
                return c;
            }
        }
        return 0;
    }

    private void allocate(int entries) {
        boolean fresh = word == null;
        word = fresh ? new int[entries] : Arrays.copyOf(word, entries);
        length = fresh ? new int[entries] : Arrays.copyOf(length, entries);
        suffix = fresh ? new int[entries] : Arrays.copyOf(suffix, entries);
        probability = fresh ? new float[entries] : Arrays.copyOf(probability, entries);
        backoff = fresh ? new float[entries] : Arrays.copyOf(backoff, entries);
        childRow = fresh ? new int[entries + 1] : Arrays.copyOf(childRow, entries + 1);
        if (fresh) {
            word[0] = -1;
            childRow[0] = 1;
            childRow[1] = 1;
        }
    }

    private String next(Utf8Lines in) throws IOException {
        for (;;) {
            String line;
            lineNumber++;
            try {
                line = in.next();
            } catch (CharacterCodingException e) {
                throw problem("not UTF-8; convert the file, for instance with iconv -t utf-8");
            }
            if (line == null) {
                throw problem("the file ends here; an ARPA model has \\data\\, its n-grams and \\end\\");
            }
            line = line.strip();
            if (!line.isEmpty()) {
                return TextFile.composed(line);
            }
        }
    }

    private int whole(String text) {
        try {
            int n = Integer.parseInt(text);
            if (n >= 0) {
                return n;
            }
        } catch (NumberFormatException e) {
            // named below
        }
        throw problem("\"" + text + "\" is not a whole number");
    }

    private float real(String text) {
        try {
            float x = Float.parseFloat(text);
            if (Float.isFinite(x)) {
                return x;
            }
        } catch (NumberFormatException e) {
            // named below
        }
        throw problem("\"" + text + "\" is not a number");
    }

    private IllegalArgumentException problem(String what) {
        return new IllegalArgumentException(source + ":" + lineNumber + ": " + what);
    }
}
