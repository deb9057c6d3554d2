package io.layerplan.runtime.cpu;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.cpu.machine.ProcessorInfo;
import io.layerplan.runtime.kernel.RowKernels;
import io.layerplan.runtime.kernel.scalar.ScalarRowKernels;
import io.layerplan.runtime.kernel.vector.VectorOptions;
import io.layerplan.runtime.kernel.vector.VectorRowKernels;
import java.lang.System.Logger.Level;

/// Which kernels this machine and JVM can run: `-Dlayerplan.kernels=auto|scalar|vector`. Where vectors were asked
/// for and cannot be had, that is an error; `auto` says why and takes the scalar ones, which are slow.
public final class KernelSelection {
    private static final System.Logger LOGGER = System.getLogger(KernelSelection.class.getName());
    private static final String PROPERTY = "layerplan.kernels";
    private static final int LEAST_BITS = 128;

    private KernelSelection() {}

    /// The kernels to use.
    ///
    /// @param repack whether they repack weights where that makes them faster
    public static RowKernels choose(boolean repack) {
        String wanted = System.getProperty(PROPERTY, "auto");
        if (wanted.equals("scalar")) {
            return new ScalarRowKernels();
        }
        if (!wanted.equals("auto") && !wanted.equals("vector")) {
            throw new InputException(
                    "`-D%s=%s` names no kernels".formatted(PROPERTY, wanted), "give `auto`, `scalar` or `vector`");
        }
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            return refuse(
                    wanted, "the Vector API is not in this JVM", "start it with `--add-modules jdk.incubator.vector`");
        }
        if (System.getProperty("java.vm.info", "").contains("interpreted")) {
            return refuse(wanted, "this JVM interprets only, which makes vectors slower", "start it without `-Xint`");
        }
        if (VectorRowKernels.preferredBits() < LEAST_BITS) {
            return refuse(
                    wanted,
                    "this machine's vectors have %d bits".formatted(VectorRowKernels.preferredBits()),
                    "use a machine with vectors of 128 bits or more");
        }
        // AMD's cores (Zen 4) multiply subnormal floats as fast as others, Intel's do not; no others were measured.
        boolean multipliesSubnormals = ProcessorInfo.isOfAmd();
        return new VectorRowKernels(new VectorOptions(repack, PrefillProducts.areOfIntegers(), multipliesSubnormals));
    }

    private static RowKernels refuse(String wanted, String reason, String remedy) {
        if (wanted.equals("vector")) {
            throw new InputException("vector kernels cannot be used: " + reason, remedy);
        }
        LOGGER.log(Level.WARNING, "running on slow scalar kernels: {0}; {1}", reason, remedy);
        return new ScalarRowKernels();
    }
}
