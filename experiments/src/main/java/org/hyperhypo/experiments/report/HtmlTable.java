package org.hyperhypo.experiments.report;

/// A table being written: columns whose head starts with `>` hold numbers and are aligned right with equal digits, those whose
/// head starts with `|` are never broken.
final class HtmlTable {
    private final String[] heads;
    private final StringBuilder body = new StringBuilder();
    private int rows;

    HtmlTable(String... heads) {
        this.heads = heads;
    }

    /// A line across all columns that names the rows below it.
    HtmlTable group(String text) {
        body.append("<tr class=\"group\"><th colspan=\"").append(heads.length).append("\" scope=\"colgroup\">").append(Html.escape(text))
            .append("</th></tr>\n");
        return this;
    }

    HtmlTable row(String... cells) {
        return styled("", cells);
    }

    /// A row with a CSS class.
    HtmlTable styled(String style, String... cells) {
        if (cells.length != heads.length) throw new IllegalArgumentException(cells.length + " cells under " + heads.length + " heads");
        body.append(style.isEmpty() ? "<tr>" : "<tr class=\"" + style + "\">");
        for (int i = 0; i < cells.length; i++) {
            String tag = i == 0 ? "th" : "td";
            boolean hole = cells[i].equals(Text.HOLE);
            String classes = (heads[i].startsWith(">") ? "n" : heads[i].startsWith("|") ? "i" : "") + (hole ? " hole" : "");
            body.append('<').append(tag).append(i == 0 ? " scope=\"row\"" : "")
                .append(classes.isEmpty() ? "" : " class=\"" + classes.strip() + "\"")
                .append(hole ? " title=\"not measured\"" : "").append('>').append(Html.escape(cells[i])).append("</").append(tag)
                .append('>');
        }
        body.append("</tr>\n");
        rows++;
        return this;
    }

    boolean isEmpty() {
        return rows == 0;
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder("<div class=\"scroll\"><table>\n<thead><tr>");
        for (String head : heads) {
            boolean number = head.startsWith(">");
            out.append("<th scope=\"col\"").append(number ? " class=\"n\"" : "").append('>')
                .append(Html.prose(head.replaceFirst("^[>|]", ""))).append("</th>");
        }
        return out.append("</tr></thead>\n<tbody>\n").append(body).append("</tbody></table></div>\n").toString();
    }
}
