package org.hyperhypo.asr.prepare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hyperhypo.asr.data.Utterance;

/// TIMIT, file names in either case: `TRAIN/DR1/FCJF0/SX127.WAV` (SPHERE) with `.WRD` lines `begin end word`. The two SA sentences, which all
/// speakers read, are left out. The test set is the core test set of 24 speakers; dev are the 50 test speakers that are usual for it.
final class Timit {
    private static final Set<String> CORE_TEST = Set.of("""
        MDAB0 MWBT0 FELC0 MTAS1 MWEW0 FPAS0 MJMP0 MLNT0 FPKT0 MLLL0 MTLS0 FJLM0 MBPM0 MKLT0 FNLP0 MCMJ0 MJDH0 FMGD0 MGRT0 MNJM0 FDHC0 MJLN0
        MPAM0 FMLD0""".split("\\s+"));
    private static final Set<String> DEV = Set.of("""
        FAKS0 FDAC1 FJEM0 MGWT0 MJAR0 MMDB1 MMDM2 MPDF0 FCMH0 FKMS0 MBDG0 MBWM0 MCSH0 FADG0 FDMS0 FEDW0 MGJF0 MGLB0 MRTK0 MTAA0 MTDT0 MTHC0
        MWJG0 FNMR0 FREW0 FSEM0 MBNS0 MMJR0 MDLS0 MDLF0 MDVC0 MERS0 FMAH0 FDRW0 MRCS0 MRJM4 FCAL1 MMWH0 FJSJ0 MAJC0 MJSW0 MREB0 FGJD0 FJMG0
        MROA0 MTEB0 MJFC0 MRJR0 FMML0 MRWS1""".split("\\s+"));
    private static final Pattern ENTRY = Pattern.compile("(?<word>[^ /~]+)\\S*\\s+/(?<phones>[^/]+)/.*");

    private Timit() {
    }

    static void read(Source source, Prepared.Builder out) throws IOException {
        source.files("(?i)(?:timit/)?(?<set>train|test)/dr[1-8]/(?<speaker>[a-z0-9]+)/(?<sentence>s[ix][0-9]+)\\.wrd", (file, name) -> {
            String speaker = name.group("speaker").toUpperCase(Locale.ROOT);
            String set = name.group("set").equalsIgnoreCase("train") ? "train" : CORE_TEST.contains(speaker) ? "test" : DEV.contains(speaker) ? "dev" : null;
            Path audio = beside(file);
            if (set == null) {
                return;
            }
            if (audio == null) {
                source.problem(file, 0, "no .wav beside it; unpack the corpus whole");
                return;
            }
            List<String> words = new ArrayList<>();
            for (String line : source.lines(file)) {
                String[] fields = line.strip().split("\\s+");
                if (fields.length == 3) {
                    words.add(fields[2].toUpperCase(Locale.ROOT));
                }
            }
            out.add(set, new Utterance(speaker + "-" + name.group("sentence").toUpperCase(Locale.ROOT), speaker, audio, words));
            out.gender(speaker, speaker.startsWith("F") ? "f" : "m");
        });
        source.files("(?i)(?:timit/)?doc/timitdic\\.txt", (file, name) -> {
            for (String line : source.lines(file)) {
                Matcher entry = ENTRY.matcher(line.strip());
                if (!line.startsWith(";") && entry.matches()) {
                    String phones = entry.group("phones").replaceAll("[0-9]", "").strip().replaceAll("\\s+", " ");
                    out.pronunciation((entry.group("word") + " " + phones).toUpperCase(Locale.ROOT));
                }
            }
        });
    }

    private static Path beside(Path transcript) {
        String stem = transcript.getFileName().toString().replaceAll("\\.[^.]+$", "");
        for (String extension : List.of(".WAV", ".wav", ".WAV.wav", ".wav.wav")) {
            Path audio = transcript.resolveSibling(stem + extension);
            if (Files.exists(audio)) {
                return audio;
            }
        }
        return null;
    }
}
