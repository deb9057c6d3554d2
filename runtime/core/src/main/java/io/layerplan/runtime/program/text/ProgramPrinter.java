package io.layerplan.runtime.program.text;

import io.layerplan.runtime.program.Buffer;
import io.layerplan.runtime.program.KvSlot;
import io.layerplan.runtime.program.Launch;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.View;
import io.layerplan.runtime.program.WeightReference;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// Prints a program as text that [ProgramReader] reads back, equal in every bit:
/// ```
/// program "founding" {
///   mode f32
///   vocabulary 2048
///   context 512
///
///   weights {
///     w0 = q8_0[2048, 192] "token_embd.weight"
///     w1 = f32[1, 192] "blk.0.attn_norm.weight"
///     w2 = q8_0[192, 192] "blk.0.attn_q.weight"
///   }
///   buffers {
///     b0 = tokens[192]
///     b1 = tokens[192]
///   }
///   slots {
///     kv0 = layer 0, width 96, window 0
///   }
///
///   launch 0 {
///     b0 = embed(w0, scale 1.0)
///   }
///   launch 1 {
///     b1 = matmul(norm(b0, w1, 1.0E-5), w2) | heads 32 | rotate(halves 32, base 10000.0, scale 1.0)
///     …
///   }
///   …
///
///   logits b9
/// }
/// ```
/// A view of all columns of a buffer prints as the buffer, one of some as `b1[0..95]`, the last column included.
public final class ProgramPrinter {
    private final Program program;
    private final StringBuilder out = new StringBuilder();

    private ProgramPrinter(Program program) {
        this.program = program;
    }

    public static String print(Program program) {
        return new ProgramPrinter(program).print();
    }

    private String print() {
        out.append("program ").append(QuotedText.quote(program.name())).append(" {\n");
        out.append("  mode ").append(word(program.mode())).append('\n');
        out.append("  vocabulary ").append(program.vocabulary()).append('\n');
        out.append("  context ").append(program.context()).append("\n\n");
        table("weights", program.weights(), this::weight);
        table("buffers", program.buffers(), this::buffer);
        table("slots", program.slots(), this::slot);
        out.append('\n');
        KernelPrinter kernels = new KernelPrinter(this::view);
        for (int i = 0; i < program.launches().size(); i++) {
            launch(i, program.launches().get(i), kernels);
        }
        return out.append("\n  logits ")
                .append(view(program.logits()))
                .append("\n}\n")
                .toString();
    }

    private <T> void table(String name, List<T> entries, Consumer<T> printer) {
        out.append("  ").append(name).append(" {\n");
        for (T entry : entries) {
            out.append("    ");
            printer.accept(entry);
            out.append('\n');
        }
        out.append("  }\n");
    }

    private void weight(WeightReference weight) {
        out.append('w').append(weight.id()).append(" = ").append(weight.type().label());
        out.append('[')
                .append(weight.rows())
                .append(", ")
                .append(weight.columns())
                .append("] ");
        out.append(QuotedText.quote(weight.name()));
    }

    private void buffer(Buffer buffer) {
        out.append('b').append(buffer.id()).append(" = ").append(word(buffer.rows()));
        out.append('[').append(buffer.width()).append(']');
    }

    private void slot(KvSlot slot) {
        out.append("kv").append(slot.id()).append(" = layer ").append(slot.layer());
        out.append(", width ").append(slot.width()).append(", window ").append(slot.window());
    }

    private void launch(int number, Launch launch, KernelPrinter kernels) {
        out.append("  launch ").append(number).append(" {\n");
        launch.jobs()
                .forEach(job -> out.append("    ").append(kernels.print(job)).append('\n'));
        out.append("  }\n");
    }

    private String view(View view) {
        boolean whole = view.offset() == 0
                && view.buffer() < program.buffers().size()
                && view.width() == program.buffers().get(view.buffer()).width();
        long last = (long) view.offset() + view.width() - 1;
        return whole ? "b" + view.buffer() : "b" + view.buffer() + "[" + view.offset() + ".." + last + "]";
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
