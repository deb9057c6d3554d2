package io.layerplan.runtime.tornado.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.runtime.tornado.task.DeviceTask.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TurnPlanTest {
    private static List<DeviceTask> decoder(int layers) {
        List<Kind> kinds = new ArrayList<>(List.of(Kind.EMBED));
        for (int layer = 0; layer < layers; layer++) {
            kinds.addAll(List.of(Kind.PROJECT, Kind.ATTEND, Kind.PROJECT, Kind.PROJECT, Kind.PROJECT));
        }
        kinds.add(Kind.PROJECT);
        return IntStream.range(0, kinds.size())
                .mapToObj(i -> new DeviceTask(i, kinds.get(i), List.of()))
                .toList();
    }

    @Test
    void everyTaskRunsOnceAndInOrderInASlotOfItsKind() {
        List<DeviceTask> tasks = decoder(17);
        TurnPlan plan = TurnPlan.of(tasks);
        List<Integer> order = new ArrayList<>();
        for (List<Integer> turn : plan.turns()) {
            assertThat(turn).hasSameSizeAs(plan.slots());
            for (int slot = 0; slot < turn.size(); slot++) {
                if (turn.get(slot) >= 0) {
                    assertThat(tasks.get(turn.get(slot)).kind())
                            .isEqualTo(plan.slots().get(slot));
                    order.add(turn.get(slot));
                }
            }
        }
        assertThat(order).isEqualTo(IntStream.range(0, tasks.size()).boxed().toList());
    }

    @Test
    void aDeepModelHasNoMoreSlotsThanAShallowOne() {
        assertThat(TurnPlan.of(decoder(64)).slots()).hasSizeLessThanOrEqualTo(7);
        assertThat(Collections.frequency(TurnPlan.of(decoder(64)).slots(), Kind.EMBED))
                .isEqualTo(1);
    }
}
