package io.layerplan.bench.random;

import io.layerplan.compiler.model.WeightNames;
import io.layerplan.runtime.InputException;
import io.layerplan.runtime.tensor.ElementType;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which format each matrix has.
public sealed interface WeightMix {
    /// The name of the mix, small letters.
    String label();

    /// @param layers of the model
    ElementType type(String weight, int layers);

    /// Every matrix alike.
    record Pure(ElementType type) implements WeightMix {
        @Override
        public String label() {
            return type.label();
        }

        @Override
        public ElementType type(String weight, int layers) {
            return type;
        }
    }

    /// llama.cpp's `Q4_K_M` of a model with a tied head (`llama_tensor_get_type`): Q6_K for the embedding and for the
    /// values and down projections of the first eighth, the last eighth and every third layer between; else Q4_K.
    record Q4KM() implements WeightMix {
        static final String LABEL = "q4_k_m";

        @Override
        public String label() {
            return LABEL;
        }

        @Override
        public ElementType type(String weight, int layers) {
            if (weight.equals(WeightNames.tokenEmbedding())) {
                return ElementType.Q6_K;
            }
            for (int layer = 0; layer < layers; layer++) {
                if (weight.equals(WeightNames.attnV(layer)) || weight.equals(WeightNames.ffnDown(layer))) {
                    return hasMoreBits(layer, layers) ? ElementType.Q6_K : ElementType.Q4_K;
                }
            }
            return ElementType.Q4_K;
        }

        private static boolean hasMoreBits(int layer, int layers) {
            return layer < layers / 8 || layer >= 7 * layers / 8 || (layer - layers / 8) % 3 == 2;
        }
    }

    /// The mix of a name.
    ///
    /// @throws InputException if there is none, with those that there are
    static WeightMix named(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        if (wanted.equals(Q4KM.LABEL)) {
            return new Q4KM();
        }
        return Arrays.stream(ElementType.values())
                .filter(type -> type.label().equals(wanted))
                .findFirst()
                .map(Pure::new)
                .orElseThrow(() -> new InputException(
                        "there is no format `%s`".formatted(name),
                        "there are "
                                + Stream.concat(
                                                Arrays.stream(ElementType.values())
                                                        .map(ElementType::label),
                                                Stream.of(Q4KM.LABEL))
                                        .collect(Collectors.joining(", "))));
    }
}
