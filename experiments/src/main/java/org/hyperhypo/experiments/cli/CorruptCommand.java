package org.hyperhypo.experiments.cli;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.hyperhypo.asr.audio.AudioException;
import org.hyperhypo.asr.audio.Wav;
import org.hyperhypo.asr.corrupt.Condition;
import org.hyperhypo.asr.corrupt.ConditionText;
import org.hyperhypo.asr.corrupt.Seeds;
import org.hyperhypo.asr.data.DataDir;
import org.hyperhypo.asr.data.Problem;
import org.hyperhypo.asr.data.SpeechReader;
import org.hyperhypo.asr.data.Utterance;
import org.hyperhypo.experiments.Failure;
import org.hyperhypo.experiments.Jobs;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.report.AtomicFile;
import org.hyperhypo.experiments.report.Json;
import org.hyperhypo.experiments.report.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// A data folder to a spoiled one.
@Command(name = "corrupt", mixinStandardHelpOptions = true,
        description = {"Writes a data folder whose speech is spoiled: wav files and all tables, so that any other tool hears the same.",
            "The same seed gives the same bytes, whatever the number of threads."},
        footer = {"", "Conditions, applied in the order given:", "  noise=SNR,PATH   noise=SNR,white (pink, brown)   babble=SNR,TALKERS,PATH",
            "  rir=PATH   room=T60[,LENGTHxWIDTHxHEIGHT]   telephone   band=LOW-HIGH", "  clip=SHARE of the peak   gain=DB",
            "PATH is a recording, or a folder of which each utterance gets one.", "", "Example:",
            "  hyperhypo corrupt data/test data/test-street room=0.5 noise=10,noises"})
final class CorruptCommand implements Callable<Integer> {
    private static final int CHUNK = 16;

    @Parameters(index = "0", paramLabel = "DATA", description = "Data folder: wav.scp, text, utt2spk, perhaps segments.")
    private Path data;

    @Parameters(index = "1", paramLabel = "OUT", description = "Data folder to write: wav/, wav.scp, text, utt2spk, spk2utt, utt2condition, corrupt.json.")
    private Path out;

    @Parameters(index = "2..*", arity = "1..*", paramLabel = "CONDITION", description = "What happens to the speech, see below.")
    private List<String> conditions;

    @Option(names = "--root", paramLabel = "DIR", description = "Folder that relative paths in wav.scp start from (default: DATA, then its parent).")
    private Path root;

    @Option(names = "--rate", paramLabel = "HZ", description = "Sampling rate to write (default: that of the first recording).")
    private Integer rate;

    @Mixin
    private AudioOptions audio;

    @Mixin
    private SeedOption seed;

    @Mixin
    private ThreadsOption threads;

    @Spec
    private CommandSpec spec;

    private record Done(Utterance utterance, String condition) {
    }

    @Override
    public Integer call() throws IOException {
        DataDir.Usable usable = DataDir.readUsable(data, root, audio.reading(false));
        List<Utterance> utterances = usable.data().utterances();
        int hertz = rate != null ? rate : rateOfFirst(utterances);
        Condition condition = new ConditionText(hertz).parse(conditions);
        if (Files.isDirectory(out) && Files.isSameFile(out, data)) {
            throw new UserError(out + ": is the folder of the clean speech; give another one to write");
        }
        Outputs.folder(out.resolve("wav"));
        List<Callable<List<Object>>> jobs = new ArrayList<>();
        List<Done> done = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        for (Problem problem : usable.problems()) {
            failures.add(new Failure("data", problem.file() + (problem.line() > 0 ? ":" + problem.line() : ""), problem.message()));
        }
        try (Progress progress = Progress.standard(); Progress.Stage stage = progress.stage("corrupt", utterances.size())) {
            for (int from = 0; from < utterances.size(); from += CHUNK) {
                List<Utterance> chunk = utterances.subList(from, Math.min(utterances.size(), from + CHUNK));
                jobs.add(() -> spoil(chunk, condition, hertz, stage));
            }
            for (Object result : Jobs.run(threads.count(), jobs).stream().flatMap(List::stream).toList()) {
                switch (result) {
                    case Done one -> done.add(one);
                    case Failure failure -> failures.add(failure);
                    default -> throw new IllegalStateException(String.valueOf(result));
                }
            }
        }
        write(done, usable.data(), condition, hertz);
        spec.commandLine().getOut().println(out + ": " + condition.description());
        int code = Failures.report(done.size(), failures, spec.commandLine().getOut());
        return done.isEmpty() ? Main.FAILED : code;
    }

    private List<Object> spoil(List<Utterance> utterances, Condition condition, int hertz, Progress.Stage stage) {
        SpeechReader reader = new SpeechReader(hertz, audio.channel);
        List<Object> results = new ArrayList<>();
        for (Utterance utterance : utterances) {
            try {
                SplittableRandom random = Seeds.of(seed.seed, utterance.id());
                Condition chosen = condition.chosen(random);
                Path wav = out.resolve("wav").resolve(URLEncoder.encode(utterance.id(), StandardCharsets.UTF_8) + ".wav");
                Wav.write(wav, chosen.apply(reader.read(utterance), hertz, random), hertz);
                results.add(new Done(new Utterance(utterance.id(), utterance.speaker(), wav, utterance.words()), chosen.description()));
            } catch (AudioException e) {
                results.add(new Failure("corrupt", utterance.id(), e.getMessage()));
            } catch (IllegalArgumentException e) {
                // Silence cannot have a signal-to-noise ratio, for instance.
                results.add(new Failure("corrupt", utterance.id(), utterance.audio() + ": " + e.getMessage()));
            }
            stage.step();
        }
        return results;
    }

    private void write(List<Done> done, DataDir clean, Condition condition, int hertz) throws IOException {
        DataDir.write(out, null, new DataDir(done.stream().map(Done::utterance).toList(), clean.genders(), List.of()));
        StringBuilder table = new StringBuilder();
        done.forEach(one -> table.append(one.utterance().id()).append(' ').append(one.condition()).append('\n'));
        AtomicFile.write(out.resolve("utt2condition"), table.toString());
        Map<String, String> record = new LinkedHashMap<>();
        record.put("clean", data.toAbsolutePath().normalize().toString());
        record.put("conditions", String.join(" ", conditions));
        record.put("description", condition.description());
        record.put("seed", String.valueOf(seed.seed));
        record.put("rate", String.valueOf(hertz));
        Json.write(out.resolve("corrupt.json"), record);
        if (Files.exists(data.resolve("lexicon.txt"))) {
            Files.copy(data.resolve("lexicon.txt"), out.resolve("lexicon.txt"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private int rateOfFirst(List<Utterance> utterances) {
        for (Utterance utterance : utterances) {
            try {
                return utterance.audio().read().rate();
            } catch (AudioException e) {
                continue; // named as a failure later; the next one may be whole
            }
        }
        throw new UserError(data + ": none of " + utterances.size() + " recordings can be read; check wav.scp, or give --rate to see why");
    }
}
