package io.layerplan.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.backend.WeightSource;
import io.layerplan.runtime.cpu.weight.RepackedWeights;
import io.layerplan.runtime.cpu.weight.Weights;
import io.layerplan.runtime.kernel.RowKernels;
import io.layerplan.runtime.kernel.grouped.GroupedLayout;
import io.layerplan.runtime.kernel.grouped.GroupedRows;
import io.layerplan.runtime.kernel.scalar.ScalarRowKernels;
import io.layerplan.runtime.kernel.vector.VectorRowKernels;
import io.layerplan.runtime.program.Heads;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.program.WeightUses;
import io.layerplan.runtime.tensor.ElementType;
import io.layerplan.runtime.tensor.Matrix;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A program whose output head comes repacked for integer products, and one more weight by mistake of another size.
class WeightsTest {
    private static final TinyDecoder DECODER =
            new TinyDecoder(ElementType.Q4_0, 1, 64, 64, new Heads(2, 1, 32, 0.25), NumericMode.Q8, true);
    private static final String NAME = "q0";

    /// The decoder's weights, one of them repacked alone.
    private record Repacked(MemorySegment bytes) implements WeightSource {
        @Override
        public @Nullable Matrix matrix(String name) {
            return name.equals(NAME) ? null : DECODER.weights().get(name);
        }

        @Override
        public Optional<MemorySegment> stored(String name) {
            return name.equals(NAME) ? Optional.of(bytes) : Optional.empty();
        }
    }

    private static MemorySegment repacked() {
        Matrix weight = Objects.requireNonNull(DECODER.weights().get(NAME));
        GroupedLayout layout = GroupedLayout.of(weight.type()).orElseThrow();
        MemorySegment bytes = MemorySegment.ofArray(new long[(int) layout.bytes(weight.rows(), weight.columns()) / 8]);
        GroupedRows.write(weight, layout, bytes);
        return bytes;
    }

    private static CpuExecutor executor(WeightSource source, RowKernels kernels) {
        return new CpuExecutor(DECODER.program(), source, new CpuOptions(1, 16, 16), kernels);
    }

    @Test
    void aWeightMayBeThereInItsRepackedFormAlone() {
        try (CpuExecutor all = executor(DECODER.weights()::get, new VectorRowKernels());
                CpuExecutor one = executor(new Repacked(repacked()), new VectorRowKernels())) {
            assertThat(one.forward(new int[] {3, 1}, 1)).isEqualTo(all.forward(new int[] {3, 1}, 1));
            assertThat(one.estimate().repacked())
                    .isEqualTo(all.estimate().repacked() - repacked().byteSize());
        }
    }

    @Test
    void whatIsRepackedLiesInOnePiece() {
        RowKernels kernels = new VectorRowKernels();
        Weights weights = new Weights(DECODER.program(), DECODER.weights()::get, kernels);
        RepackedWeights repacked = new RepackedWeights(DECODER.program(), weights, kernels);
        long end = 0;
        for (int id : new TreeSet<>(WeightUses.of(DECODER.program()).products())) {
            Matrix weight = weights.matrix(id);
            GroupedLayout layout = GroupedLayout.of(weight.type()).orElseThrow();
            MemorySegment expected = Arena.ofAuto().allocate(layout.bytes(weight.rows(), weight.columns()));
            GroupedRows.write(weight, layout, expected);
            MemorySegment actual = repacked.write(weight);
            assertThat(actual.mismatch(expected)).isEqualTo(-1);
            assertThat(actual.address() % 64).isZero();
            assertThat(actual.address() - end).isBetween(0L, end == 0 ? Long.MAX_VALUE : 63);
            end = actual.address() + actual.byteSize();
        }
    }

    @Test
    void saysWhatToDoWhereTheJvmGivesNoMemoryToRepack() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> RepackedWeights.allocate(1L << 60))
                .withMessageStartingWith("the run needs ")
                .withMessageContaining(" to repack weights, which the JVM may not take: ")
                .satisfies(e -> assertThat(e.help())
                        .hasValueSatisfying(help -> assertThat(help).startsWith("run with `--no-repack`")));
    }

    @Test
    void kernelsThatTakeNoGroupsSayWhatTheyNeed() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> executor(new Repacked(repacked()), new ScalarRowKernels()))
                .withMessage("weight `q0` was repacked in groups of rows, which scalar kernels do not take")
                .satisfies(e -> assertThat(e.help())
                        .hasValue("leave `--no-repack` out, start the JVM with `--add-modules jdk.incubator.vector`, or"
                                + " compile the plan without `--pack`"));
    }

    @Test
    void refusesRepackedWeightsOfAnotherSize() {
        MemorySegment bytes = repacked();
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> executor(new Repacked(bytes.asSlice(0, 128)), new VectorRowKernels()))
                .withMessage("weight `q0` was repacked into 128 bytes, and the program takes " + bytes.byteSize());
    }
}
