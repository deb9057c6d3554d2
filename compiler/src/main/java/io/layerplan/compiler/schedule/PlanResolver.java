package io.layerplan.compiler.schedule;

import io.layerplan.compiler.diagnostics.Diagnostic;
import io.layerplan.compiler.diagnostics.Diagnostics;
import io.layerplan.compiler.diagnostics.Severity;
import io.layerplan.compiler.diagnostics.SourceSpan;
import io.layerplan.compiler.diagnostics.SourceText;
import io.layerplan.compiler.syntax.ParseResult;
import io.layerplan.compiler.syntax.PlanFile;
import io.layerplan.compiler.syntax.PlanReader;
import io.layerplan.compiler.syntax.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Resolves a plan against the depth of a model: the front door of this package.
///
/// In a file with `plan` blocks every block is checked, each as it stands; `--set` holds for the chosen one alone, and
/// warnings and notes are about the chosen one alone.
public final class PlanResolver {
    private final PlanFile file;
    private final ModelShape shape;
    private final ResolveOptions options;
    private final Diagnostics diagnostics = new Diagnostics();
    private final Budget budget = new Budget();

    private PlanResolver(PlanFile file, ModelShape shape, ResolveOptions options) {
        this.file = file;
        this.shape = shape;
        this.options = options;
    }

    public static Resolution resolve(PlanFile file, ModelShape shape, ResolveOptions options) {
        return new PlanResolver(file, shape, options).resolve();
    }

    /// Reads a plan and resolves it.
    public static Resolution resolve(SourceText source, ModelShape shape, ResolveOptions options) {
        ParseResult parsed = PlanReader.read(source);
        return parsed.file().isPresent()
                ? resolve(parsed.file().get(), shape, options)
                : new Resolution(Optional.empty(), parsed.diagnostics());
    }

    private Resolution resolve() {
        Optional<Part> part = Optional.empty();
        try {
            List<Statement.Plan> plans = plans();
            part = plans.isEmpty() ? onlyPlan() : chosenPlan(plans);
        } catch (Budget.ExceededException e) {
            diagnostics.report(e.diagnostic());
        }
        Optional<Schedule> schedule = diagnostics.hasErrors() ? Optional.empty() : part.map(Part::schedule);
        return new Resolution(schedule, diagnostics.inOrder());
    }

    private List<Statement.Plan> plans() {
        var plans = new ArrayList<Statement.Plan>();
        for (Statement statement : file.statements()) {
            if (statement instanceof Statement.Plan plan) {
                plans.add(plan);
            }
        }
        return plans;
    }

    /// A file without `plan` blocks is one plan.
    private Optional<Part> onlyPlan() {
        options.planName().ifPresent(name -> diagnostics.report(FlagMessages.noPlanBlocks(name)));
        var overrides = new Overrides(options.overrides(), diagnostics);
        Scope scope = Scope.outermost(file.statements());
        Optional<Part> part =
                new Resolver(scope, overrides, diagnostics).plan(file.statements(), SourceSpan.whole(file.source()));
        overrides.reportUnknown();
        return part;
    }

    private Optional<Part> chosenPlan(List<Statement.Plan> plans) {
        reportStatementBesidePlans();
        Optional<Statement.Plan> chosen = choose(plans);
        var overrides = new Overrides(options.overrides(), diagnostics);
        Optional<Part> part =
                chosen.flatMap(plan -> resolve(plan, shared(overrides, diagnostics), overrides, diagnostics));

        var others = new Diagnostics();
        Scope defaults = shared(Overrides.none(), others);
        for (Statement.Plan plan : plans) {
            if (chosen.isEmpty() || !plan.span().equals(chosen.get().span())) {
                Optional<Part> _ = resolve(plan, defaults, Overrides.none(), others);
            }
        }
        if (chosen.isPresent()) {
            overrides.reportUnknown();
        }
        reportErrorsOf(others);
        return part;
    }

    /// The errors of the other plans; those about names that all plans share are there already.
    private void reportErrorsOf(Diagnostics others) {
        Set<Diagnostic> known = new HashSet<>(diagnostics.inOrder());
        for (Diagnostic diagnostic : others.inOrder()) {
            if (diagnostic.severity() == Severity.ERROR && !known.contains(diagnostic)) {
                diagnostics.report(diagnostic);
            }
        }
    }

    private void reportStatementBesidePlans() {
        for (Statement statement : file.statements()) {
            switch (statement) {
                case Statement.Let _, Statement.Param _, Statement.Plan _ -> {}
                case Statement.Run _, Statement.Skip _, Statement.Parallel _, Statement.Loop _, Statement.Group _ -> {
                    diagnostics.report(ScheduleMessages.besidePlans(statement.span()));
                    return;
                }
            }
        }
    }

    private Optional<Statement.Plan> choose(List<Statement.Plan> plans) {
        List<String> names = plans.stream().map(plan -> plan.name().text()).toList();
        if (options.planName().isEmpty() && plans.size() > 1) {
            diagnostics.report(FlagMessages.planNotChosen(file.source(), names));
            return Optional.empty();
        }
        String name = options.planName().orElse(names.getFirst());
        for (Statement.Plan plan : plans) {
            if (plan.name().text().equals(name)) {
                return Optional.of(plan);
            }
        }
        diagnostics.report(FlagMessages.unknownPlan(name, names));
        return Optional.empty();
    }

    /// What stands beside the plans, which holds for all of them.
    private Scope shared(Overrides overrides, Diagnostics diagnostics) {
        Scope scope = Scope.outermost(file.statements());
        new Resolver(scope, overrides, diagnostics).define(file.statements());
        return scope;
    }

    private Optional<Part> resolve(Statement.Plan plan, Scope shared, Overrides overrides, Diagnostics diagnostics) {
        List<Statement> statements = plan.block().statements();
        if (statements.isEmpty()) {
            diagnostics.report(ScheduleMessages.emptyBlock(plan.block().span()));
            return Optional.empty();
        }
        return new Resolver(shared.inner(statements), overrides, diagnostics)
                .plan(statements, plan.name().span());
    }

    /// The evaluators that work on one scope.
    private final class Resolver {
        private final Scope scope;
        private final Diagnostics diagnostics;
        private final Definer definer;
        private final StatementResolver statements;

        Resolver(Scope scope, Overrides overrides, Diagnostics diagnostics) {
            var lists = new ListEvaluator(shape, scope, diagnostics, budget);
            var integers = new IntegerEvaluator(shape, scope, diagnostics);
            var reals = new RealEvaluator(shape, scope, diagnostics);
            this.scope = scope;
            this.diagnostics = diagnostics;
            this.definer = new Definer(scope, diagnostics, lists, integers, reals, overrides);
            this.statements = new StatementResolver(
                    diagnostics,
                    budget,
                    lists,
                    new Suffixes(integers, reals, diagnostics),
                    new Reducers(reals, diagnostics),
                    definer);
        }

        void define(List<Statement> beside) {
            for (Statement statement : beside) {
                switch (statement) {
                    case Statement.Let let -> definer.define(let, Frontier.start());
                    case Statement.Param param -> definer.define(param);
                    case Statement.Plan plan ->
                        scope.define(
                                plan.name(),
                                new Definition.PlanBlock(plan.name().span()),
                                diagnostics);
                    case Statement.Run _,
                            Statement.Skip _,
                            Statement.Parallel _,
                            Statement.Loop _,
                            Statement.Group _ -> {}
                }
            }
        }

        Optional<Part> plan(List<Statement> plan, SourceSpan span) {
            int errors = diagnostics.errors();
            Optional<Part> part = statements.plan(plan, span);
            statements.mentions().reportConflicts(diagnostics);
            if (part.isPresent() && diagnostics.errors() == errors) {
                statements.mentions().reportUnmentioned(shape, span, diagnostics);
                if (part.get().occurrences() == 0) {
                    diagnostics.report(ScheduleMessages.nothingRuns(span));
                }
            }
            return part;
        }
    }
}
