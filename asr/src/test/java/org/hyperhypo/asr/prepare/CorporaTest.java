package org.hyperhypo.asr.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.hyperhypo.asr.data.DataDir;
import org.hyperhypo.asr.data.DataException;
import org.hyperhypo.asr.data.Utterance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Small trees of the shape of each corpus; the audio files are empty.
class CorporaTest {
    @TempDir
    Path dir;

    @Test
    void freeSpokenDigits() throws Exception {
        touch("recordings/7_jackson_0.wav", "recordings/7_jackson_5.wav", "recordings/7_jackson_32.wav", "recordings/0_theo_49.wav", "README.md");
        Prepared p = prepare("free-spoken-digits");
        assertEquals(List.of("jackson-7-32", "theo-0-49"), ids("train"));
        assertEquals(List.of("SEVEN"), words("dev", 0));
        assertEquals(List.of("jackson-7-00"), ids("test"));
        assertEquals(11, p.lexicon().size());
        assertTrue(Files.readString(dir.resolve("out/lexicon.txt")).contains("SEVEN S EH V AH N\n"));
    }

    @Test
    void aSourceThatIsALinkIsFollowed() throws Exception {
        touch("recordings/7_jackson_32.wav");
        Files.move(dir.resolve("source"), dir.resolve("elsewhere"));
        Files.createSymbolicLink(dir.resolve("source"), dir.resolve("elsewhere"));
        prepare("free-spoken-digits");
        assertEquals(List.of("jackson-7-32"), ids("train"));
    }

    @Test
    void speechCommands() throws Exception {
        touch("bird/0a7c2a8d_nohash_0.wav", "bird/0a7c2a8d_nohash_1.wav", "yes/ffd2ba2f_nohash_4.wav", "zero/aa_nohash_0.wav", "_background_noise_/pink_noise.wav");
        put("validation_list.txt", "bird/0a7c2a8d_nohash_0.wav\nbird/0a7c2a8d_nohash_1.wav\n");
        put("testing_list.txt", "yes/ffd2ba2f_nohash_4.wav\n");
        Prepared p = prepare("speech-commands");
        assertEquals(List.of("0a7c2a8d-bird-0", "0a7c2a8d-bird-1"), ids("dev"));
        assertEquals(List.of("YES"), words("test", 0));
        assertEquals(List.of("aa-zero-0"), ids("train"));
        assertEquals(List.of("BIRD B ER D", "YES Y EH S", "ZERO Z IH R OW", "ZERO Z IY R OW"), p.lexicon().stream().sorted().toList());
    }

    @Test
    void arabicSpeechCommands() throws Exception {
        touch("dataset/backward/00000014_NO_01.wav", "dataset/zoom in/00000030_NO_02.wav", "dataset/zero/00000002_NO_10.wav");
        put("train.csv", "file,class\ndataset/zoom in/00000030_NO_02.wav,zoom in\n");
        put("val.csv", "file,class\ndataset/zero/00000002_NO_10.wav,zero\ndataset/zero/00000002_NO_11.wav,zero\nrubbish\n");
        put("test.csv", "file,class\ndataset/backward/00000014_NO_01.wav,backward\n");
        Prepared p = prepare("arabic-speech-commands");
        assertEquals(List.of("00000030-zoom_in-02"), ids("train"));
        assertEquals(List.of("ZOOM_IN"), words("train", 0));
        assertEquals(List.of("00000014-backward-01"), ids("test"));
        assertEquals(2, p.problems().size());
        assertTrue(p.problems().get(0).toString().contains("val.csv:3: no file dataset/zero/00000002_NO_11.wav"), p.problems().toString());
        assertFalse(Files.exists(dir.resolve("out/lexicon.txt")));
    }

    @Test
    void librispeech() throws Exception {
        touch("dev-clean/84/121123/84-121123-0000.flac", "dev-clean/84/121123/84-121123-0001.flac", "train-clean-100/19/198/19-198-0000.flac");
        put("dev-clean/84/121123/84-121123.trans.txt", "84-121123-0000 GO DO YOU HEAR\n84-121123-0001 BUT IN LESS\n84-121123-0002 GONE\n84-121123-0003\n");
        put("train-clean-100/19/198/19-198.trans.txt", "19-198-0000 NORTHANGER ABBEY\n");
        put("SPEAKERS.TXT", ";ID  |SEX| SUBSET\n84   | F | dev-clean        |  8.02 | Christie Nowak\n19   | M | train-clean-100 | 25 | A | B\n");
        Prepared p = prepare("librispeech");
        assertEquals(List.of("84-121123-0000", "84-121123-0001"), ids("dev-clean"));
        assertEquals(List.of("GO", "DO", "YOU", "HEAR"), words("dev-clean", 0));
        assertEquals("f", DataDir.read(dir.resolve("out/dev-clean"), null).genders().get("84"));
        assertEquals(List.of("19-198-0000"), ids("train-clean-100"));
        assertEquals(2, p.problems().size());
    }

    @Test
    void speechocean762() throws Exception {
        StringBuilder scp = new StringBuilder();
        StringBuilder text = new StringBuilder();
        StringBuilder speakers = new StringBuilder();
        for (int s = 1; s <= 8; s++) {
            touch("WAVE/SPEAKER000" + s + "/000" + s + "0011.WAV");
            scp.append("000").append(s).append("0011\tWAVE/SPEAKER000").append(s).append("/000").append(s).append("0011.WAV\n");
            text.append("000").append(s).append("0011\tMARK IS GOING TO SEE ELEPHANT\n");
            speakers.append("000").append(s).append("0011\t000").append(s).append("\n");
        }
        for (String set : List.of("train", "test")) {
            put(set + "/wav.scp", scp.toString());
            put(set + "/text", text.toString());
            put(set + "/utt2spk", speakers.toString());
            put(set + "/spk2gender", "0001 m\n");
        }
        put("resource/lexicon.txt", "MARK\tM AA0 R K\n");
        Prepared p = prepare("speechocean762");
        assertEquals(List.of("0008-00080011"), ids("dev"));
        assertEquals(7, ids("train").size());
        assertEquals(8, ids("test").size());
        assertEquals(List.of("MARK M AA0 R K"), p.lexicon());
    }

    @Test
    void timitInEitherCase() throws Exception {
        touch("TRAIN/DR1/FCJF0/SX127.WAV", "TRAIN/DR1/FCJF0/SA1.WAV", "TEST/DR1/MDAB0/SI1039.WAV", "TEST/DR1/FAKS0/SX43.WAV", "TEST/DR1/MJSW1/SX1.WAV");
        put("TRAIN/DR1/FCJF0/SX127.WRD", "2260 5600 the\n5600 9840 emperor\n9840 14000 don't\n");
        put("TRAIN/DR1/FCJF0/SA1.WRD", "0 1 she\n");
        put("TEST/DR1/MDAB0/SI1039.WRD", "0 1 he\n");
        put("TEST/DR1/FAKS0/SX43.WRD", "0 1 we\n");
        put("TEST/DR1/MJSW1/SX1.WRD", "0 1 you\n");
        put("DOC/TIMITDIC.TXT", "; comment\n'em  /ax m/\nabbreviate  /ax b r iy1 v iy ey2 t/\nlive~v /l ih1 v/\n");
        Prepared p = prepare("timit");
        assertEquals(List.of("FCJF0-SX127"), ids("train"));
        assertEquals(List.of("THE", "EMPEROR", "DON'T"), words("train", 0));
        assertEquals(List.of("MDAB0-SI1039"), ids("test"));
        assertEquals(List.of("FAKS0-SX43"), ids("dev"));
        assertEquals(List.of("'EM AX M", "ABBREVIATE AX B R IY V IY EY T", "LIVE L IH V"), p.lexicon());
        Files.move(dir.resolve("source"), dir.resolve("upper"));
        touch("train/dr1/fcjf0/sx127.wav");
        put("train/dr1/fcjf0/sx127.wrd", "2260 5600 the\n");
        prepare("timit");
        assertEquals(List.of("FCJF0-SX127"), ids("train"));
    }

    @Test
    void an4() throws Exception {
        touch("wav/an4_clstk/fash/an251-fash-b.sph", "wav/an4test_clstk/fcaw/an406-fcaw-b.sph");
        put("etc/an4_train.fileids", "an4_clstk/fash/an251-fash-b\nan4_clstk/fash/an253-fash-b\nan4_clstk/fash/an254-fash-b\n");
        put("etc/an4_train.transcription", "<s> YES </s> (an251-fash-b)\n<s> GO </s> (an253-fash-b)\n<s> NO </s> (an999-fash-b)\n");
        put("etc/an4_test.fileids", "an4test_clstk/fcaw/an406-fcaw-b\n");
        put("etc/an4_test.transcription", "RUBOUT G M E F THREE NINE (an406-fcaw-b)\n");
        put("etc/an4.dic", "A                    AH\nA(2)                 EY\n");
        Prepared p = prepare("an4");
        assertEquals(List.of("fash-an251-fash-b"), ids("train"));
        assertEquals(List.of("RUBOUT", "G", "M", "E", "F", "THREE", "NINE"), words("test", 0));
        assertEquals(List.of("A AH", "A EY"), p.lexicon());
        assertEquals(List.of(2, 3), p.problems().stream().map(problem -> problem.line()).toList());
    }

    @Test
    void anotherFolderIsRefusedWithWhatShouldBeThere() throws Exception {
        Files.createDirectories(dir.resolve("source"));
        for (Corpora.Kind kind : Corpora.ALL) {
            String text = assertThrows(DataException.class, () -> kind.read(dir.resolve("source")), kind.name()).getMessage();
            assertTrue(text.contains("source") && text.contains(";"), text);
        }
        assertThrows(DataException.class, () -> Corpora.of("timit").read(dir.resolve("nowhere")));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Corpora.of("wsj")).getMessage().contains("known are free-spoken-digits"));
    }

    @Test
    void damagedTablesLeaveOutOrRefuseAndNothingElse() throws Exception {
        System.out.println("seed 41");
        SplittableRandom random = new SplittableRandom(41);
        an4();
        List<String> tables = List.of("etc/an4_train.fileids", "etc/an4_train.transcription", "etc/an4.dic");
        for (int round = 0; round < 300; round++) {
            Path table = dir.resolve("source").resolve(tables.get(random.nextInt(3)));
            byte[] good = Files.readAllBytes(table);
            byte[] data = good.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                data[random.nextInt(data.length)] = (byte) random.nextInt();
            }
            Files.write(table, data);
            try {
                assertTrue(Corpora.of("an4").read(dir.resolve("source")).sets().size() <= 2);
            } catch (DataException e) {
                assertFalse(e.problems().isEmpty());
            }
            Files.write(table, good);
        }
    }

    private Prepared prepare(String kind) throws IOException {
        Prepared prepared = Corpora.of(kind).read(dir.resolve("source"));
        prepared.write(dir.resolve("out"));
        return prepared;
    }

    private List<String> ids(String set) throws IOException {
        return DataDir.read(dir.resolve("out").resolve(set), null).utterances().stream().map(Utterance::id).toList();
    }

    private List<String> words(String set, int utterance) throws IOException {
        return DataDir.read(dir.resolve("out").resolve(set), null).utterances().get(utterance).words();
    }

    private void touch(String... files) throws IOException {
        for (String file : files) {
            put(file, "");
        }
    }

    private void put(String file, String text) throws IOException {
        Path path = dir.resolve("source").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
