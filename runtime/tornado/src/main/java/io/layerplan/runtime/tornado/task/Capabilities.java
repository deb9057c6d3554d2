package io.layerplan.runtime.tornado.task;

import static io.layerplan.runtime.tornado.task.Feature.DOT_INT8;
import static io.layerplan.runtime.tornado.task.Feature.MATRIX_CORES;
import static io.layerplan.runtime.tornado.task.Feature.RECORDED_GRAPHS;
import static io.layerplan.runtime.tornado.task.Feature.SHUFFLES;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.program.NumericMode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// What a device of one of TornadoVM's backends can do, as far as kernels may ask for it. Lowering refuses what is not
/// there. The table says what the sources of TornadoVM 5.2 have code for: of it, only OpenCL's line was executed.
///
/// @param backend    for people
/// @param localBytes the local memory that a workgroup may have
public record Capabilities(String backend, Set<Feature> features, long localBytes) {
    private static final List<Capabilities> TABLE = List.of(
            new Capabilities("OpenCL", Set.of(), 0),
            new Capabilities("CUDA", Set.of(SHUFFLES, DOT_INT8, MATRIX_CORES, RECORDED_GRAPHS), 0),
            new Capabilities("PTX", Set.of(SHUFFLES, DOT_INT8, MATRIX_CORES, RECORDED_GRAPHS), 0),
            new Capabilities("SPIRV", Set.of(), 0),
            new Capabilities("Metal", Set.of(SHUFFLES), 0));

    public Capabilities {
        features = Set.copyOf(features);
    }

    /// Those of a device.
    ///
    /// @param backend    TornadoVM's name of its backend
    /// @param localBytes the device's local memory
    /// @throws InputException if the backend is none of those known
    public static Capabilities of(String backend, long localBytes) {
        return TABLE.stream()
                .filter(each -> each.backend().equalsIgnoreCase(backend))
                .map(each -> new Capabilities(each.backend(), each.features(), localBytes))
                .findFirst()
                .orElseThrow(() -> new InputException(
                        "TornadoVM's backend `%s` is not known".formatted(backend.toLowerCase(Locale.ROOT)),
                        "use one of " + names(TABLE)));
    }

    private static String names(List<Capabilities> backends) {
        return backends.stream().map(Capabilities::backend).collect(Collectors.joining(", "));
    }

    /// For people.
    public List<String> names() {
        return features.stream().sorted().map(Feature::text).toList();
    }

    /// Refuses what the backend cannot do.
    ///
    /// @param instead what to do where there is none
    /// @throws InputException if the backend has no such feature
    public void require(Feature feature, String instead) {
        if (!features.contains(feature)) {
            List<Capabilities> able = TABLE.stream()
                    .filter(each -> each.features().contains(feature))
                    .toList();
            throw new InputException(
                    "TornadoVM's backend `%s` has no %s".formatted(backend, feature.text()),
                    "%s, or use a device of %s".formatted(instead, names(able)));
        }
    }

    /// Refuses a numeric mode that no kernel here has.
    ///
    /// @throws InputException if products in the mode are not implemented
    public void require(NumericMode mode) {
        if (mode == NumericMode.Q8) {
            throw new InputException(
                    "the backend `tornado` (%s) has no kernels for the numeric mode `q8`".formatted(backend),
                    "compile the plan with `--numeric f32`, or run with `--backend cpu`");
        }
    }

    /// Refuses a device whose workgroups have too little local memory for the kernels.
    ///
    /// @throws InputException if it is less than [LocalMemory#BYTES]
    public void requireLocalMemory() {
        if (localBytes < LocalMemory.BYTES) {
            throw new InputException(
                    "a workgroup of the device has %d kB of local memory, and the kernels take %d kB"
                            .formatted(localBytes >> 10, Math.ceilDiv(LocalMemory.BYTES, 1 << 10)),
                    "use another device, or run with `--backend cpu`");
        }
    }
}
