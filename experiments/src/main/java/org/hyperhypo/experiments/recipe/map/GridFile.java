package org.hyperhypo.experiments.recipe.map;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.report.Csv;
import org.hyperhypo.experiments.train.UpdateRule;

/// A grid as a table of comma-separated values: a header with any of [#COLUMNS], then a network a line. What a table has no column for, and what
/// a line leaves empty, is that of [NetworkGrid#BASE]; a network without a name is named after what it is.
public final class GridFile {
    static final List<String> COLUMNS = List.of("network", "optimizer", "rate", "scale", "layers", "width", "activation", "epochs");

    private final Path file;
    private final Csv.Row row;

    private GridFile(Path file, Csv.Row row) {
        this.file = file;
        this.row = row;
    }

    /// Reads a grid; a cell that cannot be used is an error with its line and column.
    public static NetworkGrid read(Path file) {
        Csv table;
        try {
            table = Csv.read(file);
        } catch (IOException e) {
            throw new UserError(e instanceof java.nio.file.NoSuchFileException ? file + ": no such file" : e.getMessage());
        }
        for (String column : table.header()) {
            if (!COLUMNS.contains(column)) {
                throw new UserError(file + ":1: column \"" + column + "\" is not known; use " + String.join(", ", COLUMNS));
            }
        }
        List<GridNetwork> networks = new ArrayList<>();
        Map<String, Integer> lines = new LinkedHashMap<>();
        for (Csv.Row row : table.rows()) {
            GridNetwork network = new GridFile(file, row).network();
            Integer earlier = lines.putIfAbsent(network.name(), row.line());
            if (earlier != null) {
                throw new UserError(file + ":" + row.line() + ": network \"" + network.name() + "\" is already that of line " + earlier
                        + "; remove one, or give them names in a column \"network\"");
            }
            networks.add(network);
        }
        if (networks.isEmpty()) {
            throw new UserError(file + ": has no network below its header; add a line for each");
        }
        return new NetworkGrid(networks);
    }

    private GridNetwork network() {
        GridNetwork base = NetworkGrid.BASE;
        String optimizer = word("optimizer", base.optimizer().label(), Arrays.stream(UpdateRule.values()).map(UpdateRule::label).toList());
        UpdateRule rule = UpdateRule.valueOf(optimizer.toUpperCase(Locale.ROOT));
        GridNetwork network = GridNetwork.of(rule, positive("rate", base.rate()), positive("scale", base.scale()), whole("layers", base.layers(), 1, 64),
                whole("width", base.width(), 8, 16_384), word("activation", base.activation(), GridNetwork.ACTIVATIONS), whole("epochs", base.epochs(), 1, 10_000));
        String name = row.text("network").strip();
        if (!name.matches("[A-Za-z0-9._=-]*") || name.startsWith(".")) {
            throw fault("network", "letters, digits and . _ = - (it names a folder)");
        }
        return name.isEmpty() ? network : new GridNetwork(name, network.optimizer(), network.rate(), network.scale(), network.layers(), network.width(),
                network.activation(), network.epochs());
    }

    private String word(String column, String otherwise, List<String> known) {
        String text = row.text(column).strip();
        if (!text.isEmpty() && !known.contains(text)) {
            throw fault(column, "one of " + String.join(", ", known));
        }
        return text.isEmpty() ? otherwise : text;
    }

    private double positive(String column, double otherwise) {
        double value = row.text(column).isBlank() ? otherwise : row.number(column);
        if (!(value > 0 && value < 1e6)) {
            throw fault(column, "a number above 0");
        }
        return value;
    }

    private int whole(String column, int otherwise, int least, int most) {
        double value = row.text(column).isBlank() ? otherwise : row.number(column);
        if (!(value == Math.rint(value) && value >= least && value <= most)) {
            throw fault(column, "a whole number from " + least + " to " + most);
        }
        return (int) value;
    }

    private UserError fault(String column, String wanted) {
        return new UserError(file + ":" + row.line() + ": " + column + " is \"" + row.text(column) + "\"; give " + wanted);
    }
}
