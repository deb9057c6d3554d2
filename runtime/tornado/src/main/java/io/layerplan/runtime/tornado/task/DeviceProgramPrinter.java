package io.layerplan.runtime.tornado.task;

import java.util.Map;
import java.util.TreeMap;

/// The text of a lowered program, for golden files: its arrays, the shape of its graph, and a line for each job.
public final class DeviceProgramPrinter {
    private DeviceProgramPrinter() {}

    public static String print(DeviceProgram lowered, GroupShape shape) {
        StringBuilder text = new StringBuilder();
        DeviceProgram.Sizes sizes = lowered.sizes();
        Extent extent = lowered.extent();
        text.append("context %d, batch %d, outputs %d\n".formatted(extent.context(), extent.batch(), extent.outputs()));
        text.append("floats %d, words %d, buffers %d, cache %d, angles %d, logits %d\n"
                .formatted(
                        sizes.floats(), sizes.words(), sizes.buffers(), sizes.cache(), sizes.angles(), sizes.logits()));
        for (Map.Entry<Integer, Float> number : new TreeMap<>(lowered.numbers()).entrySet()) {
            text.append("f%d = %s\n".formatted(number.getKey(), number.getValue()));
        }
        lowered.vectors()
                .forEach(vector -> text.append(
                        "f%d = w%d, %d floats\n".formatted(vector.offset(), vector.weight(), vector.size())));
        TurnPlan turns = TurnPlan.of(lowered.tasks());
        text.append("graph %s, %d executions\n"
                .formatted(turns.slots(), turns.turns().size()));
        for (DeviceTask task : lowered.tasks()) {
            TaskTable.Encoded table = TaskTable.encode(task, shape);
            text.append("launch %d: %s, %d workgroups for %d %s\n"
                    .formatted(
                            task.launch(),
                            task.kind(),
                            table.groups(),
                            table.tokens(),
                            table.outputs() ? "outputs" : "tokens"));
            task.jobs().forEach(job -> text.append("  ").append(job.text()).append('\n'));
        }
        return text.toString();
    }
}
