package io.layerplan.compiler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

final class LayersTest {
    /// The first numbers of the reference implementation for seed 1234567.
    @Test
    void theGeneratorIsSplitMix64() {
        var generator = new SplitMix64(1234567);
        assertThat(Long.toUnsignedString(generator.next())).isEqualTo("6457827717110365317");
        assertThat(Long.toUnsignedString(generator.next())).isEqualTo("3203168211198807973");
        assertThat(Long.toUnsignedString(generator.next())).isEqualTo("9817491932198370423");
    }

    @Test
    void aShuffleIsTheSameForEver() {
        assertThat(Layers.range(0, 7, 1).shuffled(42)).hasToString("[3, 1, 6, 2, 4, 0, 7, 5]");
        assertThat(Layers.of(5).shuffled(42)).hasToString("[5]");
    }

    @Test
    void rangesStopAtOrBeforeTheirEnd() {
        assertThat(Layers.range(0, 5, 2)).hasToString("[0, 2, 4]");
        assertThat(Layers.range(0, 4, 2).reversed()).hasToString("[4, 2, 0]");
        assertThat(Layers.range(3, 2, 1).size()).isZero();
    }

    @Test
    void setsOfLayersPrintAsRanges() {
        var layers = new BitSet();
        layers.set(4, 10);
        layers.set(17);
        assertThat(LayerRanges.of(layers)).isEqualTo("4..9, 17");
        assertThat(LayerRanges.of(new BitSet())).isEmpty();
    }
}
