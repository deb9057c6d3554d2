package io.layerplan.compiler.pipeline;

import io.layerplan.compiler.graph.Graph;
import io.layerplan.compiler.graph.GraphBuilder;
import io.layerplan.compiler.graph.GraphPrinter;
import io.layerplan.compiler.graph.ValueType.Activations;
import io.layerplan.compiler.graph.Verifier;
import io.layerplan.compiler.lower.Lowering;
import io.layerplan.compiler.model.Model;
import io.layerplan.compiler.model.ModelSpec;
import io.layerplan.compiler.pass.Pass;
import io.layerplan.compiler.pass.Pipelines;
import io.layerplan.compiler.schedule.Schedule;
import io.layerplan.compiler.schedule.SchedulePrinter;
import io.layerplan.compiler.simplify.ScheduleRule;
import io.layerplan.compiler.simplify.SimplifySchedule;
import io.layerplan.runtime.InputException;
import io.layerplan.runtime.program.Buffer.Rows;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.text.ProgramPrinter;
import io.layerplan.runtime.program.text.ProgramVerifier;
import java.util.List;
import java.util.stream.Stream;

/// Compiles schedules and graphs under the same options: simplify the schedule, build the graph, run the passes, lower
/// to a program. Each stage can be called by itself, and a listener sees what it makes.
///
/// Schedules are simplified fused or not, so that the difference between the two is fusion and nothing else.
public final class Compilation {
    private static final String SIMPLIFY = "simplify";
    private static final String BUILD = "build";
    private static final String LOWER = "lower";

    private final CompilationOptions options;
    private final StageListener listener;

    public Compilation(CompilationOptions options, StageListener listener) {
        this.options = options;
        this.listener = listener;
    }

    public Compilation(CompilationOptions options) {
        this(options, StageListener.NONE);
    }

    /// What can be disabled: the rules for schedules and the passes over graphs, in order.
    public static List<String> passes() {
        return Stream.concat(
                        SimplifySchedule.rules().stream().map(ScheduleRule::name),
                        Pipelines.fusing().stream().map(Pass::name))
                .toList();
    }

    /// What a listener is told of, in order: `simplify`, `build`, each pass over graphs, `lower`.
    public static List<String> stages() {
        return Stream.of(Stream.of(SIMPLIFY, BUILD), Pipelines.fusing().stream().map(Pass::name), Stream.of(LOWER))
                .flatMap(names -> names)
                .toList();
    }

    /// @param name what the program is called
    public Program program(String name, Schedule schedule, Model model) {
        return lower(graph(name, schedule, model), model.spec());
    }

    /// The graph that [#lower] turns into a program.
    public Graph graph(String name, Schedule schedule, Model model) {
        return optimise(build(name, simplify(schedule), model));
    }

    public Schedule simplify(Schedule schedule) {
        List<ScheduleRule> rules = SimplifySchedule.rules().stream()
                .filter(rule -> options.enables(rule.name()))
                .toList();
        Schedule simple = new SimplifySchedule(rules).apply(schedule);
        listener.after(SIMPLIFY, () -> SchedulePrinter.print(simple));
        return simple;
    }

    public Graph build(String name, Schedule schedule, Model model) {
        return made(BUILD, GraphBuilder.build(name, schedule, model));
    }

    /// Runs the passes, if they are to run.
    public Graph optimise(Graph graph) {
        Graph current = graph;
        if (options.fuse()) {
            for (Pass pass : Pipelines.fusing()) {
                if (options.enables(pass.name())) {
                    current = made(pass.name(), pass.run(current));
                }
            }
        }
        return current;
    }

    /// @throws InputException if what the graph returns is not the logits of this model, which a graph that a person
    ///                        wrote may get wrong
    public Program lower(Graph graph, ModelSpec model) {
        Activations logits = new Activations(Rows.OUTPUTS, model.vocabulary());
        if (!graph.logits().type().equals(logits)) {
            throw new InputException(
                    "graph `%s` returns %s, not the logits %s of `%s`"
                            .formatted(graph.name(), graph.logits().type(), logits, model.name()),
                    "`select_outputs` picks the rows, and the last product is with the output head");
        }
        NumericMode mode = options.mode() == null ? UsualMode.of(graph) : options.mode();
        Program program = options.fuse()
                ? Lowering.fused(graph, mode, model.vocabulary(), model.context())
                : Lowering.unfused(graph, mode, model.vocabulary(), model.context());
        if (options.verify()) {
            ProgramVerifier.verify(program);
        }
        listener.after(LOWER, () -> ProgramPrinter.print(program));
        return program;
    }

    private Graph made(String stage, Graph graph) {
        if (options.verify()) {
            Verifier.verify(graph, stage);
        }
        listener.after(stage, () -> GraphPrinter.print(graph));
        return graph;
    }
}
