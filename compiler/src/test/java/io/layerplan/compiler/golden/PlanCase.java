package io.layerplan.compiler.golden;

import io.layerplan.compiler.schedule.ModelShape;
import io.layerplan.compiler.schedule.PlanResolver;
import io.layerplan.compiler.schedule.Resolution;
import io.layerplan.compiler.schedule.ResolveOptions;
import io.layerplan.compiler.syntax.ParseResult;
import io.layerplan.compiler.syntax.PlanReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Resolves a golden plan under the options in its first line:
/// - `layers`, 18 if not given, and `model`, the file name of the model;
/// - `plan` and `set`, as the flags of the command line;
/// - `repeat=N` puts what follows the first line there N times, for plans that are too long to be written out;
/// - `encoding=latin1` hands the text over in that encoding.
public final class PlanCase {
    private static final int LAYERS = 18;

    private PlanCase() {}

    public static Resolution resolve(GoldenCase golden) {
        ParseResult parsed = parse(golden);
        if (parsed.file().isEmpty()) {
            return new Resolution(Optional.empty(), parsed.diagnostics());
        }
        int layers = golden.option("layers").map(Integer::parseInt).orElse(LAYERS);
        ModelShape shape =
                golden.option("model").map(name -> new ModelShape(name, layers)).orElse(ModelShape.ofLayers(layers));
        var options = new ResolveOptions(golden.option("plan"), golden.settings("set"));
        return PlanResolver.resolve(parsed.file().get(), shape, options);
    }

    public static ParseResult parse(GoldenCase golden) {
        boolean latin = golden.option("encoding").filter("latin1"::equals).isPresent();
        byte[] bytes = text(golden).getBytes(latin ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
        return PlanReader.read(golden.name() + ".plan", bytes);
    }

    /// The input with its repetitions.
    public static String text(GoldenCase golden) {
        int times = golden.option("repeat").map(Integer::parseInt).orElse(1);
        if (times == 1) {
            return golden.text();
        }
        int body = golden.text().indexOf('\n') + 1;
        return golden.text().substring(0, body)
                + golden.text().substring(body).stripTrailing().repeat(times);
    }
}
