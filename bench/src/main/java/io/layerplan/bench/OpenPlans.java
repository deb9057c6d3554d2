package io.layerplan.bench;

import io.layerplan.bench.measure.BenchedPlan;
import io.layerplan.bench.measure.Variant;
import io.layerplan.compiler.cli.ColorChoice;
import io.layerplan.compiler.cli.Environment;
import io.layerplan.compiler.cli.ErrorPrinter;
import io.layerplan.compiler.cli.OpenModel;
import io.layerplan.compiler.cli.PlanOptions;
import io.layerplan.compiler.cli.ResolvedPlan;
import io.layerplan.compiler.pipeline.CompilationOptions;
import io.layerplan.compiler.schedule.Schedule;
import io.layerplan.runtime.Executor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The plans of a command line, ready to run, and the files that they run from.
final class OpenPlans implements AutoCloseable {
    private final PlanArguments arguments;
    private final PlanBinder binder;
    private final Environment environment;
    private final ErrorPrinter errors;
    private final boolean json;
    private final Deque<AutoCloseable> files = new ArrayDeque<>();
    private final List<BenchedPlan> plans = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private @Nullable OpenModel model;
    private String modelName = "";

    private OpenPlans(
            PlanArguments arguments, PlanBinder binder, Environment environment, ColorChoice color, boolean json) {
        this.arguments = arguments;
        this.binder = binder;
        this.environment = environment;
        this.errors = new ErrorPrinter(environment, color, json);
        this.json = json;
    }

    /// Reads, compiles and binds them all.
    ///
    /// @return empty if a plan has errors; those of all plans have been printed
    /// @throws io.layerplan.runtime.InputException if a file cannot be used, or a plan not be run as is asked for
    static Optional<OpenPlans> open(
            PlanArguments arguments, PlanBinder binder, Environment environment, ColorChoice color, boolean json) {
        OpenPlans open = new OpenPlans(arguments, binder, environment, color, json);
        try {
            boolean right = true;
            for (PlanWord word : arguments.words()) {
                right &= open.add(word);
            }
            if (right) {
                return Optional.of(open);
            }
        } catch (RuntimeException | Error e) {
            open.close();
            throw e;
        }
        open.close();
        return Optional.empty();
    }

    /// Those that are measured, in the order of the command line.
    List<BenchedPlan> plans() {
        return plans;
    }

    /// The model's name in results: its file, or what a compiled plan was compiled for.
    String modelName() {
        return modelName;
    }

    private boolean add(PlanWord word) {
        if (word instanceof PlanWord.File file && file.isCompiled()) {
            if (!word.baseline()) {
                arguments.changes.requireNone();
            }
            CompiledWord compiled = CompiledWord.open(file, arguments.model, binder, environment);
            files.push(compiled);
            modelName = compiled.modelName();
            plans.add(compiled.plan(unique(file.label())));
            return true;
        }
        OpenModel open = model();
        PlanOptions options = word.baseline() ? word.options() : arguments.changes.in(word.options());
        ResolvedPlan resolved = ResolvedPlan.of(options, open.shape(), environment.in());
        if (!json || resolved.schedule().isEmpty()) {
            errors.print(resolved);
        }
        resolved.schedule()
                .ifPresent(schedule -> plans.add(bind(word, resolved.source().text(), schedule, open)));
        return resolved.schedule().isPresent();
    }

    private BenchedPlan bind(PlanWord word, String text, Schedule schedule, OpenModel open) {
        String name = unique(arguments.changes.label(word));
        CompilationOptions options = binder.options().without(arguments.changes.disabled(word));
        Map<Variant, Executor> executors = binder.bind(name, schedule, open.model(), options);
        return new BenchedPlan(
                name, text, word.baseline(), executors, () -> executors.values().forEach(Executor::close));
    }

    private OpenModel model() {
        if (model == null) {
            model = OpenModel.open(arguments.model.path(environment));
            files.push(model);
            modelName = model.fileName();
        }
        return model;
    }

    private String unique(String name) {
        String free = name;
        for (int number = 2; !names.add(free); number++) {
            free = name + " (" + number + ")";
        }
        return free;
    }

    /// Ends the executors, then closes the files.
    @Override
    public void close() {
        plans.forEach(BenchedPlan::close);
        for (AutoCloseable file : files) {
            try {
                file.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
