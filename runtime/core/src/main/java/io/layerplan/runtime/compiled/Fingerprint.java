package io.layerplan.runtime.compiled;

import io.layerplan.runtime.backend.BackendOptions.Progress;
import io.layerplan.runtime.gguf.GgufFile;
import io.layerplan.runtime.gguf.GgufTensor;
import io.layerplan.runtime.gguf.Metadata;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.WeightReference;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What makes a model the one that a plan was compiled for: every metadata key, and every byte of the weights that the
/// program uses.
///
/// @param name    the model's name, for people
/// @param keys    checksums of the metadata keys
/// @param weights checksums of the weights' bytes
record Fingerprint(String name, Checksums keys, Checksums weights) {
    private static final int MOST_NAMED = 3;

    static Fingerprint of(GgufFile model, Program program) {
        return new Fingerprint(
                model.metadata().string(Keys.NAME).orElse("unnamed"),
                Checksums.ofKeys(model.metadata()),
                weights(model, program, Progress.NONE));
    }

    /// Of those weights of the program that the file has.
    static Checksums weights(GgufFile file, Program program, Progress progress) {
        Map<String, MemorySegment> data = new LinkedHashMap<>();
        for (WeightReference weight : program.weights()) {
            file.tensor(weight.name()).ifPresent(tensor -> data.put(tensor.name(), tensor.data()));
        }
        return Checksums.ofData(data, progress);
    }

    static Fingerprint read(Metadata metadata) {
        return new Fingerprint(
                metadata.requiredString(Keys.MODEL_NAME),
                Checksums.read(metadata, Keys.MODEL_KEYS, Keys.MODEL_KEY_CHECKSUMS),
                Checksums.read(metadata, Keys.MODEL_WEIGHTS, Keys.MODEL_WEIGHT_CHECKSUMS));
    }

    /// What a model differs in, for people; empty if it is the one.
    Optional<String> difference(GgufFile model, Program program, Progress progress) {
        return shapes(model, program)
                .or(() -> listed("key", keys.differences(Checksums.ofKeys(model.metadata()))))
                .or(() -> listed("weight", weights.differences(weights(model, program, progress))));
    }

    private static Optional<String> shapes(GgufFile model, Program program) {
        for (WeightReference weight : program.weights()) {
            Optional<GgufTensor> tensor = model.tensor(weight.name());
            if (tensor.isEmpty()) {
                return Optional.of("it has no weight `%s`".formatted(weight.name()));
            }
            GgufTensor found = tensor.get();
            if (found.type() != weight.type() || found.rows() != weight.rows() || found.columns() != weight.columns()) {
                return Optional.of("weight `%s` is %s of %d x %d, expected %s of %d x %d"
                        .formatted(
                                weight.name(),
                                found.type().label(),
                                found.rows(),
                                found.columns(),
                                weight.type().label(),
                                weight.rows(),
                                weight.columns()));
            }
        }
        return Optional.empty();
    }

    /// "key `a`, `b` and 7 more differ".
    static Optional<String> listed(String kind, List<String> names) {
        if (names.isEmpty()) {
            return Optional.empty();
        }
        String named =
                names.stream().limit(MOST_NAMED).map(name -> "`" + name + "`").collect(Collectors.joining(", "));
        int more = names.size() - Math.min(MOST_NAMED, names.size());
        return Optional.of("%s %s%s %s"
                .formatted(
                        names.size() == 1 ? kind : kind + "s",
                        named,
                        more == 0 ? "" : " and %d more".formatted(more),
                        names.size() == 1 ? "differs" : "differ"));
    }
}
