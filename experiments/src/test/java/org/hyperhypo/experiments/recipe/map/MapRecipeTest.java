package org.hyperhypo.experiments.recipe.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.hyperhypo.engine.Peers;
import org.hyperhypo.experiments.Jobs;
import org.hyperhypo.experiments.Tiny;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.recipe.RunFolder;
import org.hyperhypo.experiments.recipe.Share;
import org.hyperhypo.experiments.recipe.Team;
import org.hyperhypo.experiments.recipe.ToneTask;
import org.hyperhypo.experiments.report.Csv;
import org.hyperhypo.experiments.report.Json;
import org.hyperhypo.experiments.report.Progress;
import org.hyperhypo.experiments.report.Report;
import org.hyperhypo.experiments.report.RunRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A map of four tiny networks, one with large initial weights and one that cannot be trained: what it finds, and that it finds the same however it is run.
class MapRecipeTest {
    private static final List<String> TABLES = List.of("map", "map-contrasts", "map-correlations", "map-cells", "map-layers", "conditions", "failures");
    private static final String GRID = """
            network,optimizer,rate,scale,layers,width,activation,epochs
            usual,momentum,0.3,1,2,16,sigmoid,10
            large,momentum,0.3,20,2,16,sigmoid,10
            adam,adam,0.01,1,1,16,tanh,3
            wild,sgd,900000,4,2,16,relu,3
            """;

    @TempDir
    private static Path folder;
    private static ToneTask task;
    private static NetworkGrid grid;
    private static RunFolder whole;

    @BeforeAll
    static void oneRun() throws IOException {
        task = ToneTask.write(folder.resolve("corpus"), Tiny.seed("map"));
        Files.writeString(folder.resolve("grid.csv"), GRID);
        grid = GridFile.read(folder.resolve("grid.csv"));
        whole = new RunFolder(folder.resolve("whole"));
        assertEquals(List.of(), run(whole, grid, 2, 1, false, Share.ALL));
    }

    @Test
    void initialScaleRaisesTheShareOfInheritedSaturation() throws IOException {
        double usual = network("usual").number("inherited");
        double large = network("large").number("inherited");
        assertTrue(large > 1.5 * usual, usual + " of the neurons with usual initial weights, " + large + " with weights twenty times as large");
    }

    @Test
    void sharesOfNeuronsAddUp() throws IOException {
        for (Csv.Row row : table(whole, "map").rows()) {
            assertEquals(row.number("saturated"), row.number("hypo") + row.number("hyper"), 1e-8, row.toString());
            assertEquals(row.number("saturated"), row.number("inherited") + row.number("learned"), 1e-8, row.toString());
            assertTrue(row.number("inherited") <= row.number("initial"), row.toString());
            List<Csv.Row> layers = table(whole, "map-layers").rows().stream().filter(layer -> layer.text("network").equals(row.text("network"))).toList();
            assertEquals(row.number("learned") * row.number("neurons"), layers.stream().mapToDouble(layer -> layer.number("learned")).sum(), 1e-6, row.toString());
        }
    }

    @Test
    void everyNetworkHasItsContrasts() throws IOException {
        List<Csv.Row> contrasts = table(whole, "map-contrasts").rows();
        for (String network : List.of("usual", "large", "adam")) {
            for (String contrast : List.of("A7-A1", "A7-A9", "A7-A8", "A6-A3")) {
                List<Csv.Row> rows = contrasts.stream().filter(row -> row.text("network").equals(network) && row.text("contrast").equals(contrast)).toList();
                assertEquals(List.of("all", "band", "noise"), rows.stream().map(row -> row.text("condition")).toList(), network + " " + contrast);
            }
        }
        Csv.Row removal = contrasts.stream().filter(row -> row.text("network").equals("large") && row.text("contrast").equals("removal-A0")).findFirst().orElseThrow();
        assertEquals(network("large").number("removed_wer") - network("large").number("target_wer"), removal.number("difference"), 1e-6);
        assertTrue(removal.number("random_low") <= removal.number("random_high"), removal.toString());
    }

    @Test
    void anUntrainableNetworkIsNamedAndTheRestGoesOn() throws IOException {
        List<String> failed = table(whole, "failures").rows().stream().map(row -> row.text("item")).toList();
        boolean named = failed.contains("wild-r1");
        assertTrue(named || network("wild").number("usable") == 0, failed + " " + table(whole, "map").rows());
        assertTrue(Files.readString(whole.root().resolve(Report.PAGE)).contains("wild"));
    }

    @Test
    void theReportHasAnAnswerAndNoHoles() throws IOException {
        Map<?, ?> numbers = (Map<?, ?>) Json.read(whole.root().resolve(Report.NUMBERS));
        assertEquals(List.of(), numbers.get("problems"));
        Map<?, ?> answer = (Map<?, ?>) numbers.get("answer");
        String page = Files.readString(whole.root().resolve(Report.PAGE));
        assertTrue(page.contains("Benefit against saturation"));
        assertFalse(page.substring(0, page.indexOf("id=\"failures\"")).contains("NaN"));
        assertTrue(Report.summary(whole.root()).contains(String.valueOf(answer.get("where"))));
        assertEquals(GRID, Files.readString(whole.root().resolve(MapRecipe.GRID)));
    }

    @Test
    void twoThreadsGiveTheSameBytes() throws IOException {
        RunFolder two = new RunFolder(folder.resolve("two"));
        assertEquals(List.of(), run(two, grid, 2, 2, false, Share.ALL));
        assertSame(two);
    }

    @Test
    void sharesGiveTheSameBytesAndTheLastOneWritesTheReport() throws IOException {
        RunFolder shared = new RunFolder(folder.resolve("shared"));
        List<String> missing = run(shared, grid, 2, 1, false, new Share(1, 2));
        assertEquals(List.of("usual-r1", "large-r1", "adam-r1", "wild-r1"), missing);
        assertFalse(Files.exists(shared.root().resolve(Report.PAGE)), "no report of half a map");
        assertEquals(List.of(), run(shared, grid, 2, 1, false, new Share(0, 2)));
        assertSame(shared);
    }

    @Test
    void aLargerGridTrainsOnlyItsNewNetworks() throws IOException {
        RunFolder growing = new RunFolder(folder.resolve("growing"));
        run(growing, new NetworkGrid(grid.networks().subList(0, 1)), 2, 1, false, Share.ALL);
        Path model = growing.root().resolve("cells/usual-r1/model.safetensors");
        var before = Files.getLastModifiedTime(model);
        assertEquals(List.of(), run(growing, grid, 2, 1, true, Share.ALL));
        assertEquals(before, Files.getLastModifiedTime(model));
        assertSame(growing);
    }

    @Test
    void networksOfOneSeedDifferInThemselvesAlone() throws IOException {
        Set<String> hashes = Set.copyOf(table(whole, "map-cells").rows().stream().map(row -> row.text("hash")).toList());
        assertEquals(table(whole, "map-cells").rows().size(), hashes.size(), "all networks differ");
        assertNotEquals(network("usual").text("target_wer"), "");
    }

    @Test
    void ranksGiveTheSameBytes() throws IOException {
        RunFolder ranks = new RunFolder(folder.resolve("ranks"));
        double[] busy = new double[2];
        CyclicBarrier all = new CyclicBarrier(2);
        Form form = (recipe, record) -> recipe.run(record, false);
        Jobs.run(2, List.of(() -> run(ranks, grid, 2, 1, Team.of(rank(0, busy, all)), form), () -> run(ranks, grid, 2, 1, Team.of(rank(1, busy, all)), form)));
        assertSame(ranks);
        assertTrue(Files.exists(ranks.root().resolve(Report.PAGE)));
    }

    /// One of two threads that tell each other whether they are busy.
    private static Peers rank(int rank, double[] busy, CyclicBarrier all) {
        return (Peers) Proxy.newProxyInstance(Peers.class.getClassLoader(), new Class<?>[] {Peers.class}, (proxy, method, arguments) -> switch (method.getName()) {
            case "rank" -> rank;
            case "size" -> 2;
            case "merge" -> {
                busy[rank] = ((double[]) arguments[0])[rank];
                all.await(1, TimeUnit.MINUTES);
                System.arraycopy(busy, 0, arguments[0], 0, 2);
                all.await(1, TimeUnit.MINUTES);
                yield null;
            }
            default -> throw new AssertionError(method);
        });
    }

    @Test
    void sharesOfAnotherMapAreRefused() throws IOException {
        RunRecord record = RunRecord.begin("map test", Map.of("speech", "synthetic"), 7, "any", folder);
        try (Progress progress = new Progress(new PrintStream(new ByteArrayOutputStream()), false, System::nanoTime)) {
            MapRecipe other = new MapRecipe(task, grid, new MapOptions(ToneTask.options().withSeed(8), 2, 2), whole, 1, progress, Team.of(new Share(0, 2)));
            String message = assertThrows(UserError.class, () -> other.share(record)).getMessage();
            assertTrue(message.contains("other options (seed)"), message);
        }
    }

    private static List<String> run(RunFolder run, NetworkGrid networks, int seeds, int threads, boolean resume, Share share) throws IOException {
        return run(run, networks, seeds, threads, Team.of(share), (recipe, record) -> share.of() > 1 ? recipe.share(record) : recipe.run(record, resume));
    }

    private interface Form {
        List<String> run(MapRecipe recipe, RunRecord record) throws IOException;
    }

    private static List<String> run(RunFolder run, NetworkGrid networks, int seeds, int threads, Team team, Form form) throws IOException {
        RunRecord record = RunRecord.begin("map test", Map.of("speech", "synthetic"), 7, "any", folder);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (Progress progress = new Progress(new PrintStream(said, true, StandardCharsets.UTF_8), false, System::nanoTime)) {
            MapRecipe recipe = new MapRecipe(task, networks, new MapOptions(ToneTask.options(), seeds, 2), run, threads, progress, team);
            return form.run(recipe, record);
        }
    }

    private static Csv.Row network(String name) throws IOException {
        return table(whole, "map").rows().stream().filter(row -> row.text("network").equals(name)).findFirst().orElseThrow();
    }

    private static Csv table(RunFolder run, String name) throws IOException {
        return Csv.read(run.results().resolve(name + ".csv"));
    }

    /// The tables of a run are those of the first one, but for the seconds of a cell.
    private static void assertSame(RunFolder run) throws IOException {
        for (String name : TABLES) {
            assertEquals(withoutSeconds(table(whole, name)), withoutSeconds(table(run, name)), name);
        }
    }

    private static String withoutSeconds(Csv table) {
        List<String> lines = new ArrayList<>();
        table.rows().forEach(row -> lines.add(table.header().stream().filter(column -> !column.equals("seconds")).map(row::text).toList().toString()));
        return String.join("\n", lines);
    }
}
