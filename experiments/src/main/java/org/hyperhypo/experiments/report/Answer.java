package org.hyperhypo.experiments.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hyperhypo.experiments.report.Contrast.Verdict;

/// What the contrasts say about the three claims, in words. A claim holds only where the whole interval lies on the right side
/// of 0; an interval that holds 0 is never called "no difference".
record Answer(Claim removal, Claim procedure, Claim mechanism, List<String> certainty) {

    enum Outcome {
        YES("Yes"), NO("No"), MIXED("Mixed"), CANNOT_TELL("Cannot tell at this size");

        final String text;

        Outcome(String text) {
            this.text = text;
        }
    }

    record Claim(String question, Outcome outcome, String reason) {}

    static Answer of(List<Contrast> contrasts) {
        Claim procedure = procedure(contrasts);
        return new Answer(removal(contrasts), procedure, mechanism(contrasts, procedure.outcome()), certainty(contrasts));
    }

    List<Claim> claims() {
        return List.of(removal, procedure, mechanism);
    }

    private static Claim removal(List<Contrast> all) {
        String question = "Does removing hyper and hypo neurons help on out-of-domain speech?";
        Optional<Contrast> c = Contrast.overall(all, "removal-A0");
        return switch (Contrast.verdict(c)) {
            case BETTER -> split(all, "removal-A0", Verdict.WORSE)
                ? new Claim(question, Outcome.MIXED, "The best removal made fewer word errors over all conditions ("
                + c.orElseThrow().inWords() + ") but more in some of them.")
                : new Claim(question, Outcome.YES, "The best removal made fewer word errors than the whole network ("
                + c.orElseThrow().inWords() + ").");
            case WORSE -> new Claim(question, Outcome.NO, "Even the best removal made more word errors than the whole network ("
                + c.orElseThrow().inWords() + ").");
            case UNDECIDED -> split(all, "removal-A0", Verdict.WORSE) && split(all, "removal-A0", Verdict.BETTER)
                ? new Claim(question, Outcome.MIXED, "It helped in some conditions and hurt in others; over all of them the interval "
                + "holds 0 (" + c.orElseThrow().inWords() + ").")
                : new Claim(question, Outcome.CANNOT_TELL, "The interval holds 0 (" + c.orElseThrow().inWords() + "). "
                + ruledOut(c.orElseThrow()));
            case MISSING -> new Claim(question, Outcome.CANNOT_TELL, "The contrast of the best removal with the whole network was not "
                + "measured.");
        };
    }

    private static Claim procedure(List<Contrast> all) {
        String question = "Is adapting hyper and hypo neurons first, and everything after, better than blind adaptation?";
        Optional<Contrast> blind = Contrast.overall(all, "A7-A1");
        Optional<Contrast> longer = Contrast.overall(all, "A7-A9");
        Verdict a = Contrast.verdict(blind);
        Verdict b = Contrast.verdict(longer);
        String numbers = numbers(blind, longer);
        if (a == Verdict.MISSING || b == Verdict.MISSING) {
            String missing = a == Verdict.MISSING ? b == Verdict.MISSING ? "A7 − A1 and A7 − A9 were" : "A7 − A1 was" : "A7 − A9 was";
            return new Claim(question, Outcome.CANNOT_TELL, missing + " not measured, and the claim needs both"
                + (numbers.isEmpty() ? "." : " (" + numbers + ")."));
        }
        if (a == Verdict.BETTER && b == Verdict.BETTER) {
            return split(all, "A7-A1", Verdict.WORSE) || split(all, "A7-A9", Verdict.WORSE)
                ? new Claim(question, Outcome.MIXED, "Over all conditions it made fewer word errors (" + numbers
                + "), but more in some of them.")
                : new Claim(question, Outcome.YES, "It made fewer word errors than blind adaptation, also with as many epochs ("
                + numbers + ").");
        }
        if (a == Verdict.BETTER) {
            return new Claim(question, Outcome.MIXED, b == Verdict.WORSE
                ? "It beat blind adaptation but lost to blind adaptation with as many epochs, so the extra epochs did it (" + numbers + ")."
                : "It beat blind adaptation, but not demonstrably blind adaptation with as many epochs (" + numbers
                + "): the extra epochs may explain the gain.");
        }
        if (b == Verdict.BETTER) return new Claim(question, Outcome.MIXED, "It beat blind adaptation with as many epochs but not "
            + "demonstrably the shorter one (" + numbers + ").");
        if (a == Verdict.WORSE || b == Verdict.WORSE) return new Claim(question, Outcome.NO, "Blind adaptation made fewer word errors ("
            + numbers + ").");
        if (split(all, "A7-A1", Verdict.BETTER) && split(all, "A7-A1", Verdict.WORSE)) {
            return new Claim(question, Outcome.MIXED, "It helped in some conditions and hurt in others; over all of them the intervals "
                + "hold 0 (" + numbers + ").");
        }
        return new Claim(question, Outcome.CANNOT_TELL, "Both intervals hold 0 (" + numbers + "). " + ruledOut(blind.orElseThrow()));
    }

    private static Claim mechanism(List<Contrast> all, Outcome procedure) {
        String question = "Is it the choice of neurons that matters, rather than training in stages?";
        Optional<Contrast> staging = Contrast.overall(all, "A7-A8");
        Optional<Contrast> choice = Contrast.overall(all, "A6-A3");
        Verdict a = Contrast.verdict(staging);
        Verdict b = Contrast.verdict(choice);
        String numbers = numbers(staging, choice);
        if (a == Verdict.MISSING || b == Verdict.MISSING) {
            return new Claim(question, Outcome.CANNOT_TELL, "A7 − A8 and A6 − A3 were not both measured"
                + (numbers.isEmpty() ? "." : " (" + numbers + ")."));
        }
        if (a == Verdict.BETTER && b == Verdict.BETTER) {
            return procedure == Outcome.YES
                ? new Claim(question, Outcome.YES, "Hyper and hypo neurons did better than as many random ones, alone and as a first "
                + "stage (" + numbers + ").")
                : new Claim(question, Outcome.MIXED, "Hyper and hypo neurons did better than random ones (" + numbers
                + "), yet the whole procedure did not clearly win.");
        }
        if (a == Verdict.BETTER || b == Verdict.BETTER) {
            return new Claim(question, Outcome.MIXED,
                (a == Verdict.BETTER ? "As a first stage they beat random neurons, alone they did not demonstrably"
                : "Alone they beat random neurons, as a first stage they did not demonstrably") + " (" + numbers + ").");
        }
        if (a == Verdict.WORSE || b == Verdict.WORSE) {
            return new Claim(question, Outcome.NO, "As many random neurons did better "
                + (a == Verdict.WORSE ? b == Verdict.WORSE ? "both ways" : "as a first stage" : "alone")
                + " (" + numbers + ")." + (procedure == Outcome.YES ? " The gain is staging." : ""));
        }
        return new Claim(question, Outcome.CANNOT_TELL, "Both intervals hold 0 (" + numbers
            + "): random neurons in the same numbers may do as well."
            + (procedure == Outcome.YES ? " The gain over blind adaptation may be staging alone." : ""));
    }

    private static boolean split(List<Contrast> all, String name, Verdict verdict) {
        return all.stream().anyMatch(c -> c.name().equals(name) && !c.condition().equals(ArmResult.ALL) && c.verdict() == verdict);
    }

    private static String numbers(Optional<Contrast> one, Optional<Contrast> other) {
        List<String> parts = new ArrayList<>();
        one.map(Contrast::inWords).ifPresent(parts::add);
        other.map(Contrast::inWords).ifPresent(parts::add);
        return String.join("; ", parts);
    }

    private static String ruledOut(Contrast c) {
        return "A gain of more than " + Text.fixed(Math.max(0, -c.low()), 2) + " points is unlikely; smaller ones, and losses up to "
            + Text.fixed(Math.max(0, c.high()), 2)
            + ", remain possible.";
    }

    private static List<String> certainty(List<Contrast> all) {
        List<String> lines = new ArrayList<>();
        Optional<Contrast> main = Contrast.overall(all, "A7-A1").or(() -> all.stream().findFirst());
        if (main.isEmpty()) return List.of("No contrast was measured, so nothing can be said about how sure the numbers are.");
        Contrast c = main.get();
        if (c.words() > 0) {
            lines.add("The test has " + Text.count(c.words()) + " words. If 5 % of the words come out differently in two systems, that "
                + "many words can show a difference of "
                + Text.fixed(Contrast.detectable(c.words()), 2) + " points; smaller ones drown in chance."
                + (Double.isNaN(c.high() - c.low()) ? ""
                : " The interval of " + c.label() + " reaches " + Text.fixed((c.high() - c.low()) / 2, 2) + " points to either side."));
        }
        int n = c.replicates().length;
        lines.add(n < 2 ? "There is only " + (n == 1 ? "one replicate" : "no replicate listed")
            + ": one training seed and one fold can show anything, so take every line as a hint."
            : "There are " + n + " replicates (training seed and test speakers together), and each has its mark in the plot of "
            + "contrasts. " + agreement(all));
        var holm = Contrast.holm(all);
        List<String> firm = Contrast.DECLARED.stream().filter(name -> holm.getOrDefault(name, 1.0) < 0.05)
            .flatMap(name -> Contrast.overall(all, name).stream()).map(Contrast::label).toList();
        if (!holm.isEmpty()) {
            lines.add("After Holm's correction over the " + Text.plural(holm.size(), "declared contrast", "declared contrasts") + ", "
                + (firm.isEmpty() ? "none differs from 0 at the 5 % level." : String.join(", ", firm)
                + (firm.size() == 1 ? " differs" : " differ") + " from 0 at the 5 % level."));
        }
        lines.add("Intervals are 95 %, paired bootstrap over utterances: they hold for these speakers, rooms and trained networks, not "
            + "for other corpora.");
        return lines;
    }

    private static String agreement(List<Contrast> all) {
        List<String> parts = new ArrayList<>();
        for (String name : Contrast.DECLARED) {
            Contrast.overall(all, name).filter(c -> c.replicates().length > 1).ifPresent(c -> {
                long same = Arrays.stream(c.replicates()).filter(d -> Math.signum(d) == Math.signum(c.difference())).count();
                parts.add(c.label() + " " + same + " of " + c.replicates().length);
            });
        }
        return parts.isEmpty() ? "" : "Replicates with the sign of the whole: " + String.join(", ", parts) + ".";
    }
}
