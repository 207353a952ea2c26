package org.hyperhypo.experiments.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hyperhypo.asr.score.Bootstrap;

/// Where on the map the three claims hold, and whether benefit goes with saturation: two sentences and their reasons.
///
/// A claim holds in a network if each of its contrasts does: the 95 % interval below 0, and p at most 0.05 after Holm's correction over all
/// networks that learned their task.
record MapAnswer(String where, String why, List<Claim> claims, List<String> certainty) {
    static final String RULE = "A claim holds in a network if every contrast it needs lies below 0 with its whole 95 % interval, and p is at most 0.05 after "
        + "Holm’s correction over all networks that learned their task (at most half of the words wrong on clean speech).";

    /// @param holds the networks in which it holds, the least saturated first
    record Claim(String question, String outcome, String style, String reason, List<String> holds) {}

    private record Asked(String question, String said, List<String> contrasts) {}

    private static final List<Asked> ASKED = List.of(
        new Asked("Is adapting hyper and hypo neurons first, and everything after, better than blind adaptation?",
            "adapting them first beats blind adaptation, also one as long,", List.of("A7-A1", "A7-A9")),
        new Asked("Is it the choice of neurons that matters, rather than training in stages?", "they do better than random neurons, alone and as a first stage,",
            List.of("A7-A8", "A6-A3")),
        new Asked("Does removing all saturated neurons help on out-of-domain speech?", "removing them helps", List.of("removal-A0")));

    static MapAnswer of(MapResults map) {
        List<Csv.Row> usable = map.usable().stream().sorted(Comparator.comparingDouble(row -> row.number("saturated"))).toList();
        if (usable.isEmpty()) {
            String none = "None of the " + Text.plural(map.networks().size(), "network", "networks") + " learned the task, so nothing can be said.";
            return new MapAnswer(none, "Other networks are needed.", List.of(), List.of());
        }
        List<Claim> claims = ASKED.stream().map(asked -> claim(map, usable, asked)).toList();
        return new MapAnswer(where(map, usable, claims), why(map), claims, certainty(map, usable));
    }

    private static Claim claim(MapResults map, List<Csv.Row> usable, Asked asked) {
        List<Csv.Row> tested = usable.stream().filter(row -> asked.contrasts.stream().allMatch(c -> map.contrast(row, c).isPresent())).toList();
        List<Csv.Row> holding = tested.stream().filter(row -> asked.contrasts.stream().allMatch(c -> map.holds(row, c))).toList();
        List<Csv.Row> against = tested.stream().filter(row -> asked.contrasts.stream().anyMatch(c -> map.contrast(row, c).orElseThrow().number("low") > 0)).toList();
        String needs = asked.contrasts.stream().map(MapResults::label).collect(Collectors.joining(" and "));
        String outcome = tested.isEmpty() ? "Not measured" : holding.isEmpty() ? "Nowhere in the range tried"
            : "In " + holding.size() + " of " + Text.plural(tested.size(), "network", "networks");
        String style = tested.isEmpty() ? "cannot_tell" : holding.isEmpty() ? "no" : holding.size() == tested.size() ? "yes" : "mixed";
        StringBuilder reason = new StringBuilder(needs + " below 0: ").append(place(tested, holding)).append(". ");
        reason.append(against.isEmpty() ? "No interval lies wholly on the other side." : "In " + Text.plural(against.size(), "network an interval lies", "networks an interval lies")
            + " wholly on the other side.");
        return new Claim(asked.question, outcome, style, reason.toString(), holding.stream().map(row -> row.text("network")).toList());
    }

    /// "in 2 of 9 networks, the least saturated at 12.1 % (name), in all 2 from 20.0 % on"; networks are sorted by saturated share.
    private static String place(List<Csv.Row> tested, List<Csv.Row> holding) {
        if (holding.isEmpty()) return tested.isEmpty() ? "not measured" : "in none of " + Text.plural(tested.size(), "network", "networks");
        Csv.Row first = holding.getFirst();
        int from = tested.size();
        while (from > 0 && holding.contains(tested.get(from - 1))) from--;
        int all = tested.size() - from;
        return "in " + holding.size() + " of " + Text.plural(tested.size(), "network", "networks") + ", the least saturated at " + share(first, "saturated") + " ("
            + first.text("network") + ")" + (all >= 2 ? ", and in all " + all + " from " + share(tested.get(from), "saturated") + " on" : "");
    }

    private static String where(MapResults map, List<Csv.Row> usable, List<Claim> claims) {
        String range = "(" + range(usable, "saturated") + " of the neurons saturated, " + range(usable, "learned") + " in training)";
        if (claims.stream().allMatch(claim -> claim.holds.isEmpty())) {
            return "In none of " + Text.plural(usable.size(), "network", "networks") + " " + range
                + " does any claim hold: neither that adapting hyper and hypo neurons first beats blind adaptation, nor that they do better than random neurons, "
                + "nor that removing saturated ones helps.";
        }
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < ASKED.size(); i++) {
            Asked asked = ASKED.get(i);
            List<Csv.Row> tested = usable.stream().filter(row -> asked.contrasts.stream().allMatch(c -> map.contrast(row, c).isPresent())).toList();
            List<String> names = claims.get(i).holds;
            parts.add(asked.said + " " + place(tested, tested.stream().filter(row -> names.contains(row.text("network"))).toList()));
        }
        return "Of hyper and hypo neurons in " + Text.plural(usable.size(), "network", "networks") + " " + range + ": " + String.join("; ", parts) + ".";
    }

    private static String why(MapResults map) {
        List<Csv.Row> all = map.results().rows("map-correlations").stream().filter(row -> Double.isFinite(row.number("spearman"))).toList();
        if (all.isEmpty()) return "Whether benefit goes with saturation cannot be told from these networks.";
        List<Csv.Row> firm = all.stream().filter(row -> row.number("p_holm") <= 0.05).toList();
        if (firm.isEmpty()) {
            Csv.Row strongest = all.stream().max(Comparator.comparingDouble(row -> Math.abs(row.number("spearman")))).orElseThrow();
            return "Benefit does not demonstrably go up or down with the share of saturated, learned or inherited neurons; the strongest rank correlation is "
                + correlation(strongest) + ".";
        }
        return "Benefit goes " + firm.stream().map(row -> (row.number("spearman") > 0 ? "up" : "down") + " with the " + row.text("by") + " share for "
            + correlation(row)).collect(Collectors.joining(", ")) + (firm.size() < all.size() ? ", and not demonstrably elsewhere." : ".");
    }

    private static String correlation(Csv.Row row) {
        return MapResults.label(row.text("contrast")) + " (" + (row.number("p_holm") <= 0.05 ? "" : row.text("by") + " share, ") + "ρ "
            + Text.signed(row.number("spearman"), 2) + ", p " + Text.probability(row.number("p")) + ", after Holm " + Text.probability(row.number("p_holm")) + ")";
    }

    private static List<String> certainty(MapResults map, List<Csv.Row> usable) {
        List<String> lines = new ArrayList<>(List.of(RULE));
        double[] halves = usable.stream().map(row -> map.contrast(row, "A7-A1")).flatMap(Optional::stream)
            .mapToDouble(row -> (row.number("high") - row.number("low")) / 2).sorted().toArray();
        if (halves.length > 0) {
            lines.add("The interval of A7 − A1 reaches " + Text.fixed(halves[halves.length / 2], 2) + " points to either side in the middling network; smaller "
                + "benefits are missed, and “nowhere” means nowhere to that precision.");
        }
        double least = usable.size() * 2.0 / (Bootstrap.RESAMPLES + 1);
        if (least > 0.05) lines.add("With " + usable.size() + " networks no benefit can be demonstrated: the least p that the bootstrap gives is " + Text.probability(least)
            + " after Holm’s correction. Take fewer networks.");
        int left = map.networks().size() - usable.size();
        if (left > 0) lines.add(Text.plural(left, "network", "networks") + " did not learn the task and took no part in the answer.");
        lines.add("Correlations are Spearman’s over the networks, p by 9,999 permutations, Holm’s correction over all of them. Networks of one map share their speech, "
            + "so they are not independent samples of anything but ways of training.");
        return lines;
    }

    private static String range(List<Csv.Row> rows, String column) {
        double[] shares = rows.stream().mapToDouble(row -> row.number(column)).sorted().toArray();
        return Text.fixed(100 * shares[0], 1) + " to " + Text.percent(shares[shares.length - 1], 1);
    }

    private static String share(Csv.Row row, String column) {
        return Text.percent(row.number(column), 1);
    }
}
