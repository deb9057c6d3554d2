package io.layerplan.runtime.tornado;

import io.layerplan.runtime.Executor;
import io.layerplan.runtime.InputException;
import io.layerplan.runtime.backend.BackendOptions;
import io.layerplan.runtime.backend.WeightSource;
import io.layerplan.runtime.program.Program;
import org.opentest4j.TestAbortedException;

/// The device of tests that need one: the first of TornadoVM's. Where there is none they are skipped, and say why.
final class Devices {
    private static final String GROUPS = "layerplan.tornado.groups";
    private static final String GRIDS = "layerplan.tornado.grids";

    private Devices() {}

    static void require() {
        try {
            new TornadoBackend().devices();
        } catch (InputException e) {
            throw new TestAbortedException("needs a device: " + e.getMessage(), e);
        }
    }

    static Executor open(Program program, WeightSource weights, int context, int batch) {
        return new TornadoBackend()
                .open(program, weights, BackendOptions.ofContext(context).withBatch(batch));
    }

    /// As many workgroups in every execution, until it is closed.
    static Groups fixedGrids() {
        System.setProperty(GRIDS, "fixed");
        return () -> System.clearProperty(GRIDS);
    }

    /// The workgroups of a GPU or a processor, whatever the device is, until it is closed.
    ///
    /// @param name `gpu` or `processor`
    static Groups groups(String name) {
        System.setProperty(GROUPS, name);
        return () -> System.clearProperty(GROUPS);
    }

    interface Groups extends AutoCloseable {
        @Override
        void close();
    }
}
