package org.hyperhypo.experiments.report;

import java.util.regex.Pattern;

/// Escaping: every text that comes from a file or a person passes through here on its way into the page.
final class Html {
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("\\d (%|points|words|ms)|\\w+ − A\\d+|\\[[−\\d.]+, "
        + "[−\\d.]+\\]|(A\\d+|A0) \\d+ of \\d+");

    private Html() {}

    /// For element content and quoted attributes, in HTML and in XML; characters that XML forbids become U+FFFD.
    static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(legal(c) ? c : 0xFFFD);
            }
        });
        return out.toString();
    }

    private static boolean legal(int c) {
        return c == '\t' || c == '\n' || c >= 0x20 && c < 0xD800 || c >= 0xE000 && c < 0xFFFE || c >= 0x10000;
    }

    /// Escaped, with the spaces inside "5 %", "A7 − A1" and "[−0.1, 0.2]" kept from breaking.
    static String prose(String text) {
        return NUMBER_AND_UNIT.matcher(escape(text)).replaceAll(match -> match.group().replace(' ', '\u00a0'));
    }

    static String paragraph(String text) {
        return "<p>" + prose(text) + "</p>\n";
    }

    static String item(String text) {
        return "<li>" + prose(text) + "</li>\n";
    }

    static String note(String text) {
        return "<p class=\"note\">" + prose(text) + "</p>\n";
    }

    /// A plot that may scroll sideways in a narrow window, with its caption.
    static String figure(Svg svg, String caption) {
        return "<figure>" + "<div class=\"scroll\">" + svg.inline() + "</div>"
            + (caption.isEmpty() ? "" : "<figcaption>" + prose(caption) + "</figcaption>") + "</figure>\n";
    }

    /// How wide each of `count` plots side by side should be: two or three in a row of a wide window, one in a narrow one.
    static double panelWidth(int count) {
        return count == 3 || count > 4 ? 335 : 440;
    }

    /// A closed drawer.
    static String details(String summary, String content) {
        return "<details><summary>" + escape(summary) + "</summary>\n" + content + "</details>\n";
    }
}
