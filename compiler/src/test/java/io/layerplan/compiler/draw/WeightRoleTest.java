package io.layerplan.compiler.draw;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class WeightRoleTest {
    @Test
    void readsLayerAndRole() {
        assertThat(WeightRole.of("blk.4.attn_q.weight")).isEqualTo(new WeightRole(OptionalInt.of(4), "q"));
        assertThat(WeightRole.of("blk.79.ffn_down.weight")).isEqualTo(new WeightRole(OptionalInt.of(79), "down"));
    }

    @Test
    void whatBelongsToTheModelHasNoLayer() {
        assertThat(WeightRole.of("token_embd.weight")).isEqualTo(new WeightRole(OptionalInt.empty(), "head"));
    }

    @Test
    void anotherNameStaysAsItIs() {
        assertThat(WeightRole.of("blk.4.new_thing.weight")).isEqualTo(new WeightRole(OptionalInt.of(4), "new_thing"));
        assertThat(WeightRole.of("blk.99999999999.attn_q"))
                .isEqualTo(new WeightRole(OptionalInt.empty(), "blk.99999999999.attn_q"));
    }
}
