package io.layerplan.compiler.cli;

import io.layerplan.compiler.diagnostics.SourceText;
import io.layerplan.compiler.graph.Graph;
import io.layerplan.compiler.graph.GraphPrinter;
import io.layerplan.compiler.pipeline.Compilation;
import io.layerplan.compiler.schedule.Schedule;
import io.layerplan.compiler.schedule.SchedulePrinter;
import io.layerplan.compiler.syntax.AstPrinter;
import io.layerplan.compiler.syntax.PlanFile;
import io.layerplan.compiler.syntax.PlanReader;
import io.layerplan.compiler.syntax.ir.GraphReader;
import io.layerplan.compiler.syntax.ir.ReadResult;
import io.layerplan.runtime.InputException;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.text.ProgramPrinter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What a command compiles: a plan that has been resolved, or a graph that was printed or written by hand.
sealed interface PlanInput {
    /// The program of this input for a model.
    default Program program(String name, OpenModel open, Compilation compilation) {
        return compilation.lower(graph(name, open, compilation), open.spec());
    }

    /// The graph after the passes.
    Graph graph(String name, OpenModel open, Compilation compilation);

    /// What is asked for, as text.
    default String emit(Emit what, String name, OpenModel open, Compilation compilation) {
        return switch (what) {
            case AST -> AstPrinter.print(tree());
            case SCHEDULE -> SchedulePrinter.print(compilation.simplify(schedule()));
            case GRAPH -> GraphPrinter.print(graph(name, open, compilation));
            case PROGRAM -> ProgramPrinter.print(program(name, open, compilation));
        };
    }

    /// The text it was read from.
    SourceText source();

    PlanFile tree();

    Schedule schedule();

    record Plan(ResolvedPlan resolved, Schedule schedule) implements PlanInput {
        @Override
        public SourceText source() {
            return resolved.source();
        }

        @Override
        public Graph graph(String name, OpenModel open, Compilation compilation) {
            return compilation.graph(name, schedule, open.model());
        }

        /// Read once more, without its errors, of which there are none.
        @Override
        public PlanFile tree() {
            return PlanReader.read(resolved.source()).file().orElseThrow();
        }
    }

    record PrintedGraph(SourceText source, Graph read) implements PlanInput {
        @Override
        public Graph graph(String name, OpenModel open, Compilation compilation) {
            return compilation.optimise(read);
        }

        @Override
        public PlanFile tree() {
            throw noPlan();
        }

        @Override
        public Schedule schedule() {
            throw noPlan();
        }

        private InputException noPlan() {
            return new InputException(
                    "graph `%s` is no plan, and has no schedule".formatted(read.name()),
                    "`run`, `compile`, `explain --emit graph` and `explain --emit program` take graphs");
        }
    }

    /// Reads and resolves what the options name; empty if there are errors. What there is to say has been printed, save
    /// warnings where standard output is for tools.
    static Optional<PlanInput> read(
            PlanOptions options, OpenModel open, Environment environment, ColorChoice color, boolean json) {
        ErrorPrinter errors = new ErrorPrinter(environment, color, json);
        if (isGraph(options)) {
            return readGraph(options, errors).map(graph -> graph);
        }
        ResolvedPlan resolved = ResolvedPlan.of(options, open.shape(), environment.in());
        if (!json || resolved.schedule().isEmpty()) {
            errors.print(resolved);
        }
        return resolved.schedule().map(schedule -> new Plan(resolved, schedule));
    }

    /// Whether the options name a printed graph.
    static boolean isGraph(PlanOptions options) {
        return options.file != null && options.file.endsWith(".ir");
    }

    /// Reads a printed graph; empty if there are errors, which have been printed.
    static Optional<PrintedGraph> readGraph(PlanOptions options, ErrorPrinter errors) {
        String file = String.valueOf(options.file);
        byte[] text = PlanOptions.readFile(file, GraphReader.LONGEST_TEXT);
        var source = new SourceText(file, new String(text, StandardCharsets.UTF_8));
        ReadResult result = GraphReader.read(source);
        if (result.graph().isEmpty()) {
            errors.print(new ResolvedPlan(source, Optional.empty(), result.diagnostics()));
        }
        return result.graph().map(graph -> new PrintedGraph(source, graph));
    }
}
