package org.hyperhypo.asr.score;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads NIST's trn files and the alignments of sclite's sgml reports.
final class Nist {
    private static final Pattern STEP = Pattern.compile("([CSDI]),(?:\"([^\"]*)\")?,(?:\"([^\"]*)\")?(?:,[^:\"]*)?(?::|$)");

    private Nist() {
    }

    /// `words (id)`; ASCII letters are folded to lower case unless `caseMatters`, as sclite does.
    static Map<String, List<String>> trn(Path file, boolean caseMatters) throws IOException {
        var result = new LinkedHashMap<String, List<String>>();
        for (String line : Files.readAllLines(file)) {
            int open = line.lastIndexOf('(');
            String words = line.substring(0, open).strip();
            result.put(line.substring(open + 1, line.lastIndexOf(')')), words.isEmpty() ? List.of()
                    : List.of((caseMatters ? words : lower(words)).split("\\s+")));
        }
        return result;
    }

    static String lower(String text) {
        var s = new StringBuilder(text);
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            s.setCharAt(i, c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
        }
        return s.toString();
    }

    /// Utterance id to steps.
    static Map<String, List<EditDistance.Step>> sgml(Path file) throws IOException {
        var result = new LinkedHashMap<String, List<EditDistance.Step>>();
        String id = null;
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("<PATH ")) {
                id = line.replaceAll(".*id=\"\\(([^)]*)\\)\".*", "$1");
                result.put(id, new ArrayList<>());
            } else if (id != null && !line.startsWith("<")) {
                Matcher m = STEP.matcher(line);
                while (m.find()) {
                    result.get(id).add(new EditDistance.Step(switch (m.group(1)) {
                        case "C" -> EditDistance.Edit.CORRECT;
                        case "S" -> EditDistance.Edit.SUBSTITUTION;
                        case "D" -> EditDistance.Edit.DELETION;
                        default -> EditDistance.Edit.INSERTION;
                    }, m.group(2), m.group(3)));
                }
            }
        }
        return result;
    }
}
