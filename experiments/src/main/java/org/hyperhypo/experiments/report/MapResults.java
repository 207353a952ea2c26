package org.hyperhypo.experiments.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The tables of a map of networks, `results/map*.csv`. Shares are fractions, word error rates and their differences points.
record MapResults(Results results) {
    /// The contrasts that answer the question, by the claim they belong to.
    static final List<String> CONTRASTS = List.of("A7-A1", "A7-A9", "A7-A8", "A6-A3", "removal-A0", "removal-random");
    private static final Map<String, String> COLUMNS = new LinkedHashMap<>();

    static {
        COLUMNS.put("map", "network,optimizer,rate,scale,layers,width,activation,epochs,seeds,usable,neurons,initial,hypo,hyper,saturated,inherited,learned,"
            + "clean_wer,target_wer,blind_wer,removed_wer,removed_random_wer,zeroed_wer,zeroed_random_wer");
        COLUMNS.put("map-contrasts", "network,contrast,condition,difference,low,high,p,p_holm,holds,random_low,random_high,replicates,words");
        COLUMNS.put("map-correlations", "contrast,by,networks,spearman,p,p_holm");
        COLUMNS.put("map-cells", "network,replicate,held_out_accuracy,scale,penalty,neurons,initial,hypo,hyper,inherited,learned");
        COLUMNS.put("map-layers", "network,replicate,layer,neurons,initial,hypo,hyper,inherited,learned");
        COLUMNS.put("conditions", "name,kind,description");
        COLUMNS.put("failures", "stage,item,reason");
    }

    /// Whether a run's folder is that of a map.
    static boolean isMap(Path folder) {
        return Files.exists(folder.resolve("results").resolve("map.csv"));
    }

    static MapResults read(Path folder) {
        return new MapResults(Results.read(folder, COLUMNS));
    }

    List<Csv.Row> networks() {
        return results.rows("map");
    }

    /// Networks that learned their task.
    List<Csv.Row> usable() {
        return networks().stream().filter(row -> row.number("usable") == 1).toList();
    }

    /// A contrast of a network over all target conditions.
    Optional<Csv.Row> contrast(Csv.Row network, String contrast) {
        return results.rows("map-contrasts").stream().filter(row -> row.text("contrast").equals(contrast) && row.text("condition").equals("all")
            && row.text("network").equals(network.text("network"))).findFirst();
    }

    boolean holds(Csv.Row network, String contrast) {
        return contrast(network, contrast).filter(row -> row.number("holds") == 1).isPresent();
    }

    /// "A7 − A1", "removal − whole network".
    static String label(String contrast) {
        return switch (contrast) {
            case "removal-A0" -> "removed − whole";
            case "removal-random" -> "removed − random removed";
            case "zeroing-A0" -> "zeroed − whole";
            case "zeroing-random" -> "zeroed − random zeroed";
            default -> contrast.replace("-", " − ");
        };
    }
}
