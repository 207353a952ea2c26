package org.hyperhypo.experiments.report;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Everything a run left in `run.json` and `results/*.csv`. What is missing or malformed becomes an empty table and a sentence
/// in `problems`, never an exception: a report with holes is worth more than none.
///
/// All word error rates and their differences are in percentage points; shares and accuracies are fractions.
record Results(Path folder, Optional<RunRecord> run, Map<String, Csv> tables, List<String> problems) {
    private static final Map<String, String> COLUMNS = new LinkedHashMap<>();
    private static final Set<String> WORDS = Set.of("replicate", "model", "condition", "layer", "kind", "set", "mode", "arm", "contrast",
        "replicates",
        "measure", "name", "description", "stage", "item", "reason", "criterion", "formula", "states", "utterance", "state", "patch",
        "network", "optimizer", "activation", "by");
    /// Tables that a run may leave out without being incomplete.
    private static final Set<String> OPTIONAL = Set.of("intervals", "rates", "confidence");

    static {
        COLUMNS.put("training", "replicate,epoch,rate,train_loss,held_out_loss,held_out_accuracy,seconds");
        COLUMNS.put("alignment", "round,frame_agreement,mean_boundary_ms,within_20ms");
        COLUMNS.put("tuning", "replicate,scale,penalty,words,errors,wer,chosen");
        COLUMNS.put("saturation", "replicate,model,condition,layer,width,hypo,hyper");
        COLUMNS.put("neurons", "replicate,layer,neuron,kind,rate,mean,sd,min,max,entropy,rate_initial,movement,in_norm,out_norm,shift_signed");
        COLUMNS.put("layers", "replicate,layer,neurons,diversity,diversity_initial,windowed_entropy");
        COLUMNS.put("criteria", "replicate,criterion,formula,layer,kind,neurons,tail,auc,auc_p,null_low,null_high,overlap,expected,precision,overlap_p,"
            + "spearman_rate,spearman_extreme");
        COLUMNS.put("shift", "replicate,condition,layer,kind,neurons,mean_abs_shift,mean_divergence");
        COLUMNS.put("cards", "replicate,layer,neuron,kind,rate,mean,sd,r2,states,rank,utterance,frame,state,output,bands,patch");
        COLUMNS.put("removal", "replicate,set,layer,share,mode,draw,removed,condition,words,errors,wer,frame_accuracy,cross_entropy");
        COLUMNS.put("compact", "replicate,set,share,mode,parameters_before,parameters_after,flops_before,flops_after,"
            + "micros_before,micros_after,max_difference");
        COLUMNS.put("adaptation",
            "replicate,condition,arm,draw,neurons,parameters,rate,epochs,words,sub,del,ins,errors,wer,"
            + "source_words,source_errors,source_wer,hypo,hyper,seconds,moment_bytes");
        COLUMNS.put("contrasts", "contrast,condition,difference,low,high,p,replicates,words");
        COLUMNS.put("intervals", "arm,condition,wer,low,high");
        COLUMNS.put("selection", "replicate,condition,measure,spearman,selected_wer,all_wer");
        COLUMNS.put("confidence", "replicate,condition,measure,share,utterances,words,errors,wer");
        COLUMNS.put("rates", "replicate,condition,kind,rate,words,errors,wer,chosen");
        COLUMNS.put("conditions", "name,kind,description,words,utterances,wer,wer_source_ratio");
        COLUMNS.put("failures", "stage,item,reason");
    }

    static Results read(Path folder) {
        return read(folder, COLUMNS);
    }

    /// The same with other tables: their columns by name.
    static Results read(Path folder, Map<String, String> wanted) {
        List<String> problems = new ArrayList<>();
        Optional<RunRecord> run = Optional.empty();
        try {
            run = Optional.of(RunRecord.read(folder));
        } catch (NoSuchFileException e) {
            problems.add(RunRecord.FILE + " is missing: what was run, when and where is unknown");
        } catch (IOException e) {
            problems.add(e.getMessage());
        }
        Map<String, Csv> tables = new LinkedHashMap<>();
        wanted.forEach((name, columns) -> tables.put(name, table(folder.resolve("results"), name, columns.split(","), problems)));
        return new Results(folder, run, tables, List.copyOf(problems));
    }

    private static Csv table(Path results, String name, String[] columns, List<String> problems) {
        Path file = results.resolve(name + ".csv");
        Csv empty = new Csv(columns);
        if (!Files.exists(file)) {
            if (!OPTIONAL.contains(name)) problems.add("results/" + name + ".csv is missing");
            return empty;
        }
        try {
            Csv table = Csv.parse(Files.readString(file), "results/" + name + ".csv");
            for (String column : columns) {
                if (!table.has(column)) problems.add("results/" + name + ".csv has no column \"" + column + "\"");
                else if (!WORDS.contains(column) && !(name + "." + column).equals("adaptation.rate")) numbers(table, name, column,
                    problems);
            }
            return table;
        } catch (IOException e) {
            problems.add(e instanceof CharacterCodingException ? "results/" + name + ".csv is not UTF-8 text" : e.getMessage());
            return empty;
        }
    }

    private static void numbers(Csv table, String name, String column, List<String> problems) {
        List<Csv.Row> wrong = table.rows().stream()
            .filter(r -> !r.text(column).isBlank() && Double.isNaN(r.number(column)) && !r.text(column).equals("NaN")).toList();
        if (wrong.isEmpty()) return;
        problems.add("results/" + name + ".csv:" + wrong.getFirst().line() + ": " + column + " is \"" + wrong.getFirst().text(column)
            + "\", not a number"
            + (wrong.size() > 1 ? " (and " + (wrong.size() - 1) + " more)" : ""));
    }

    List<Csv.Row> rows(String table) {
        return tables.get(table).rows();
    }

    /// Distinct cells of a column in order of appearance.
    List<String> distinct(String table, String column) {
        Set<String> seen = new LinkedHashSet<>();
        for (Csv.Row row : rows(table)) seen.add(row.text(column));
        return List.copyOf(seen);
    }

    static boolean isSource(String condition, String kind) {
        return Set.of("source", "in-domain").contains(kind) || Set.of("source", "in-domain", "clean").contains(condition) && kind.isEmpty();
    }

    /// Target conditions as the conditions table lists them, then any other that was adapted to.
    List<String> targets() {
        Set<String> names = new LinkedHashSet<>();
        List<String> adapted = distinct("adaptation", "condition");
        for (Csv.Row row : rows("conditions")) {
            if (!isSource(row.text("name"), row.text("kind"))
                && (adapted.contains(row.text("name")) || adapted.isEmpty())) names.add(row.text("name"));
        }
        names.addAll(adapted);
        return List.copyOf(names);
    }

    /// Conditions in the order of the conditions table (the in-domain one first), then those only `table` has.
    List<String> conditionsOf(String table) {
        Set<String> names = new LinkedHashSet<>();
        List<String> present = distinct(table, "condition");
        for (Csv.Row row : rows("conditions")) if (present.contains(row.text("name"))
            && isSource(row.text("name"), row.text("kind"))) names.add(row.text("name"));
        for (Csv.Row row : rows("conditions")) if (present.contains(row.text("name"))) names.add(row.text("name"));
        names.addAll(present);
        return List.copyOf(names);
    }

    String title() {
        String name = folder.toAbsolutePath().normalize().getFileName().toString();
        return run.map(r -> r.options().getOrDefault("recipe", name)).orElse(name);
    }
}
