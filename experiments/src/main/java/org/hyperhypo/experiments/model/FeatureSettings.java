package org.hyperhypo.experiments.model;

import java.lang.reflect.InvocationTargetException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hyperhypo.asr.features.FeatureOptions;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.report.Json;

/// How features were made: the filterbank and the normalisation. A model keeps the settings it was trained on; data must match them.
///
/// @param cmvn over what mean and variance are normalised
public record FeatureSettings(FeatureOptions options, Cmvn cmvn) {

    /// What mean and variance are taken over.
    public enum Cmvn { NONE, UTTERANCE, SPEAKER, GLOBAL }

    /// "mel" or "gammatone" with so many bands at a sampling rate; everything else as usual, log compression, `SPEAKER` normalisation.
    public static FeatureSettings of(String kind, int bands, int rate, Cmvn cmvn) {
        FeatureOptions options = switch (kind) {
            case "mel" -> FeatureOptions.mel(bands, rate);
            case "gammatone" -> FeatureOptions.gammatone(bands, rate);
            default -> throw new UserError("features of kind \"" + kind + "\" are not known; use mel or gammatone");
        };
        return new FeatureSettings(options, cmvn);
    }

    /// One entry an option, in the order of the record.
    public Map<String, String> describe() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("cmvn", cmvn.name());
        for (var component : FeatureOptions.class.getRecordComponents()) {
            try {
                all.put(component.getName(), String.valueOf(component.getAccessor().invoke(options)));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return all;
    }

    public String toJson() {
        return Json.text(describe());
    }

    /// The settings that [#describe()] wrote.
    ///
    /// @param source what messages call the place they came from
    public static FeatureSettings parse(Map<?, ?> all, String source) {
        try {
            Class<?>[] types = new Class<?>[FeatureOptions.class.getRecordComponents().length];
            Object[] values = new Object[types.length];
            for (int i = 0; i < types.length; i++) {
                var component = FeatureOptions.class.getRecordComponents()[i];
                types[i] = component.getType();
                Object text = all.get(component.getName());
                if (text == null) {
                    throw new UserError(source + ": feature option \"" + component.getName() + "\" is missing; compute the features again");
                }
                values[i] = value(types[i], text.toString());
            }
            FeatureOptions options = FeatureOptions.class.getDeclaredConstructor(types).newInstance(values);
            return new FeatureSettings(options, Cmvn.valueOf(String.valueOf(all.get("cmvn"))));
        } catch (InvocationTargetException e) {
            throw new UserError(source + ": feature options cannot be used (" + e.getCause().getMessage() + "); compute the features again", e);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            throw new UserError(source + ": feature options cannot be read (" + e.getMessage() + "); compute the features again", e);
        }
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
        } else if (type == double.class) {
            return Double.parseDouble(text);
        } else if (type == boolean.class) {
            return Boolean.parseBoolean(text);
        }
        return Enum.valueOf((Class<Enum>) type, text);
    }
}
