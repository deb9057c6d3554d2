package io.layerplan.compiler.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.compiler.model.Model;
import io.layerplan.compiler.schedule.Schedule;
import io.layerplan.compiler.testing.ModelShape;
import io.layerplan.compiler.testing.RandomModels;
import io.layerplan.runtime.tensor.ElementType;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/// Branches side by side take the launches of the longest of them, in models of every architecture whose matrices have
/// three formats.
@ParameterizedClass
@FieldSource("io.layerplan.compiler.testing.ModelShape#ARCHITECTURES")
final class MergedLaunchesTest {
    private static final List<ElementType> TYPES = List.of(ElementType.Q5_0, ElementType.F32, ElementType.Q8_0);

    @Parameter
    String architecture = "";

    private ModelShape shape = ModelShape.of("llama", TYPES, 6);
    private Model model = RandomModels.model(shape, 1);

    @BeforeEach
    void makeModel() {
        shape = ModelShape.of(architecture, TYPES, 6);
        model = RandomModels.model(shape, 1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        par 1, 2 avg                                 | run 1
        par 0..4 avg                                 | run 1
        par 0..4 sum                                 | run 1
        par 1, 2, 3 weights(0.2, 0.3, 0.5)           | run 1
        par 1, 2 lp                                  | run 1
        par 0..4 lp                                  | run 1
        par { attn 1; attn 2; attn 3 } avg           | attn 1
        par { ffn 1; ffn 2; ffn 3 } sum              | ffn 1
        par { attn 1; ffn 2 } sum                    | attn 1
        par { run 1; attn 2; ffn 3 } avg             | run 1
        par { { run 1; run 2 }; { run 3; run 4 } } avg           | run 1; run 2
        par { { run 1; run 2; run 3 }; run 4; ffn 5 } sum        | run 1; run 2; run 3
        par { { ffn 1; attn 2 }; ffn 3 } avg         | ffn 1; attn 2
        par { { run 1; run 2 }; { ffn 3; run 4 }; { ffn 5; attn 0 } } avg | run 1; run 2
        par { run 1; ffn 2 x2; attn 3 } weights(0.5, 0.2, 0.3)   | run 1
        """)
    void branchesTakeTheLaunchesOfTheLongest(String merged, String longest) {
        assertThat(launches(merged)).isEqualTo(launches(longest));
    }

    /// Branches of thousands of operations that are out of step from end to end.
    @Test
    void longBranchesAreOrderedInTimeAndSpace() {
        int merged = launches("par { { loop { ffn 1; run 2 } x700 }; { run 1..4 x350 } } avg");
        assertThat(merged).isLessThan(launches("loop { ffn 1; run 2 } x700") + launches("run 1..4 x350"));
    }

    private int launches(String plan) {
        Schedule schedule = new RandomPairs.Pair(shape, 1, ElementType.F32, plan).schedule();
        return new Compilation(CompilationOptions.FUSED.verifying(true))
                .program("merged", schedule, model)
                .launches()
                .size();
    }
}
