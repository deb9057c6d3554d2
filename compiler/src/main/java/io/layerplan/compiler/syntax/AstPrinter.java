package io.layerplan.compiler.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A syntax tree as text, one statement a line, spans and comments left out: two plans print alike if and only if their
/// trees are equal, spans aside.
/// ```
/// (run (range 0 3))
/// (par (range 4 11) (avg))
/// (loop (block) (repeat (- last (* 2 n))))
///   (attn 4)
/// ```
public final class AstPrinter {
    private final StringBuilder text = new StringBuilder();

    private AstPrinter() {}

    public static String print(PlanFile file) {
        var printer = new AstPrinter();
        printer.statements(file.statements(), 0);
        return printer.text.toString();
    }

    private void statements(List<Statement> statements, int depth) {
        for (Statement statement : statements) {
            text.append("  ".repeat(depth)).append(head(statement)).append('\n');
            statements(inner(statement), depth + 1);
        }
    }

    private static List<Statement> inner(Statement statement) {
        return switch (statement) {
            case Statement.Parallel par -> inner(par.body());
            case Statement.Loop loop -> inner(loop.body());
            case Statement.Group group -> group.block().statements();
            case Statement.Plan plan -> plan.block().statements();
            case Statement.Run _, Statement.Skip _, Statement.Let _, Statement.Param _ -> List.of();
        };
    }

    private static List<Statement> inner(Body body) {
        return switch (body) {
            case Block block -> block.statements();
            case LayerList _ -> List.of();
        };
    }

    private static String head(Statement statement) {
        return switch (statement) {
            case Statement.Run(var verb, var layers, var each, var suffixes, var _) ->
                form(verb.word(), items(layers), each ? List.of("each") : List.of(), suffixes(suffixes));
            case Statement.Skip(var layers, var _) -> form("skip", items(layers));
            case Statement.Parallel(var body, var reducer, var suffixes, var _) ->
                form("par", items(body), List.of(reducer(reducer)), suffixes(suffixes));
            case Statement.Loop(var body, var times, var suffixes, var _) ->
                form("loop", items(body), List.of(suffix(times)), suffixes(suffixes));
            case Statement.Group(var _, var suffixes, var _) -> form("block", suffixes(suffixes));
            case Statement.Let(var name, var layers, var _) -> form("let", List.of(name.text()), items(layers));
            case Statement.Param(var name, var value, var _) -> form("param", List.of(name.text(), expression(value)));
            case Statement.Plan(var name, var _, var _) -> form("plan", List.of(name.text()));
        };
    }

    @SafeVarargs
    private static String form(String head, List<String>... operands) {
        var form = new StringBuilder("(").append(head);
        for (List<String> part : operands) {
            for (String operand : part) {
                form.append(' ').append(operand);
            }
        }
        return form.append(')').toString();
    }

    private static List<String> items(Body body) {
        return switch (body) {
            case LayerList list -> {
                var items = new ArrayList<String>();
                for (LayerItem item : list.items()) {
                    items.add(item(item));
                }
                yield items;
            }
            case Block _ -> List.of("(block)");
        };
    }

    private static String item(LayerItem item) {
        return switch (item) {
            case LayerItem.All _ -> "all";
            case LayerItem.Rest _ -> "rest";
            case LayerItem.Single(var layer) -> expression(layer);
            case LayerItem.Range(var first, var last, Optional<Expression> step, var _) ->
                form(
                        "range",
                        List.of(expression(first), expression(last)),
                        step.map(s -> List.of(expression(s))).orElse(List.of()));
            case LayerItem.Reversed(var layers, var _) -> form("rev", items(layers));
            case LayerItem.Shuffled(var layers, var seed, var _) ->
                form("shuffle", items(layers), List.of(form("seed", List.of(expression(seed)))));
        };
    }

    private static String reducer(ReducerClause reducer) {
        return switch (reducer) {
            case ReducerClause.Average _ -> "(avg)";
            case ReducerClause.Sum _ -> "(sum)";
            case ReducerClause.LayerParallel _ -> "(lp)";
            case ReducerClause.Weights(var weights, var _) ->
                form("weights", weights.stream().map(AstPrinter::expression).toList());
        };
    }

    private static List<String> suffixes(List<Suffix> suffixes) {
        return suffixes.stream().map(AstPrinter::suffix).toList();
    }

    private static String suffix(Suffix suffix) {
        return switch (suffix) {
            case Suffix.Repeat(var times, var _) -> form("repeat", List.of(expression(times)));
            case Suffix.Scale(var factor, var _) -> form("scale", List.of(expression(factor)));
        };
    }

    private static String expression(Expression expression) {
        return switch (expression) {
            case Expression.IntegerLiteral(var digits, var _) -> digits;
            case Expression.RealLiteral(var digits, var _) -> digits;
            case Expression.ModelNumber(var word, var _) -> word.text();
            case Expression.Reference(var name, var _) -> name;
            case Expression.Negation(var operand, var _) -> form("-", List.of(expression(operand)));
            case Expression.Binary(var operator, var left, var right, var _) ->
                form(operator.symbol(), List.of(expression(left), expression(right)));
        };
    }
}
