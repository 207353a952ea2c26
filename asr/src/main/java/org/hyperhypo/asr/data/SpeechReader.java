package org.hyperhypo.asr.data;

import org.hyperhypo.asr.audio.Audio;
import org.hyperhypo.asr.audio.AudioException;
import org.hyperhypo.asr.audio.AudioSource;
import org.hyperhypo.asr.audio.Resampler;

/// Samples of utterances: the recording, one channel of it, the segment, the wanted rate. The last recording is kept, so that the segments
/// of a long one read it once. One per thread.
public final class SpeechReader {
    /// The average of all channels.
    public static final int MIX = -1;

    private final int rate;
    private final int channel;
    private AudioSource source;
    private Audio audio;

    /// @param rate    of the samples, in Hz
    /// @param channel counted from 0, or [#MIX]; a segment that names a channel has its own
    public SpeechReader(int rate, int channel) {
        this.rate = rate;
        this.channel = channel;
    }

    /// Samples −1..1 of the utterance.
    public float[] read(Utterance utterance) throws AudioException {
        if (!utterance.audio().equals(source)) {
            audio = null;
            source = null;
            audio = utterance.audio().read();
            source = utterance.audio();
        }
        Segment segment = utterance.segment();
        int number = segment != null && segment.channel() >= 0 ? segment.channel() : channel;
        if (number >= audio.channels().length) {
            throw new AudioException(source.toString(), "channel " + number + " is asked for, it has channels 0 to " + (audio.channels().length - 1));
        }
        float[] samples = number == MIX ? audio.mono() : audio.channel(number);
        if (segment != null) {
            samples = segment.cut(samples, audio.rate(), source.toString());
        }
        return Resampler.resample(samples, audio.rate(), rate);
    }
}
