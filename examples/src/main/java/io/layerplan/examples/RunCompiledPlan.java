package io.layerplan.examples;

import io.layerplan.runtime.compiled.CompiledPlan;
import io.layerplan.runtime.generate.GenerationOptions;
import java.nio.file.Path;

/// Runs a plan that `layerplan compile` wrote. It needs `layerplan-runtime` and nothing else:
/// ```
/// layerplan compile examples/plans/founding.plan -o founding.lpx
/// java --add-modules jdk.incubator.vector -cp layerplan-runtime.jar RunCompiledPlan.java founding.lpx "And God said"
/// ```
public final class RunCompiledPlan {
    private RunCompiledPlan() {}

    public static void main(String[] arguments) {
        try (CompiledPlan plan = CompiledPlan.open(Path.of(arguments[0]))) {
            System.out.print(
                    plan.generate(arguments[1], GenerationOptions.greedy(24)).text());
        }
    }
}
