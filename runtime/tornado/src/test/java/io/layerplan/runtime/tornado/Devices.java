package io.layerplan.runtime.tornado;

import io.layerplan.runtime.Executor;
import io.layerplan.runtime.InputException;
import io.layerplan.runtime.backend.BackendOptions;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.tensor.Matrix;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/// The device of tests that need one: the first of TornadoVM's. Where there is none they are skipped, and say why.
final class Devices {
    private Devices() {}

    static void require() {
        try {
            new TornadoBackend().devices();
        } catch (InputException e) {
            throw new TestAbortedException("needs a device: " + e.getMessage(), e);
        }
    }

    static Executor open(
            Program program, Function<String, ? extends @Nullable Matrix> weights, int context, int batch) {
        return new TornadoBackend()
                .open(program, weights::apply, BackendOptions.ofContext(context).withBatch(batch));
    }
}
