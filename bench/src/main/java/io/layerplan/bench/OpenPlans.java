package io.layerplan.bench;

import io.layerplan.bench.measure.BenchedPlan;
import io.layerplan.compiler.cli.ColorChoice;
import io.layerplan.compiler.cli.Environment;
import io.layerplan.compiler.cli.ErrorPrinter;
import io.layerplan.compiler.cli.OpenModel;
import io.layerplan.compiler.cli.ResolvedPlan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
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
            PlanArguments arguments,
            MeasuringOptions measuring,
            Environment environment,
            ColorChoice color,
            boolean json) {
        this.arguments = arguments;
        this.binder = new PlanBinder(measuring, arguments.variants());
        this.environment = environment;
        this.errors = new ErrorPrinter(environment, color, json);
        this.json = json;
    }

    /// Reads, compiles and binds them all.
    ///
    /// @return empty if a plan has errors; those of all plans have been printed
    /// @throws io.layerplan.runtime.InputException if a file cannot be used, or a plan not be run as is asked for
    static Optional<OpenPlans> open(
            PlanArguments arguments,
            MeasuringOptions measuring,
            Environment environment,
            ColorChoice color,
            boolean json) {
        OpenPlans open = new OpenPlans(arguments, measuring, environment, color, json);
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
            CompiledWord compiled = CompiledWord.open(file, arguments.model, binder, environment);
            files.push(compiled);
            modelName = compiled.modelName();
            plans.add(compiled.plan(unique(file.label())));
            return true;
        }
        OpenModel open = model();
        ResolvedPlan resolved = ResolvedPlan.of(word.options(), open.shape(), environment.in());
        if (!json || resolved.schedule().isEmpty()) {
            errors.print(resolved);
        }
        resolved.schedule()
                .ifPresent(schedule -> plans.add(binder.bind(
                        unique(word.label()), resolved.source().text(), word.baseline(), schedule, open.model())));
        return resolved.schedule().isPresent();
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
