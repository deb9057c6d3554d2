package io.layerplan.runtime.program.text;

import io.layerplan.runtime.program.Buffer;
import io.layerplan.runtime.program.Buffer.Rows;
import io.layerplan.runtime.program.Kernel;
import io.layerplan.runtime.program.KvSlot;
import io.layerplan.runtime.program.Launch;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.View;
import io.layerplan.runtime.program.WeightReference;
import io.layerplan.runtime.tensor.ElementType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// Reads what [ProgramPrinter] prints. The text is untrusted: what is read is known to be a program that
/// [ProgramVerifier] accepts.
public final class ProgramReader {
    private final ProgramTokens tokens;
    private final List<WeightReference> weights = new ArrayList<>();
    private final List<Buffer> buffers = new ArrayList<>();
    private final List<KvSlot> slots = new ArrayList<>();
    private final List<Launch> launches = new ArrayList<>();
    private final ProgramLines lines = new ProgramLines();

    private ProgramReader(ProgramTokens tokens) {
        this.tokens = tokens;
    }

    /// @param source what the text is, for messages: a file's name
    /// @throws InputException naming the source, the line and what was expected there
    public static Program read(String source, String text) {
        ProgramTokens tokens = new ProgramTokens(source, text);
        ProgramReader reader = new ProgramReader(tokens);
        Program program = reader.program();
        ProgramVerifier.check(program).ifPresent(fault -> {
            throw tokens.refuse(reader.lines.of(fault.place()), fault.message());
        });
        return program;
    }

    private Program program() {
        tokens.keyword("program");
        String name = tokens.name();
        tokens.symbol("{");
        tokens.keyword("mode");
        NumericMode mode = constant(NumericMode.values(), "a numeric mode");
        tokens.keyword("vocabulary");
        int vocabulary = tokens.integer("the vocabulary");
        tokens.keyword("context");
        int context = tokens.integer("the context");
        table("weights", () -> weights.add(weight()));
        table("buffers", () -> buffers.add(buffer()));
        table("slots", () -> slots.add(slot()));
        while (tokens.atWord("launch")) {
            launches.add(launch());
        }
        if (!tokens.atWord("logits")) {
            throw tokens.expected("`launch` or `logits`");
        }
        lines.logits(tokens.line());
        tokens.keyword("logits");
        View logits = view();
        tokens.symbol("}");
        tokens.end();
        return new Program(name, mode, vocabulary, context, weights, buffers, slots, launches, logits);
    }

    private void table(String name, Runnable entry) {
        tokens.keyword(name);
        tokens.symbol("{");
        while (!tokens.accept("}")) {
            entry.run();
        }
    }

    private WeightReference weight() {
        lines.weight(tokens.line());
        int id = newId("w", "a weight", weights.size());
        ElementType type = constant(ElementType.values(), "an element type");
        tokens.symbol("[");
        int rows = tokens.integer("the number of rows");
        tokens.symbol(",");
        int columns = tokens.integer("the number of columns");
        tokens.symbol("]");
        return new WeightReference(id, tokens.name(), type, rows, columns);
    }

    private Buffer buffer() {
        lines.buffer(tokens.line());
        int id = newId("b", "a buffer", buffers.size());
        Rows rows = constant(Rows.values(), "what a row stands for");
        tokens.symbol("[");
        int width = tokens.integer("the width");
        tokens.symbol("]");
        if (width < 1) {
            throw tokens.refuse(lines.ofBuffer(id), "buffer `b%d` has no columns".formatted(id));
        }
        return new Buffer(id, rows, width);
    }

    private KvSlot slot() {
        lines.slot(tokens.line());
        int id = newId("kv", "a KV slot", slots.size());
        tokens.keyword("layer");
        int layer = tokens.integer("the layer");
        tokens.symbol(",");
        tokens.keyword("width");
        int width = tokens.integer("the width");
        tokens.symbol(",");
        tokens.keyword("window");
        return new KvSlot(id, layer, width, tokens.integer("the window"));
    }

    private int newId(String prefix, String what, int expected) {
        int line = tokens.line();
        int id = tokens.id(prefix, what);
        if (id != expected) {
            throw tokens.refuse(line, "expected `%s%d`, found `%s%d`".formatted(prefix, expected, prefix, id));
        }
        tokens.symbol("=");
        return id;
    }

    private Launch launch() {
        int line = tokens.line();
        tokens.keyword("launch");
        int number = tokens.integer("the launch's number");
        if (number != launches.size()) {
            throw tokens.refuse(line, "expected launch %d, found launch %d".formatted(launches.size(), number));
        }
        lines.launch();
        tokens.symbol("{");
        KernelReader reader = new KernelReader(tokens, this::view);
        List<Kernel> jobs = new ArrayList<>();
        do {
            lines.job(tokens.line());
            jobs.add(reader.kernel());
        } while (!tokens.accept("}"));
        return new Launch(jobs);
    }

    private View view() {
        int line = tokens.line();
        int id = tokens.id("b", "a buffer");
        if (id >= buffers.size()) {
            throw tokens.refuse(line, "there is no buffer `b%d`".formatted(id));
        }
        if (!tokens.accept("[")) {
            return new View(id, 0, buffers.get(id).width());
        }
        int first = tokens.integer("the first column");
        tokens.symbol("..");
        int last = tokens.integer("the last column");
        tokens.symbol("]");
        if (first > last || last >= buffers.get(id).width()) {
            throw tokens.refuse(
                    line,
                    "`b%d[%d..%d]` is no range of columns of a buffer of width %d"
                            .formatted(id, first, last, buffers.get(id).width()));
        }
        return new View(id, first, last - first + 1);
    }

    private <E extends Enum<E>> E constant(E[] values, String what) {
        return constant(tokens, values, what);
    }

    /// The constant whose name in small letters is the next word.
    static <E extends Enum<E>> E constant(ProgramTokens tokens, E[] values, String what) {
        for (E value : values) {
            if (tokens.atWord(ProgramPrinter.word(value))) {
                tokens.word(what);
                return value;
            }
        }
        String names = Arrays.stream(values)
                .map(value -> "`" + ProgramPrinter.word(value) + "`")
                .collect(Collectors.joining(", "));
        throw tokens.expected("%s (%s)".formatted(what, names));
    }
}
