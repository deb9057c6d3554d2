package io.layerplan.compiler.schedule;

import io.layerplan.compiler.diagnostics.Diagnostic;
import io.layerplan.compiler.diagnostics.SourceSpan;
import io.layerplan.compiler.syntax.Expression;
import io.layerplan.compiler.syntax.ExpressionPrinter;
import io.layerplan.compiler.syntax.LayerItem;
import java.util.BitSet;
import java.util.Optional;

/// Everything that can be wrong, or odd, about what a plan means. Each factory is one message, and has a golden file.
final class ScheduleMessages {
    private ScheduleMessages() {}

    // --- layers ---

    static Diagnostic noLayer(SourceSpan span, long layer, ModelShape shape) {
        return Diagnostic.error(span, "the model has no layer " + layer)
                .withLabel(bound(layer, shape))
                .withHelp(shape.numbering());
    }

    static Diagnostic noLayers(LayerItem.Range range, long first, long last, ModelShape shape) {
        return Diagnostic.error(range.span(), "the model has no layers " + first + ".." + last)
                .withLabel(bound(first, shape))
                .withHelp(shape.numbering());
    }

    private static String bound(long layer, ModelShape shape) {
        return layer < 0 ? "first layer is 0" : "last layer is " + shape.last();
    }

    /// @param step of the range, if nothing is wrong with it
    static Diagnostic backwardRange(LayerItem.Range range, long first, long last, Optional<Expression> step) {
        String ascending = ExpressionPrinter.print(range.last()) + ".." + ExpressionPrinter.print(range.first());
        String by = step.map(s -> " by " + ExpressionPrinter.print(s)).orElse("");
        return Diagnostic.error(range.span(), "the range ends before it starts")
                .withLabel(last + " is below " + first)
                .withHelp("for a descending order write `rev(" + ascending + by + ")`");
    }

    static Diagnostic stepTooSmall(SourceSpan span, long step) {
        return Diagnostic.error(span, "the step of a range is " + step).withHelp("a step is at least 1");
    }

    static Diagnostic emptyRest(SourceSpan span, int last) {
        return Diagnostic.note(span, "nothing is left for `rest`")
                .withLabel("layer " + last + ", the last one, is mentioned before");
    }

    static Diagnostic skippedAndRun(SourceSpan span, BitSet layers, SourceSpan run) {
        String verbs = layers.cardinality() == 1 ? " is skipped and also runs" : " are skipped and also run";
        return Diagnostic.error(span, LayerRanges.named(layers) + verbs)
                .withLabel("runs at " + run.lineAndColumn())
                .withHelp("leave it out of one of the two");
    }

    /// @param trailing whether the layers are all those above the ones that were mentioned
    static Diagnostic unmentioned(SourceSpan plan, BitSet layers, boolean trailing) {
        String consequence = layers.cardinality() == 1 ? ", so it does not run" : ", so they do not run";
        String skip = "`skip " + LayerRanges.of(layers) + "`";
        return Diagnostic.warning(plan, "no statement mentions " + LayerRanges.named(layers) + consequence)
                .withHelp(
                        trailing
                                ? "`run rest` at the end runs what is left, " + skip + " says that this is meant"
                                : skip + " says that this is meant");
    }

    static Diagnostic nothingRuns(SourceSpan plan) {
        return Diagnostic.warning(plan, "no layer runs in this plan");
    }

    // --- numbers ---

    static Diagnostic integerTooLarge(SourceSpan span) {
        return Diagnostic.error(span, "the number does not fit into 64 bits");
    }

    static Diagnostic overflow(SourceSpan span) {
        return Diagnostic.error(span, "the result does not fit into 64 bits");
    }

    static Diagnostic divisionByZero(SourceSpan span) {
        return Diagnostic.error(span, "division by zero");
    }

    static Diagnostic negativeOperand(SourceSpan span, long value) {
        return Diagnostic.error(span, "integer `/` takes no negative operand").withLabel("is " + value);
    }

    static Diagnostic notAnInteger(SourceSpan span, String digits) {
        return Diagnostic.error(span, "`" + digits + "` is not an integer");
    }

    static Diagnostic realParameter(SourceSpan span, String name) {
        return Diagnostic.error(span, "`" + name + "` is a real parameter, and an integer is needed here");
    }

    static Diagnostic listIsNoNumber(SourceSpan span, String name) {
        return Diagnostic.error(span, "`" + name + "` is a layer list, not a number");
    }

    static Diagnostic planIsNoValue(SourceSpan span, String name) {
        return Diagnostic.error(span, "`" + name + "` is a plan, not a number or a layer list");
    }

    static Diagnostic notFinite(SourceSpan span) {
        return Diagnostic.error(span, "the value is not finite");
    }

    static Diagnostic beyondFloats(SourceSpan span, double value) {
        return Diagnostic.error(span, "the factor %s is beyond 32-bit floats".formatted(value))
                .withHelp("give a number of at most %s".formatted(Float.MAX_VALUE));
    }

    static Diagnostic repeatTooSmall(SourceSpan span, long times) {
        return Diagnostic.error(span, "the statement is repeated " + times + " times")
                .withHelp("a repeat is at least `x1`");
    }

    // --- names ---

    static Diagnostic unknownName(SourceSpan span, String name, Optional<String> help) {
        return Diagnostic.error(span, "unknown name `" + name + "`").withHelp(help);
    }

    static Diagnostic usedBeforeDefinition(SourceSpan span, String name, SourceSpan definition) {
        return Diagnostic.error(span, "`" + name + "` is used before its definition")
                .withLabel("defined at " + definition.lineAndColumn());
    }

    static Diagnostic redefined(SourceSpan span, String name, SourceSpan first) {
        return Diagnostic.error(span, "`" + name + "` is already defined")
                .withLabel("first at " + first.lineAndColumn())
                .withHelp("choose another name; lists, parameters and plans share one namespace");
    }

    // --- statements ---

    static Diagnostic notAtTopOfPlan(SourceSpan span, String word) {
        return Diagnostic.error(span, "`" + word + "` stands at the top level of a plan only");
    }

    static Diagnostic notAtTopOfFile(SourceSpan span) {
        return Diagnostic.error(span, "a `plan` block stands at the top level of a file only");
    }

    static Diagnostic besidePlans(SourceSpan span) {
        return Diagnostic.error(span, "this statement stands beside `plan` blocks")
                .withHelp("move it into a block; only `let` and `param` can stand beside them");
    }

    static Diagnostic emptyBlock(SourceSpan span) {
        return Diagnostic.error(span, "the block is empty");
    }

    static Diagnostic layerParallelBlock(SourceSpan span) {
        return Diagnostic.error(span, "`lp` takes a list of whole layers, not a block")
                .withHelp("write `par 12, 13 lp`, or another reducer");
    }

    static Diagnostic weightCount(SourceSpan span, int weights, int branches) {
        return Diagnostic.error(span, count(weights, "weight") + " for " + count(branches, "branch"))
                .withHelp("there is one weight for each branch");
    }

    private static String count(int number, String noun) {
        String plural = noun.endsWith("h") ? noun + "es" : noun + "s";
        return number + " " + (number == 1 ? noun : plural);
    }

    // --- bounds ---

    static Diagnostic tooManyOccurrences(SourceSpan span, int limit) {
        return Diagnostic.error(span, "the plan runs more than " + limit + " layers")
                .withLabel("counted with every repeat");
    }

    static Diagnostic tooManyListed(SourceSpan span, int limit) {
        return Diagnostic.error(span, "the lists of the file name more than " + limit + " layers");
    }

    static Diagnostic nestedTooDeeply(SourceSpan span, int limit) {
        return Diagnostic.error(span, "blocks, loops and suffixes are nested more than " + limit + " deep");
    }
}
