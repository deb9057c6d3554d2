package io.layerplan.compiler.syntax.ir;

import io.layerplan.compiler.syntax.Spans;
import io.layerplan.compiler.syntax.ir.GraphTree.Argument;
import io.layerplan.compiler.syntax.ir.GraphTree.Attribute;
import io.layerplan.compiler.syntax.ir.GraphTree.Call;
import io.layerplan.compiler.syntax.ir.GraphTree.Definition;
import io.layerplan.compiler.syntax.ir.GraphTree.Dimension;
import io.layerplan.compiler.syntax.ir.GraphTree.Numeral;
import io.layerplan.compiler.syntax.ir.GraphTree.Parameter;
import io.layerplan.compiler.syntax.ir.GraphTree.Reference;
import io.layerplan.compiler.syntax.ir.GraphTree.Setting;
import io.layerplan.compiler.syntax.ir.GraphTree.Text;
import io.layerplan.compiler.syntax.ir.GraphTree.TypeText;
import io.layerplan.compiler.syntax.ir.GraphTree.Weighted;
import io.layerplan.compiler.syntax.ir.GraphTree.Word;
import io.layerplan.grammar.LayerGraphParser;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;

/// Makes records of ANTLR's tree.
final class GraphTreeBuilder {
    private final Spans spans;

    GraphTreeBuilder(Spans spans) {
        this.spans = spans;
    }

    GraphTree graph(LayerGraphParser.GraphContext graph) {
        return new GraphTree(
                text(graph.TEXT()),
                parameter(graph.parameter(0)),
                parameter(graph.parameter(1)),
                graph.node().stream().map(this::definition).toList(),
                reference(graph.VALUE()));
    }

    private Parameter parameter(LayerGraphParser.ParameterContext parameter) {
        return new Parameter(reference(parameter.VALUE()), type(parameter.type()));
    }

    private Definition definition(LayerGraphParser.NodeContext node) {
        return new Definition(
                reference(node.VALUE()),
                call(node.call()),
                Optional.ofNullable(node.type()).map(this::type));
    }

    private Call call(LayerGraphParser.CallContext call) {
        List<Attribute> attributes = call.attributes() == null
                ? List.of()
                : call.attributes().attribute().stream().map(this::attribute).toList();
        return new Call(
                word(call.NAME()), call.argument().stream().map(this::argument).toList(), attributes, spans.of(call));
    }

    private Argument argument(LayerGraphParser.ArgumentContext argument) {
        Argument operand = operand(argument.operand());
        return argument.number() == null
                ? operand
                : new Weighted(number(argument.number().getStart()), operand, spans.of(argument));
    }

    private Argument operand(LayerGraphParser.OperandContext operand) {
        return switch (operand) {
            case LayerGraphParser.ValueOperandContext value -> reference(value.VALUE());
            case LayerGraphParser.TextOperandContext text -> text(text.TEXT());
            case LayerGraphParser.CallOperandContext call -> call(call.call());
            default -> throw new IllegalStateException("an operand " + operand.getText());
        };
    }

    private Attribute attribute(LayerGraphParser.AttributeContext attribute) {
        return new Attribute(word(attribute.NAME()), setting(attribute.setting()));
    }

    private Setting setting(LayerGraphParser.SettingContext setting) {
        return switch (setting) {
            case LayerGraphParser.NumberSettingContext number -> number(number.getStart());
            case LayerGraphParser.ValueSettingContext value -> reference(value.VALUE());
            case LayerGraphParser.CallSettingContext call -> call(call.call());
            case LayerGraphParser.WordSettingContext word -> word(word.NAME());
            default -> throw new IllegalStateException("a setting " + setting.getText());
        };
    }

    private TypeText type(LayerGraphParser.TypeContext type) {
        return new TypeText(
                word(type.NAME()),
                type.dimension().stream().map(this::dimension).toList(),
                spans.of(type));
    }

    private Dimension dimension(LayerGraphParser.DimensionContext dimension) {
        return new Dimension(
                Optional.ofNullable(dimension.NAME()).map(this::word),
                Optional.ofNullable(dimension.INTEGER())
                        .map(TerminalNode::getSymbol)
                        .map(this::number));
    }

    private Numeral number(Token token) {
        return new Numeral(token.getText(), spans.of(token));
    }

    private Reference reference(TerminalNode value) {
        return new Reference(value.getText(), spans.of(value.getSymbol()));
    }

    private Word word(TerminalNode name) {
        return new Word(name.getText(), spans.of(name.getSymbol()));
    }

    /// Undoes what [io.layerplan.compiler.graph.GraphPrinter] does to a text that it quotes.
    private Text text(TerminalNode text) {
        String quoted = text.getText();
        StringBuilder plain = new StringBuilder();
        for (int i = 1; i < quoted.length() - 1; i++) {
            char c = quoted.charAt(i);
            if (c != '\\') {
                plain.append(c);
                continue;
            }
            char escaped = quoted.charAt(++i);
            plain.append(
                    switch (escaped) {
                        case 'n' -> '\n';
                        case 'r' -> '\r';
                        default -> escaped;
                    });
        }
        return new Text(plain.toString(), spans.of(text.getSymbol()));
    }
}
