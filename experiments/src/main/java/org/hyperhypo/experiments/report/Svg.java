package org.hyperhypo.experiments.report;

/// A picture being drawn: the few SVG elements that the plots need, in user units of one CSS pixel.
///
/// Colours come from the classes of `plot.css`, so that one style sheet serves every plot of a page, in light, dark and print.
/// Coordinates are rounded to a tenth; the same calls give the same bytes.
public final class Svg {
    private final double width;
    private final double height;
    private final String title;
    private final StringBuilder body = new StringBuilder();

    /// `title` is what a screen reader says.
    public Svg(double width, double height, String title) {
        this.width = width;
        this.height = height;
        this.title = title;
    }

    public Svg line(double x1, double y1, double x2, double y2, String style) {
        return path("M" + n(x1) + " " + n(y1) + "L" + n(x2) + " " + n(y2), style, null);
    }

    public Svg path(String d, String style, String tip) {
        return element("path d=\"" + d + '"', style, tip);
    }

    public Svg rect(double x, double y, double w, double h, String style, String tip) {
        return element("rect x=\"" + n(x) + "\" y=\"" + n(y) + "\" width=\"" + n(w) + "\" height=\"" + n(h) + '"', style, tip);
    }

    public Svg circle(double cx, double cy, double r, String style, String tip) {
        return element("circle cx=\"" + n(cx) + "\" cy=\"" + n(cy) + "\" r=\"" + n(r) + '"', style, tip);
    }

    /// Text whose baseline starts at (x, y); classes `end` and `mid` align it otherwise.
    public Svg text(double x, double y, String text, String style) {
        body.append("<text x=\"").append(n(x)).append("\" y=\"").append(n(y)).append('"').append(classes(style)).append('>')
            .append(Html.escape(text)).append("</text>\n");
        return this;
    }

    /// Text that reads upwards, centred at (x, y).
    public Svg uprightText(double x, double y, String text, String style) {
        body.append("<text transform=\"translate(").append(n(x)).append(' ').append(n(y)).append(")rotate(-90)\"")
            .append(classes(style + " mid"))
            .append('>').append(Html.escape(text)).append("</text>\n");
        return this;
    }

    private Svg element(String start, String style, String tip) {
        body.append('<').append(start).append(classes(style));
        if (tip == null) {
            body.append("/>\n");
        } else {
            String name = start.substring(0, start.indexOf(' '));
            body.append("><title>").append(Html.escape(tip)).append("</title></").append(name).append(">\n");
        }
        return this;
    }

    private static String classes(String style) {
        return style.isEmpty() ? "" : " class=\"" + style + '"';
    }

    /// For a page that carries `plot.css` itself.
    public String inline() {
        return open("") + body + "</svg>\n";
    }

    /// A file of its own, on its own ground.
    public String standalone() {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + open("<style>" + Style.plot() + "</style>\n<rect class=\"sheet\" width=\"100%\" height=\"100%\"/>\n") + body + "</svg>\n";
    }

    private String open(String style) {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"plot\" role=\"img\" width=\"" + n(width) + "\" height=\"" + n(height)
            + "\" viewBox=\"0 0 " + n(width) + ' ' + n(height) + "\">\n<title>" + Html.escape(title) + "</title>\n" + style;
    }

    /// A coordinate: one decimal at most, never an exponent; what is not a number is drawn at 0.
    static String n(double value) {
        if (!Double.isFinite(value)) return "0";
        long tenths = (long) Math.rint(value * 10);
        long whole = Math.abs(tenths / 10);
        long rest = Math.abs(tenths % 10);
        return (tenths < 0 ? "-" : "") + whole + (rest == 0 ? "" : "." + rest);
    }

    /// About how wide a text is at 12 px, taken for the widest of the usual sans-serifs so that labels stay apart in all of them.
    static double textWidth(String text) {
        double width = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ("iljtfrI.,:;|!'()[] ".indexOf(c) >= 0) width += 4.5;
            else if ("mwMW%@".indexOf(c) >= 0) width += 11.6;
            else if (Character.isUpperCase(c)) width += 8.9;
            else width += 7.5;
        }
        return width;
    }
}
