package io.layerplan.compiler.golden;

import io.layerplan.compiler.diagnostics.SourceText;
import io.layerplan.compiler.schedule.ModelShape;
import io.layerplan.compiler.schedule.PlanResolver;
import io.layerplan.compiler.schedule.Resolution;
import io.layerplan.compiler.schedule.ResolveOptions;

/// Resolves a golden plan under the options in its first line: `layers` (18 if not given), `model`, `plan`, `set`.
public final class PlanCase {
    private static final int LAYERS = 18;

    private PlanCase() {}

    public static Resolution resolve(GoldenCase golden) {
        int layers = golden.option("layers").map(Integer::parseInt).orElse(LAYERS);
        ModelShape shape =
                golden.option("model").map(name -> new ModelShape(name, layers)).orElse(ModelShape.ofLayers(layers));
        var options = new ResolveOptions(golden.option("plan"), golden.settings("set"));
        return PlanResolver.resolve(source(golden), shape, options);
    }

    public static SourceText source(GoldenCase golden) {
        return new SourceText(golden.name() + ".plan", golden.text());
    }
}
