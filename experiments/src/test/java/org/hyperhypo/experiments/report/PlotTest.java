package org.hyperhypo.experiments.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class PlotTest {
    private static final String HOSTILE = "</title><script>alert('x')</script>&\"\u0000\uD800";

    static Document parsed(String xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    private static List<Svg> all(String name) {
        double[] holes = {1, Double.NaN, 3};
        double[] nothing = {};
        return List.of(
            new LinePlot(name, name, name).reference(2).add(new LinePlot.Line(name, "hypo", new double[] {0, 1, 2}, holes, holes, holes))
            .draw(),
            new LinePlot(name, name, name).draw(),
            new ForestPlot(name, name).add(ForestPlot.Row.heading(name)).add(new ForestPlot.Row(name, 1, 0, 2, holes, "key", name)).draw(),
            new ForestPlot(name, name).aroundZero(name, name).draw(),
            new BarPlot(name, name, new String[] {name}, new String[] {"hypo"})
            .add(new BarPlot.Bar(name, new double[] {Double.NaN}, name)).heading(name).draw(),
            HeatMap.draw(name, name, List.of(name), name, List.of(name, "b"), new double[][] {{Double.NaN, 2}}, Set.of(1)),
            HeatMap.draw(name, name, List.of(), name, List.of(), new double[0][], Set.of()),
            NeuronStrips.draw(name, List.of(new NeuronStrips.Layer(name, holes, holes), new NeuronStrips.Layer(name, nothing, nothing))),
            new Scatter(name, name, name).add(new Scatter.Group(name, "hypo", holes, holes)).draw(300, 200),
            new IntervalScatter(name, name, name).key(name, "key").key(name, "band random")
            .add(new IntervalScatter.Point(1, 2, 1, 3, 0, 1, "key", name)).add(new IntervalScatter.Point(2, Double.NaN, 1, 3, 0, 1, "key", name))
            .add(new IntervalScatter.Point(3, 2, Double.NaN, 3, Double.NaN, Double.NaN, "main", name)).draw(300, 200),
            new IntervalScatter(name, name, name).draw(300, 200),
            Histogram.draw(name, name, 0, 1, 4, name, holes, name, holes),
            Histogram.draw(name, name, 0, 1, 4, name, nothing, name, nothing));
    }

    @Test
    void everyPlotIsWellFormedWhateverItsNamesAndHoles() throws Exception {
        for (Svg svg : all(HOSTILE)) {
            for (String text : List.of(svg.inline(), svg.standalone())) {
                Document document = parsed(text);
                assertEquals(0, document.getElementsByTagName("script").getLength());
                assertTrue(document.getElementsByTagName("title").item(0).getTextContent().startsWith("</title><script>"));
                assertFalse(text.contains("NaN"), text);
            }
        }
    }

    @Test
    void theSameValuesGiveTheSameBytes() {
        List<Svg> first = all("a");
        List<Svg> second = all("a");
        for (int i = 0; i < first.size(); i++) assertEquals(first.get(i).inline(), second.get(i).inline());
    }

    @Test
    void ticksAreRoundFewAndInside() {
        SplittableRandom random = new SplittableRandom(20261122);
        for (int trial = 0; trial < 4_000; trial++) {
            double low = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(-6, 7));
            double high = low + Math.pow(10, random.nextDouble() * 8 - 5);
            int most = 2 + random.nextInt(9);
            Ticks t = Ticks.of(low, high, most);
            String where = low + " " + high + " " + most + " " + t;
            assertTrue(t.count() <= most, where);
            double mantissa = t.step() / Math.pow(10, Math.floor(Math.log10(t.step()) + 1e-9));
            assertTrue(IntStream.of(1, 2, 5).anyMatch(m -> Math.abs(mantissa - m) < 1e-6), where);
            double slack = 1e-6 * t.step();
            for (int i = 0; i < t.count(); i++) {
                assertTrue(t.at(i) >= low - slack && t.at(i) <= high + slack, where);
                assertTrue(i == 0 || !t.label(i).equals(t.label(i - 1)), where);
            }
        }
        Ticks t = Ticks.of(-0.31, 0.92, 7);
        assertEquals(List.of("−0.2", "0.0", "0.2", "0.4", "0.6", "0.8"), IntStream.range(0, t.count()).mapToObj(t::label).toList());
        assertThrows(IllegalArgumentException.class, () -> Ticks.of(1, 1, 5));
    }

    @Test
    void anIntervalIsDrawnFromItsLowToItsHigh() throws Exception {
        ForestPlot plot = new ForestPlot("t", "x").width(500).aroundZero("better", "worse")
            .add(new ForestPlot.Row("a", -0.8, -1.3, -0.3, new double[] {-0.5, -1.1}, "key", "n"));
        Scale x = plot.scale();
        Document document = parsed(plot.draw().inline());
        String interval = attribute(document, "interval key", "d");
        assertTrue(interval.startsWith("M" + Svg.n(x.at(-1.3)) + " ") && interval.endsWith("H" + Svg.n(x.at(-0.3))), interval);
        assertEquals(Svg.n(x.at(-0.8)), attribute(document, "point key", "cx"));
        assertTrue(attribute(document, "zero", "d").startsWith("M" + Svg.n(x.at(0)) + " "));
        assertTrue(x.low() <= -1.3 && x.high() >= 0 && x.from() > Svg.textWidth("a") && x.to() <= 500);
        assertEquals(x.from() + (x.to() - x.from()) * (-0.8 - x.low()) / (x.high() - x.low()), x.at(-0.8), 1e-9);
    }

    private static String attribute(Document document, String style, String name) {
        var elements = document.getElementsByTagName("*");
        for (int i = 0; i < elements.getLength(); i++) {
            if (elements.item(i) instanceof Element e && e.getAttribute("class").equals(style)) return e.getAttribute(name);
        }
        throw new AssertionError("nothing of class " + style);
    }

    @Test
    void aHoleInALineIsAGap() throws Exception {
        Svg svg = new LinePlot("t", "x", "y").add(new LinePlot.Line("a", "hypo", new double[] {0, 1, 2, 3, 4},
            new double[] {1, 2, Double.NaN, 2, 1})).draw();
        String d = attribute(parsed(svg.inline()), "line hypo", "d");
        assertEquals(2, d.chars().filter(c -> c == 'M').count(), d);
    }

    @Test
    void labelsKeepTheirOrderAndDistance() {
        SplittableRandom random = new SplittableRandom(7);
        for (int trial = 0; trial < 500; trial++) {
            double[] places = random.doubles(1 + random.nextInt(8), 0, 200).toArray();
            double[] moved = Axes.spread(places, 13, 0, 200);
            Integer[] order = IntStream.range(0, places.length).boxed().sorted((a, b) -> Double.compare(places[a], places[b]))
                .toArray(Integer[]::new);
            for (int i = 1; i < order.length; i++) assertTrue(moved[order[i]] - moved[order[i - 1]] >= 13 - 1e-6, Arrays.toString(moved));
        }
        assertEquals(50, Axes.spread(new double[] {50, 120}, 13, 0, 200)[0]);
    }

    @Test
    void colourStepsCoverTheRangeInOrder() {
        assertEquals(0, HeatMap.level(0, 0, 1));
        assertEquals(HeatMap.LEVELS / 2, HeatMap.level(0.5, 0, 1));
        assertEquals(HeatMap.LEVELS - 1, HeatMap.level(1, 0, 1));
    }

    @Test
    void aPlotOfUsualSizeTakesAFewKilobytes() {
        LinePlot plot = new LinePlot("WER against share removed", "share, %", "WER, %");
        for (String set : List.of("hypo", "hyper", "both", "middle", "random")) {
            double[] x = IntStream.range(0, 8).mapToDouble(i -> 5 * i).toArray();
            plot.add(new LinePlot.Line(set, set, x, x));
        }
        assertTrue(plot.draw().inline().length() < 6000, "bytes: " + plot.draw().inline().length());
    }
}
