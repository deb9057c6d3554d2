package io.layerplan.runtime.kernel.vector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GroupsAtATimeTest {
    private static final long BYTES = GroupsAtATime.LEAST_BYTES;

    private final GroupsAtATime atATime = new GroupsAtATime();

    @ParameterizedTest
    @CsvSource({"100, 130, 1", "130, 100, 8"})
    void keepsTheFasterWay(long few, long many, int chosen) {
        assertThat(atATime.usual()).isEqualTo(GroupsAtATime.MANY);
        for (int i = 0; !atATime.isChosen(); i++) {
            assertThat(i).isLessThan(1000);
            int count = atATime.next();
            long time = count == GroupsAtATime.FEW ? few : many;
            // Nearly half of the stretches are disturbed.
            atATime.took(count, BYTES, i % 5 < 2 ? 50 * time : time);
        }
        assertThat(atATime.usual()).isEqualTo(chosen);
        assertThat(atATime.next()).isEqualTo(chosen);
    }

    @Test
    void timesBothWaysInTurn() {
        int first = atATime.next();
        atATime.took(first, BYTES, 1);
        assertThat(atATime.next()).isNotEqualTo(first);
    }

    @Test
    void comparesTimesOfBytes() {
        while (!atATime.isChosen()) {
            int count = atATime.next();
            boolean few = count == GroupsAtATime.FEW;
            atATime.took(count, few ? 4 * BYTES : BYTES, few ? 200 : 100);
        }
        assertThat(atATime.usual()).isEqualTo(GroupsAtATime.FEW);
    }

    /// While the JVM compiles the loop, one way may be much slower than the other.
    @Test
    void leavesOutTheFirstStretches() {
        for (int i = 0; !atATime.isChosen(); i++) {
            int count = atATime.next();
            boolean few = count == GroupsAtATime.FEW;
            atATime.took(count, BYTES, i < 30 && few ? 10_000 : few ? 100 : 101);
        }
        assertThat(atATime.usual()).isEqualTo(GroupsAtATime.FEW);
    }
}
