package org.hyperhypo.experiments.model;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hyperhypo.asr.features.FeatureOptions;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.report.Json;

/// How features were made: the filterbank, the normalisation, the derivatives. A model keeps the settings it was trained on; data must match them.
///
/// @param cmvn          over what means (and variances) are taken
/// @param variance      divide by the deviation too
/// @param slidingFrames window of `SLIDING`
/// @param centred       that window lies around the frame, otherwise before it
/// @param deltas        order of the time derivatives that are appended after normalisation, 0 for none
public record FeatureSettings(FeatureOptions options, Cmvn cmvn, boolean variance, int slidingFrames, boolean centred, int deltas) {

    /// What means and variances are taken over.
    public enum Cmvn { NONE, UTTERANCE, SPEAKER, GLOBAL, SLIDING }

    public FeatureSettings {
        if (slidingFrames < 1 || deltas < 0 || deltas > 10) {
            throw new IllegalArgumentException("slidingFrames " + slidingFrames + ", deltas " + deltas + ": must be 1 or more, 0 to 10");
        }
    }

    /// Mean and variance, no derivatives.
    public FeatureSettings(FeatureOptions options, Cmvn cmvn) {
        this(options, cmvn, true, 600, true, 0);
    }

    /// "mel", "mfcc" (13 cepstra) or "gammatone" with so many bands at a sampling rate; everything else as usual.
    public static FeatureSettings of(String kind, int bands, int rate, Cmvn cmvn) {
        FeatureOptions options = switch (kind) {
            case "mel" -> FeatureOptions.mel(bands, rate);
            case "mfcc" -> FeatureOptions.mfcc(Math.min(13, bands), bands, rate);
            case "gammatone" -> FeatureOptions.gammatone(bands, rate);
            default -> throw new UserError("features of kind \"" + kind + "\" are not known; use mel, mfcc or gammatone");
        };
        return new FeatureSettings(options, cmvn);
    }

    /// Floats a frame.
    public int columns() {
        return options.columns() * (1 + deltas);
    }

    /// One entry an option, in the order of the records.
    public Map<String, String> describe() {
        Map<String, String> all = new LinkedHashMap<>();
        describe(this, all);
        all.remove("options");
        describe(options, all);
        return all;
    }

    private static void describe(Record record, Map<String, String> all) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            try {
                all.put(component.getName(), String.valueOf(component.getAccessor().invoke(record)));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    public String toJson() {
        return Json.text(describe());
    }

    /// The settings that [#describe()] wrote.
    ///
    /// @param source what messages call the place they came from
    public static FeatureSettings parse(Map<?, ?> all, String source) {
        try {
            return parse(FeatureSettings.class, all, source);
        } catch (InvocationTargetException e) {
            throw new UserError(source + ": feature options cannot be used (" + e.getCause().getMessage() + "); compute the features again", e);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            throw new UserError(source + ": feature options cannot be read (" + e.getMessage() + "); compute the features again", e);
        }
    }

    private static <R extends Record> R parse(Class<R> type, Map<?, ?> all, String source) throws ReflectiveOperationException {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            Object text = all.get(components[i].getName());
            if (types[i] == FeatureOptions.class) {
                values[i] = parse(FeatureOptions.class, all, source);
            } else if (text == null) {
                throw new UserError(source + ": feature option \"" + components[i].getName() + "\" is missing; compute the features again");
            } else {
                values[i] = value(types[i], text.toString());
            }
        }
        return type.getDeclaredConstructor(types).newInstance(values);
    }

    /// Complains when data made with `other` is given to what was made with this.
    public void require(FeatureSettings other, String name) {
        Map<String, String> mine = describe();
        Map<String, String> theirs = other.describe();
        for (String key : mine.keySet()) {
            if (!mine.get(key).equals(theirs.get(key))) {
                throw new UserError(name + ": features with " + key + " = " + theirs.get(key) + " do not fit the model, which was trained with "
                        + key + " = " + mine.get(key) + "; compute them again with that option");
            }
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Object value(Class<?> type, String text) {
        if (type == int.class) {
            return Integer.parseInt(text);
        } else if (type == long.class) {
            return Long.parseLong(text);
        } else if (type == double.class) {
            return Double.parseDouble(text);
        } else if (type == boolean.class) {
            return Boolean.parseBoolean(text);
        }
        return Enum.valueOf((Class<Enum>) type, text);
    }
}
