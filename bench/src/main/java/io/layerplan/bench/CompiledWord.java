package io.layerplan.bench;

import io.layerplan.bench.measure.BenchedPlan;
import io.layerplan.bench.measure.Variant;
import io.layerplan.compiler.cli.Environment;
import io.layerplan.compiler.cli.ModelOptions;
import io.layerplan.compiler.cli.OpenModel;
import io.layerplan.compiler.diagnostics.SourceText;
import io.layerplan.compiler.pipeline.CompilationOptions;
import io.layerplan.compiler.schedule.PlanResolver;
import io.layerplan.compiler.schedule.ResolveOptions;
import io.layerplan.compiler.schedule.Schedule;
import io.layerplan.runtime.Executor;
import io.layerplan.runtime.InputException;
import io.layerplan.runtime.compiled.CompiledPlan;
import io.layerplan.runtime.compiled.CompiledPlanOptions;
import io.layerplan.runtime.compiled.PlanOrigin;
import io.layerplan.runtime.program.NumericMode;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A plan that was compiled ahead of time: it is measured as it will run. Its other variant is compiled anew, from the
/// plan's text and settings, which the file holds.
final class CompiledWord implements AutoCloseable {
    private static final String SET = "set.";
    private static final String DISABLE = "disable.";

    private final PlanWord.File word;
    private final CompiledPlan compiled;
    private final PlanBinder binder;
    private @Nullable OpenModel model;

    private CompiledWord(PlanWord.File word, CompiledPlan compiled, PlanBinder binder) {
        this.word = word;
        this.compiled = compiled;
        this.binder = binder;
    }

    static CompiledWord open(PlanWord.File word, ModelOptions model, PlanBinder binder, Environment environment) {
        Optional<Path> named = model.isNamed() ? Optional.of(model.path(environment)) : Optional.empty();
        var options = new CompiledPlanOptions(
                named,
                binder.settings().threads(),
                binder.settings().positions(),
                0,
                binder.settings().kv());
        CompiledPlan compiled =
                CompiledPlan.open(Path.of(word.file()), options, binder.backend(), binder.backendOptions());
        CompiledWord open = new CompiledWord(word, compiled, binder);
        try {
            binder.requireContext(compiled.program());
            open.requireMode(binder.measuring().numeric);
            return open;
        } catch (RuntimeException | Error e) {
            open.close();
            throw e;
        }
    }

    private void requireMode(@Nullable NumericMode asked) {
        if (asked != null && asked != compiled.program().mode()) {
            throw new InputException(
                    "`--numeric` says nothing to a plan that is compiled already",
                    "leave it out, or give it to `layerplan compile`");
        }
    }

    String modelName() {
        return compiled.modelName();
    }

    /// The plan under a name; this one has to be closed after it.
    BenchedPlan plan(String name) {
        Variant own = own();
        Map<Variant, Executor> executors = new EnumMap<>(Variant.class);
        for (Variant variant : binder.variants()) {
            executors.put(variant, variant == own ? compiled.executor() : anew(variant, name));
        }
        Runnable closing = () -> executors.forEach((variant, executor) -> {
            if (variant != own) {
                executor.close();
            }
        });
        return new BenchedPlan(name, compiled.origin().source(), word.baseline(), executors, closing);
    }

    private Variant own() {
        String fuse = compiled.origin().settings().getOrDefault("fuse", "true");
        return Boolean.parseBoolean(fuse) ? Variant.FUSED : Variant.UNFUSED;
    }

    private Executor anew(Variant variant, String name) {
        Path file = compiled.modelFile()
                .orElseThrow(() -> new InputException(
                        "`%s` carries its weights, and its %s form cannot be compiled without a model"
                                .formatted(word.file(), variant.word()),
                        "measure it with `--only %s`, or name the model with `--model`".formatted(own().word())));
        OpenModel open = OpenModel.open(file);
        model = open;
        return binder.executor(variant, name, schedule(open), open.model(), options());
    }

    /// As the file says that it was compiled.
    private CompilationOptions options() {
        Set<String> disabled = compiled.origin().settings().keySet().stream()
                .filter(setting -> setting.startsWith(DISABLE))
                .map(setting -> setting.substring(DISABLE.length()))
                .collect(Collectors.toSet());
        return CompilationOptions.FUSED.in(compiled.program().mode()).without(disabled);
    }

    private Schedule schedule(OpenModel open) {
        PlanOrigin origin = compiled.origin();
        Map<String, String> overrides = new LinkedHashMap<>();
        origin.settings().forEach((setting, value) -> {
            if (setting.startsWith(SET)) {
                overrides.put(setting.substring(SET.length()), value);
            }
        });
        var options = new ResolveOptions(Optional.ofNullable(origin.settings().get("plan")), overrides);
        return PlanResolver.resolve(new SourceText(origin.sourceName(), origin.source()), open.shape(), options)
                .schedule()
                .orElseThrow(() -> new InputException(
                        "the plan's text in `%s` cannot be compiled any more".formatted(word.file()),
                        "measure the file alone with `--only %s`".formatted(own().word())));
    }

    @Override
    public void close() {
        compiled.close();
        if (model != null) {
            model.close();
        }
    }
}
