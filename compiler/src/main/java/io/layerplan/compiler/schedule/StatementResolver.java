package io.layerplan.compiler.schedule;

import io.layerplan.compiler.diagnostics.Diagnostics;
import io.layerplan.compiler.diagnostics.SourceSpan;
import io.layerplan.compiler.syntax.Block;
import io.layerplan.compiler.syntax.LayerList;
import io.layerplan.compiler.syntax.ReducerClause;
import io.layerplan.compiler.syntax.Statement;
import io.layerplan.compiler.syntax.Suffix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The statements of one plan to its schedule. An empty result means that something is wrong and has been reported; the
/// statements after it are looked at all the same, so that everything is reported in one go.
final class StatementResolver {
    private final Diagnostics diagnostics;
    private final Budget budget;
    private final ListEvaluator lists;
    private final Suffixes suffixes;
    private final Reducers reducers;
    private final Definer definer;
    private final Mentions mentions = new Mentions();

    StatementResolver(
            Diagnostics diagnostics,
            Budget budget,
            ListEvaluator lists,
            Suffixes suffixes,
            Reducers reducers,
            Definer definer) {
        this.diagnostics = diagnostics;
        this.budget = budget;
        this.lists = lists;
        this.suffixes = suffixes;
        this.reducers = reducers;
        this.definer = definer;
    }

    Mentions mentions() {
        return mentions;
    }

    /// The statements of a plan.
    ///
    /// @param plan what to point at if they run too many layers together
    Optional<Part> plan(List<Statement> statements, SourceSpan plan) {
        var parts = new ArrayList<Part>(statements.size());
        for (Statement statement : statements) {
            topLevel(statement).ifPresent(parts::add);
        }
        return parts.size() == statements.size() ? sequence(parts, plan) : Optional.empty();
    }

    private Optional<Part> topLevel(Statement statement) {
        switch (statement) {
            case Statement.Skip(var layers, var _) ->
                mentions.skip(lists.evaluate(layers, mentions.frontier()).mentions());
            case Statement.Let let -> definer.define(let, mentions.frontier());
            case Statement.Param param -> definer.define(param);
            case Statement.Plan plan -> diagnostics.report(ScheduleMessages.notAtTopOfFile(word(plan, "plan")));
            case Statement.Run _, Statement.Parallel _, Statement.Loop _, Statement.Group _ -> {
                return nested(statement, 0);
            }
        }
        return Optional.of(Part.NOTHING);
    }

    /// A statement in a place where only those that run something belong.
    ///
    /// @param depth how many loops, blocks and suffixes there are around it
    private Optional<Part> nested(Statement statement, int depth) {
        return switch (statement) {
            case Statement.Run run -> tooDeep(run, depth, run.suffixes()) ? Optional.empty() : run(run);
            case Statement.Parallel par ->
                tooDeep(par, depth, par.suffixes()) ? Optional.empty() : parallel(par, depth);
            case Statement.Loop loop -> tooDeep(loop, depth, loop.suffixes()) ? Optional.empty() : loop(loop, depth);
            case Statement.Group group ->
                tooDeep(group, depth, group.suffixes()) ? Optional.empty() : group(group, depth);
            case Statement.Skip skip -> {
                lists.evaluate(skip.layers(), mentions.frontier());
                yield misplaced(skip, "skip");
            }
            case Statement.Let let -> {
                definer.define(let, mentions.frontier());
                yield misplaced(let, "let");
            }
            case Statement.Param param -> {
                definer.define(param);
                yield misplaced(param, "param");
            }
            case Statement.Plan plan -> {
                diagnostics.report(ScheduleMessages.notAtTopOfFile(word(plan, "plan")));
                yield Optional.empty();
            }
        };
    }

    private Optional<Part> misplaced(Statement statement, String word) {
        diagnostics.report(ScheduleMessages.notAtTopOfPlan(word(statement, word), word));
        return Optional.empty();
    }

    /// The word that a statement starts with.
    private static SourceSpan word(Statement statement, String word) {
        SourceSpan span = statement.span();
        return new SourceSpan(span.source(), span.start(), span.start() + word.length());
    }

    private boolean tooDeep(Statement statement, int depth, List<Suffix> around) {
        if (depth + around.size() <= Budget.DEEPEST_NESTING) {
            return false;
        }
        int first = Math.max(Budget.DEEPEST_NESTING - depth, 0);
        SourceSpan place =
                around.isEmpty() ? word(statement, "{") : around.get(first).span();
        diagnostics.report(ScheduleMessages.nestedTooDeeply(place, Budget.DEEPEST_NESTING));
        return true;
    }

    private Optional<Part> run(Statement.Run run) {
        Optional<List<Part>> layers = layers(run.layers(), half(run.verb()));
        Optional<List<Suffixes.Evaluated>> after = suffixes.evaluate(run.suffixes());
        if (layers.isEmpty() || after.isEmpty()) {
            return Optional.empty();
        }
        if (!run.each()) {
            return sequence(layers.get(), run.span()).flatMap(part -> suffixes.apply(part, after.get()));
        }
        budget.charge((long) layers.get().size() * after.get().size(), run.span());
        var steps = new ArrayList<Part>(layers.get().size());
        for (Part layer : layers.get()) {
            Optional<Part> step = suffixes.apply(layer, after.get());
            if (step.isEmpty()) {
                return Optional.empty();
            }
            steps.add(step.get());
        }
        return sequence(steps, run.span());
    }

    private static Half half(Statement.Verb verb) {
        return switch (verb) {
            case RUN -> Half.WHOLE;
            case ATTN -> Half.ATTENTION;
            case FFN -> Half.FEED_FORWARD;
        };
    }

    /// A part for every layer of a list that a statement runs.
    private Optional<List<Part>> layers(LayerList list, Half half) {
        ListEvaluator.Evaluated evaluated = lists.evaluate(list, mentions.frontier());
        mentions.run(evaluated.mentions());
        if (!evaluated.complete()) {
            return Optional.empty();
        }
        Layers numbers = evaluated.layers();
        var parts = new ArrayList<Part>(numbers.size());
        for (int i = 0; i < numbers.size(); i++) {
            parts.add(Part.layer(numbers.get(i), half));
        }
        return Optional.of(parts);
    }

    private Optional<Part> parallel(Statement.Parallel par, int depth) {
        int inside = depth + 1 + par.suffixes().size();
        Optional<List<Part>> branches = switch (par.body()) {
            case LayerList list -> layers(list, Half.WHOLE);
            case Block block -> branches(block, inside);
        };
        Optional<Reducer> reducer = reducers.evaluate(par.reducer(), branches.map(List::size));
        if (par.body() instanceof Block && par.reducer() instanceof ReducerClause.LayerParallel(var span)) {
            diagnostics.report(ScheduleMessages.layerParallelBlock(span));
            reducer = Optional.empty();
        }
        Optional<List<Suffixes.Evaluated>> after = suffixes.evaluate(par.suffixes());
        if (branches.isEmpty() || reducer.isEmpty() || after.isEmpty()) {
            return Optional.empty();
        }
        Reducer how = reducer.get();
        return sequence(branches.get(), par.span())
                .map(all -> all.occurrences() == 0 ? all : Part.of(parallel(branches.get(), how), all.occurrences()))
                .flatMap(part -> suffixes.apply(part, after.get()));
    }

    private static Schedule parallel(List<Part> branches, Reducer reducer) {
        return new Schedule.Parallel(branches.stream().map(Part::schedule).toList(), reducer);
    }

    /// A part for every statement of a block.
    private Optional<List<Part>> branches(Block block, int depth) {
        if (block.statements().isEmpty()) {
            diagnostics.report(ScheduleMessages.emptyBlock(block.span()));
            return Optional.empty();
        }
        var parts = new ArrayList<Part>(block.statements().size());
        for (Statement statement : block.statements()) {
            nested(statement, depth).ifPresent(parts::add);
        }
        return parts.size() == block.statements().size() ? Optional.of(parts) : Optional.empty();
    }

    private Optional<Part> loop(Statement.Loop loop, int depth) {
        int inside = depth + 2 + loop.suffixes().size();
        Optional<Part> body = switch (loop.body()) {
            case LayerList list -> layers(list, Half.WHOLE).flatMap(parts -> sequence(parts, list.span()));
            case Block block -> block(block, inside);
        };
        Optional<Suffixes.Evaluated.Repeat> times = suffixes.times(loop.times());
        Optional<List<Suffixes.Evaluated>> after = suffixes.evaluate(loop.suffixes());
        if (body.isEmpty() || times.isEmpty() || after.isEmpty()) {
            return Optional.empty();
        }
        return suffixes.apply(body.get(), List.of(times.get())).flatMap(part -> suffixes.apply(part, after.get()));
    }

    private Optional<Part> group(Statement.Group group, int depth) {
        Optional<Part> body = block(group.block(), depth + 1 + group.suffixes().size());
        Optional<List<Suffixes.Evaluated>> after = suffixes.evaluate(group.suffixes());
        return body.isEmpty() || after.isEmpty() ? Optional.empty() : suffixes.apply(body.get(), after.get());
    }

    private Optional<Part> block(Block block, int depth) {
        return branches(block, depth).flatMap(parts -> sequence(parts, block.span()));
    }

    /// One after another, unless they run too many layers together.
    private Optional<Part> sequence(List<Part> parts, SourceSpan span) {
        long occurrences = 0;
        var steps = new ArrayList<Schedule>(parts.size());
        for (Part part : parts) {
            steps.add(part.schedule());
            occurrences += part.occurrences();
        }
        if (occurrences > Budget.MOST_OCCURRENCES) {
            diagnostics.report(ScheduleMessages.tooManyOccurrences(span, Budget.MOST_OCCURRENCES));
            return Optional.empty();
        }
        return Optional.of(Part.of(Schedule.sequence(steps), (int) occurrences));
    }
}
