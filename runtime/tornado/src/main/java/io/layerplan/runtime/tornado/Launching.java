package io.layerplan.runtime.tornado;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.tornado.task.Capabilities;
import io.layerplan.runtime.tornado.task.Feature;
import java.util.Locale;

/// How executions of the graph are started: `-Dlayerplan.tornado.grids=sized|fixed|recorded`.
enum Launching {
    /// One launch after another, each with as many workgroups as there is work for.
    SIZED,

    /// The same with as many workgroups as there may ever be work for: what a recording needs, on every device.
    FIXED,

    /// As a recorded graph, which is started by one call, with the workgroups that it was recorded with.
    RECORDED;

    private static final String PROPERTY = "layerplan.tornado.grids";

    /// What is asked for.
    ///
    /// @throws InputException if that is none of the three, or more than the device can do
    static Launching of(Capabilities capabilities) {
        String asked = System.getProperty(PROPERTY, "sized");
        for (Launching each : values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(asked)) {
                if (each == RECORDED) {
                    capabilities.require(Feature.RECORDED_GRAPHS, "leave `-D%s=recorded` out".formatted(PROPERTY));
                }
                return each;
            }
        }
        throw new InputException(
                "`-D%s=%s` names no way to start executions".formatted(PROPERTY, asked),
                "give `sized`, `fixed` or `recorded`");
    }
}
