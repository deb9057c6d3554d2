package io.layerplan.runtime.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.layerplan.compiler.fixtures.Fixture;
import io.layerplan.runtime.Executor;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.program.Program;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/// Every architecture under every plan of the fixtures, against an independent implementation.
@Tag("device")
class DeviceFixturesTest {
    /// As for the interpreter, and as much again for other orders of summation.
    private static final float TOLERANCE = 4e-4f;

    private static final int UNFUSED_EVERY = 6;

    @TestFactory
    Stream<DynamicTest> fusedProgramsComputeTheLogitsOfTransformers() {
        return Fixture.all().stream()
                .flatMap(fixture -> fixture.cases().stream()
                        .map(each -> DynamicTest.dynamicTest(
                                fixture.architecture() + ", " + each.plan(), () -> check(fixture, each, true))));
    }

    @TestFactory
    Stream<DynamicTest> unfusedProgramsDoTheSame() {
        return Fixture.all().stream()
                .flatMap(fixture -> Stream.iterate(0, i -> i + UNFUSED_EVERY)
                        .takeWhile(i -> i < fixture.cases().size())
                        .map(i -> fixture.cases().get(i))
                        .map(each -> DynamicTest.dynamicTest(
                                fixture.architecture() + ", " + each.plan(), () -> check(fixture, each, false))));
    }

    private static void check(Fixture fixture, Fixture.Case each, boolean fused) {
        Devices.require();
        Program program = Programs.of(fixture, each.plan(), fused, NumericMode.F32);
        float[] expected = each.logits();
        try (Executor executor = Devices.open(program, fixture.model()::weight, Programs.CONTEXT, 4)) {
            float[] logits = executor.forward(each.tokens(), each.tokens().length);
            assertThat(logits).containsExactly(expected, within(TOLERANCE));
        }
    }
}
