package io.layerplan.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.compiler.graph.ValueType.Activations;
import io.layerplan.runtime.program.Buffer.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PackingTest {
    private static final int LAUNCHES = 30;

    private static Tenancy tenancy(int width, int from, int to) {
        Tenancy tenancy = new Tenancy(new Activations(Rows.TOKENS, width), from);
        tenancy.lastsTo(to);
        return tenancy;
    }

    private static List<Tenancy> random(int seed, int... widths) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Tenancy> tenancies = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            int from = random.nextInt(LAUNCHES);
            int to = Math.min(LAUNCHES, from + random.nextInt(1 + random.nextInt(LAUNCHES)));
            tenancies.add(tenancy(widths[random.nextInt(widths.length)], from, to));
        }
        return tenancies;
    }

    private static boolean isTaken(Tenancy tenancy, int launch) {
        return tenancy.from() <= launch && launch <= tenancy.to();
    }

    @Test
    void whatOverlapsLiesApart() {
        for (int seed = 0; seed < 200; seed++) {
            List<Tenancy> tenancies = random(seed, 8, 16, 48);
            List<Packing.Slot> slots = Packing.pack(tenancies);
            assertThat(slots.stream().mapToInt(slot -> slot.tenancies().size()).sum())
                    .isEqualTo(tenancies.size());
            for (Packing.Slot slot : slots) {
                assertThat(slot.tenancies()).allMatch(tenancy -> tenancy.width() <= slot.width());
                for (int launch = 0; launch <= LAUNCHES; launch++) {
                    int at = launch;
                    assertThat(slot.tenancies().stream().filter(tenancy -> isTaken(tenancy, at)))
                            .hasSizeLessThanOrEqualTo(1);
                }
            }
        }
    }

    @Test
    void ofOneWidthThereAreAsManySlotsAsLiveAtOnce() {
        for (int seed = 0; seed < 200; seed++) {
            List<Tenancy> tenancies = random(seed, 8);
            long most = IntStream.rangeClosed(0, LAUNCHES)
                    .mapToLong(launch -> tenancies.stream()
                            .filter(tenancy -> isTaken(tenancy, launch))
                            .count())
                    .max()
                    .orElseThrow();
            assertThat(Packing.pack(tenancies)).hasSize((int) most);
        }
    }

    @Test
    void aNarrowOneTakesAWidePlaceThatIsFree() {
        Tenancy narrow = tenancy(8, 0, 1);
        Tenancy wide = tenancy(48, 2, 3);
        assertThat(Packing.pack(List.of(narrow, wide))).singleElement().satisfies(slot -> {
            assertThat(slot.width()).isEqualTo(48);
            assertThat(slot.tenancies()).containsExactly(wide, narrow);
        });
        assertThat(Packing.pack(List.of(narrow, tenancy(48, 1, 3)))).hasSize(2);
    }
}
