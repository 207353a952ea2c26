package org.hyperhypo.experiments.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.hyperhypo.asr.score.Scorer;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.adapt.Regime;
import org.hyperhypo.experiments.adapt.UtteranceSelection;
import org.hyperhypo.experiments.model.FeatureSettings;
import org.hyperhypo.experiments.mpi.Reduction;
import org.hyperhypo.experiments.prune.Removal;
import org.hyperhypo.experiments.recipe.Stage;
import org.hyperhypo.experiments.train.UpdateRule;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command line. Exit codes: 0 done, 1 done but some items failed (they are listed), 2 wrong usage, 3 could not be done.
@Command(name = "hyperhypo", mixinStandardHelpOptions = true, versionProvider = Main.Version.class,
        description = "Which neurons of an acoustic model matter, and what happens when only those learn.",
        subcommands = {RecipeCommand.class, MergeCommand.class, ReportCommand.class, PrepareCommand.class, CorruptCommand.class, FeaturesCommand.class,
            AlignCommand.class, TrainCommand.class, NgramCommand.class, DecodeCommand.class, ScoresCommand.class, ScoreCommand.class, NeuronsCommand.class, PruneCommand.class,
            AdaptCommand.class, InfoCommand.class},
        footer = {"", "The main job, on a corpus it makes itself:", "  hyperhypo recipe digits", "",
            "Speed, beside the machine's limits and other libraries:", "  hyperhypo bench --quick", "",
            "Help with an example on each: hyperhypo COMMAND --help"})
public final class Main implements Runnable {
    static final int SOME_FAILED = 1;
    static final int USAGE = 2;
    static final int FAILED = 3;

    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        System.exit(run(args, utf8(System.out), utf8(System.err)));
    }

    /// Runs one command line and returns its exit code.
    static int run(String[] args, PrintWriter out, PrintWriter err) {
        CommandLine commandLine = commandLine();
        commandLine.setOut(out);
        commandLine.setErr(err);
        int code = commandLine.execute(args);
        out.flush();
        err.flush();
        return code;
    }

    /// The commands, ready to parse.
    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Main());
        commandLine.setUsageHelpAutoWidth(true);
        commandLine.registerConverter(FeatureSettings.Cmvn.class, new EnumConverter<>(FeatureSettings.Cmvn.class));
        commandLine.registerConverter(Numbers.class, new Numbers.Converter());
        commandLine.registerConverter(Reduction.class, new EnumConverter<>(Reduction.class));
        commandLine.registerConverter(Regime.class, new EnumConverter<>(Regime.class));
        commandLine.registerConverter(Removal.class, new EnumConverter<>(Removal.class));
        commandLine.registerConverter(Stage.class, new EnumConverter<>(Stage.class));
        commandLine.registerConverter(Scorer.Missing.class, new EnumConverter<>(Scorer.Missing.class));
        commandLine.registerConverter(UpdateRule.class, new EnumConverter<>(UpdateRule.class));
        commandLine.registerConverter(UtteranceSelection.Measure.class, new EnumConverter<>(UtteranceSelection.Measure.class));
        commandLine.setExecutionExceptionHandler((exception, command, parsed) -> failed(exception, command));
        commandLine.setParameterExceptionHandler(Main::wrongUsage);
        return commandLine;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private static int wrongUsage(ParameterException exception, String[] args) {
        PrintWriter err = exception.getCommandLine().getErr();
        err.println("hyperhypo: " + exception.getMessage());
        UnmatchedArgumentException.printSuggestions(exception, err);
        err.println("usage: " + exception.getCommandLine().getHelp().synopsis(0).strip());
        err.println("help:  " + exception.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return USAGE;
    }

    private static int failed(Exception exception, CommandLine command) {
        PrintWriter err = command.getErr();
        if (Boolean.getBoolean("hyperhypo.debug")) {
            exception.printStackTrace(err);
        }
        err.println("hyperhypo: " + message(exception));
        err.flush();
        return FAILED;
    }

    /// What went wrong in one sentence. Exceptions of our own carry their message; an unexpected one says how to see more.
    static String message(Throwable exception) {
        return switch (exception) {
            case UserError e -> e.getMessage();
            case UncheckedIOException e -> message(e.getCause());
            case NoSuchFileException e -> e.getMessage() + ": no such file or folder";
            case AccessDeniedException e -> e.getMessage() + ": may not be read or written";
            case IOException e -> e.getMessage();
            case RuntimeException e when e.getClass().getName().startsWith("org.hyperhypo.") -> e.getMessage();
            case IllegalArgumentException e -> e.getMessage();
            default -> exception + " (unexpected; HYPERHYPO_JVM_OPTS=-Dhyperhypo.debug=true shows where)";
        };
    }

    private static PrintWriter utf8(java.io.OutputStream stream) {
        return new PrintWriter(new java.io.OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"hyperhypo " + (version == null ? "(development)" : version)};
        }
    }
}
