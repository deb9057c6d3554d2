package io.layerplan.runtime.tornado;

import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;

/// Ends an execution plan: its arrays and kernels leave the device. TornadoVM then marks the device as reset and
/// refuses to execute any plan on it, though code and arrays of the others are still there; so the mark is taken back.
/// Until then a plan that another thread executes there fails.
final class PlanRelease {
    private PlanRelease() {}

    static void of(TornadoExecutionPlan execution, TornadoDevice device) {
        try {
            execution.close();
        } catch (TornadoExecutionPlanException e) {
            throw new IllegalStateException("TornadoVM could not free the device's memory", e);
        } finally {
            device.getDeviceContext().setResetToFalse();
        }
    }
}
