package org.hyperhypo.experiments.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MapPicturesTest {
    @TempDir
    private Path folder;

    @Test
    void anAxisIsTheLargestGroupThatDiffersInNothingElse() throws Exception {
        MapResults map = map("a,sgd,1,1,4,256,sigmoid,5", "b,sgd,2,1,4,256,sigmoid,5", "c,adam,0.1,1,4,256,sigmoid,5", "d,sgd,1,2,4,256,sigmoid,5", "e,sgd,1,2,4,512,relu,5");
        Map<String, List<Csv.Row>> axes = MapPictures.alongAxes(map);
        assertEquals(List.of("optimizer and rate", "scale"), List.copyOf(axes.keySet()));
        assertEquals(List.of("c", "a", "b"), names(axes.get("optimizer and rate")));
        assertEquals(List.of("a", "d"), names(axes.get("scale")));
        assertEquals("sgd 1, 256 wide, 4 layers, sigmoid, 5 epochs", MapPictures.others(axes.get("scale").getFirst(), "scale"));
    }

    @Test
    void aMapWithHolesIsStillAPage() throws Exception {
        map("a,sgd,1,1,4,256,sigmoid,5", "b</title>,sgd,2,1,4,256,sigmoid,5");
        String page = Files.readString(MapReport.write(folder));
        assertFalse(page.contains("NaN"), page);
        assertFalse(page.contains("b</title>"), page);
        for (Svg picture : MapReport.pictures(folder).values()) PlotTest.parsed(picture.standalone());
    }

    private static List<String> names(List<Csv.Row> rows) {
        return rows.stream().map(row -> row.text("network")).toList();
    }

    /// Networks of which nothing but their making and their saturation is known.
    private MapResults map(String... networks) throws Exception {
        Files.createDirectories(folder.resolve("results"));
        StringBuilder csv = new StringBuilder("network,optimizer,rate,scale,layers,width,activation,epochs,seeds,usable,neurons,initial,hypo,hyper,saturated,inherited,learned,"
            + "clean_wer,target_wer,blind_wer,removed_wer,removed_random_wer,zeroed_wer,zeroed_random_wer\n");
        for (String network : networks) csv.append(network).append(",1,1,1024,0.5,0.1,0.1,0.2,0.1,0.1,,,,,,,\n");
        Files.writeString(folder.resolve("results").resolve("map.csv"), csv);
        return MapResults.read(folder);
    }
}
