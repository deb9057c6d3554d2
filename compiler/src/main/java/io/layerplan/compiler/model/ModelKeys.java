package io.layerplan.compiler.model;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.gguf.Metadata;
import java.util.Arrays;
import java.util.OptionalDouble;

/// The keys of one model: those that begin with its architecture's name.
final class ModelKeys {
    private final Metadata metadata;
    private final String prefix;

    ModelKeys(Metadata metadata, Architecture architecture) {
        this.metadata = metadata;
        this.prefix = architecture.name() + ".";
    }

    boolean has(String suffix) {
        return metadata.has(prefix + suffix);
    }

    /// An integer from `least` to `most`.
    int whole(String suffix, int least, int most) {
        return bounded(suffix, metadata.requiredInteger(prefix + suffix), least, most);
    }

    int whole(String suffix, int least, int most, int absent) {
        return has(suffix) ? whole(suffix, least, most) : absent;
    }

    /// An integer for each layer: one that stands for all, or an array.
    int[] wholes(String suffix, int layers, int least, int most) {
        int[] values = new int[layers];
        if (!metadata.isArray(prefix + suffix)) {
            Arrays.fill(values, whole(suffix, least, most));
            return values;
        }
        int[] given = metadata.requiredIntegers(prefix + suffix);
        if (given.length != layers) {
            throw refuse(suffix, "has %d elements for %d layers".formatted(given.length, layers));
        }
        for (int i = 0; i < layers; i++) {
            values[i] = bounded(suffix, given[i], least, most);
        }
        return values;
    }

    int[] wholes(String suffix, int layers, int least, int most, int[] absent) {
        return has(suffix) ? wholes(suffix, layers, least, most) : absent;
    }

    /// A real number above zero.
    OptionalDouble positive(String suffix) {
        OptionalDouble value = metadata.real(prefix + suffix);
        if (value.isPresent() && !(value.getAsDouble() > 0 && Double.isFinite(value.getAsDouble()))) {
            throw refuse(suffix, "is %s, expected a positive number".formatted(value.getAsDouble()));
        }
        return value;
    }

    double requiredPositive(String suffix) {
        return positive(suffix).orElseGet(() -> metadata.requiredReal(prefix + suffix));
    }

    String string(String suffix, String absent) {
        return metadata.string(prefix + suffix).orElse(absent);
    }

    /// Whether the key holds an array of bools or integers rather than one value.
    boolean isArray(String suffix) {
        return metadata.isArray(prefix + suffix);
    }

    /// A bool for each layer, given as bools or as integers.
    boolean[] flags(String suffix, int layers) {
        boolean[] flags = metadata.flags(prefix + suffix).orElseThrow();
        if (flags.length != layers) {
            throw refuse(suffix, "has %d elements for %d layers".formatted(flags.length, layers));
        }
        return flags;
    }

    /// The error of a value that is of no use.
    InputException refuse(String suffix, String what) {
        return metadata.refuse(prefix + suffix, what);
    }

    private int bounded(String suffix, long value, int least, int most) {
        if (value < least || value > most) {
            throw refuse(suffix, "is %d, expected %d to %d".formatted(value, least, most));
        }
        return (int) value;
    }
}
