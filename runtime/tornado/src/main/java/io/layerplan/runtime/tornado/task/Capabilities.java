package io.layerplan.runtime.tornado.task;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.program.NumericMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What TornadoVM's backends can do, as far as kernels may ask for it. `simdSum` and `simdShuffleDown` compile to an
/// identity on OpenCL, without a word; so a kernel asks here first, and lowering refuses what is not there.
///
/// @param shuffles  sums and shifts over the work items of a warp
/// @param dotInt8   products of four 8-bit integers at a time
/// @param matrixCores products of small matrices in one instruction
/// @param graphs    a recorded execution that is started by one call
/// @param localBytes the least local memory that a workgroup has
public record Capabilities(
        String backend, boolean shuffles, boolean dotInt8, boolean matrixCores, boolean graphs, int localBytes) {
    private static final int USUAL_LOCAL = 32 << 10;

    public static final Capabilities OPENCL = new Capabilities("OpenCL", false, false, false, false, USUAL_LOCAL);
    public static final Capabilities CUDA = new Capabilities("CUDA", true, true, true, true, USUAL_LOCAL);
    public static final Capabilities PTX = new Capabilities("PTX", true, true, true, true, USUAL_LOCAL);
    public static final Capabilities SPIRV = new Capabilities("SPIRV", false, false, false, false, USUAL_LOCAL);
    public static final Capabilities METAL = new Capabilities("Metal", true, false, false, false, USUAL_LOCAL);

    /// All that are known.
    public static final List<Capabilities> ALL = List.of(OPENCL, CUDA, PTX, SPIRV, METAL);

    /// Those of a backend by TornadoVM's name of it.
    ///
    /// @throws InputException if it is none of those known
    public static Capabilities of(String backend) {
        return ALL.stream()
                .filter(each -> each.backend().equalsIgnoreCase(backend))
                .findFirst()
                .orElseThrow(() -> new InputException(
                        "TornadoVM's backend `%s` is not known".formatted(backend.toLowerCase(Locale.ROOT)),
                        "use one of " + ALL.stream().map(Capabilities::backend).toList()));
    }

    /// For people.
    public List<String> names() {
        List<String> names = new ArrayList<>();
        add(names, shuffles, "shuffles");
        add(names, dotInt8, "int8 dot products");
        add(names, matrixCores, "matrix cores");
        add(names, graphs, "recorded graphs");
        return names;
    }

    private static void add(List<String> names, boolean has, String name) {
        if (has) {
            names.add(name);
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
}
