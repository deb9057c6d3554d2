package io.layerplan.compiler.syntax;

import java.util.List;

/// The canonical text of a statement, but for the block in it: what stands before the block, and what stands behind.
final class StatementPrinter {
    private StatementPrinter() {}

    /// All of a statement without a block; of one with a block, what stands before its `{`.
    static String head(Statement statement) {
        var text = new StringBuilder();
        switch (statement) {
            case Statement.Run(var verb, var layers, var each, var suffixes, var _) -> {
                text.append(verb.word()).append(' ');
                append(text, layers);
                text.append(each ? " each" : "");
                append(text, suffixes);
            }
            case Statement.Skip(var layers, var _) -> append(text.append("skip "), layers);
            case Statement.Parallel par -> {
                appendBody(text.append("par "), par.body());
                text.append(par.body() instanceof LayerList ? tail(par) : "");
            }
            case Statement.Loop loop -> {
                appendBody(text.append("loop "), loop.body());
                text.append(loop.body() instanceof LayerList ? tail(loop) : "");
            }
            case Statement.Group _ -> {}
            case Statement.Let(var name, var layers, var _) ->
                append(text.append("let ").append(name.text()).append(" = "), layers);
            case Statement.Param(var name, var value, var _) ->
                text.append("param ").append(name.text()).append(" = ").append(ExpressionPrinter.print(value));
            case Statement.Plan(var name, var _, var _) ->
                text.append("plan ").append(name.text()).append(' ');
        }
        return text.toString();
    }

    /// What stands behind the block of a statement.
    static String tail(Statement statement) {
        var text = new StringBuilder();
        switch (statement) {
            case Statement.Parallel(var _, var reducer, var suffixes, var _) -> {
                append(text.append(' '), reducer);
                append(text, suffixes);
            }
            case Statement.Loop(var _, var times, var suffixes, var _) -> {
                append(text, List.of(times));
                append(text, suffixes);
            }
            case Statement.Group(var _, var suffixes, var _) -> append(text, suffixes);
            case Statement.Run _, Statement.Skip _, Statement.Let _, Statement.Param _, Statement.Plan _ -> {}
        }
        return text.toString();
    }

    private static void appendBody(StringBuilder text, Body body) {
        switch (body) {
            case LayerList layers -> append(text, layers);
            case Block _ -> {}
        }
    }

    private static void append(StringBuilder text, LayerList layers) {
        for (int i = 0; i < layers.items().size(); i++) {
            text.append(i == 0 ? "" : ", ");
            append(text, layers.items().get(i));
        }
    }

    private static void append(StringBuilder text, LayerItem item) {
        switch (item) {
            case LayerItem.All _ -> text.append("all");
            case LayerItem.Rest _ -> text.append("rest");
            case LayerItem.Single(var layer) -> text.append(ExpressionPrinter.print(layer));
            case LayerItem.Range(var first, var last, var step, var _) -> {
                text.append(ExpressionPrinter.print(first)).append("..").append(ExpressionPrinter.print(last));
                step.ifPresent(by -> text.append(" by ").append(ExpressionPrinter.print(by)));
            }
            case LayerItem.Reversed(var layers, var _) -> {
                append(text.append("rev("), layers);
                text.append(')');
            }
            case LayerItem.Shuffled(var layers, var seed, var _) -> {
                append(text.append("shuffle("), layers);
                text.append(", seed ").append(ExpressionPrinter.print(seed)).append(')');
            }
        }
    }

    private static void append(StringBuilder text, ReducerClause reducer) {
        switch (reducer) {
            case ReducerClause.Average _ -> text.append("avg");
            case ReducerClause.Sum _ -> text.append("sum");
            case ReducerClause.LayerParallel _ -> text.append("lp");
            case ReducerClause.Weights(var weights, var _) -> {
                for (int i = 0; i < weights.size(); i++) {
                    text.append(i == 0 ? "weights(" : ", ").append(ExpressionPrinter.print(weights.get(i)));
                }
                text.append(')');
            }
        }
    }

    private static void append(StringBuilder text, List<? extends Suffix> suffixes) {
        for (Suffix suffix : suffixes) {
            switch (suffix) {
                case Suffix.Repeat(Expression.IntegerLiteral(var digits, var _), var _) ->
                    text.append(" x").append(digits);
                case Suffix.Repeat(var times, var _) ->
                    text.append(" x(").append(ExpressionPrinter.print(times)).append(')');
                case Suffix.Scale(var factor, var _) -> text.append(" scale ").append(ExpressionPrinter.print(factor));
            }
        }
    }
}
