package io.layerplan.examples;

import io.layerplan.compiler.PlanCompiler;
import io.layerplan.compiler.diagnostics.SourceText;
import io.layerplan.compiler.model.Model;
import io.layerplan.compiler.model.ModelReader;
import io.layerplan.compiler.pipeline.CompilationOptions;
import io.layerplan.runtime.cpu.CpuExecutor;
import io.layerplan.runtime.cpu.CpuOptions;
import io.layerplan.runtime.gguf.GgufFile;
import io.layerplan.runtime.tokenizer.EncodeOptions;
import io.layerplan.runtime.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// What plans cost in quality: the perplexity of a text under each plan, `exp` of the mean negative log-likelihood of
/// every token but the first of a window.
///
///     Perplexity MODEL TEXT WINDOWS PLAN…
///
/// `WINDOWS` windows of the model's context are spread evenly over the first 97 % of the text, and as many over the
/// rest: for the bundled model, what it was trained on and what was held out.
public final class Perplexity {
    private static final double SEEN = 0.97;

    private Perplexity() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 4) {
            System.err.println("usage: Perplexity MODEL TEXT WINDOWS PLAN...");
            System.exit(2);
        }
        List<String> plans = Arrays.asList(arguments).subList(3, arguments.length);
        try (GgufFile file = GgufFile.open(Path.of(arguments[0]))) {
            Model model = ModelReader.read(file);
            int[] tokens =
                    Tokenizer.of(file.metadata()).encode(Files.readString(Path.of(arguments[1])), EncodeOptions.PLAIN);
            int windows = Integer.parseInt(arguments[2]);
            int cut = (int) (tokens.length * SEEN);
            int[] seen = Arrays.copyOf(tokens, cut);
            int[] heldOut = Arrays.copyOfRange(tokens, cut, tokens.length);
            System.out.println("    seen  held out  plan");
            for (String plan : plans) {
                System.out.printf(
                        "%8.2f  %8.2f  %s%n", of(model, plan, seen, windows), of(model, plan, heldOut, windows), plan);
            }
        }
    }

    /// The perplexity of `windows` windows of the model's context, spread evenly over `tokens`.
    static double of(Model model, String plan, int[] tokens, int windows) {
        int context = Math.min(model.spec().context(), tokens.length);
        double sum = 0;
        long count = 0;
        try (CpuExecutor executor = executor(model, plan, context)) {
            for (int window = 0; window < windows; window++) {
                int first = windows == 1 ? 0 : (int) ((long) (tokens.length - context) * window / (windows - 1));
                int[] text = Arrays.copyOfRange(tokens, first, first + context);
                executor.truncate(0);
                float[] logits = executor.forward(text, context);
                for (int t = 0; t + 1 < context; t++) {
                    sum -= logLikelihood(
                            logits, t * model.spec().vocabulary(), model.spec().vocabulary(), text[t + 1]);
                    count++;
                }
            }
        }
        return Math.exp(sum / count);
    }

    private static CpuExecutor executor(Model model, String plan, int context) {
        return new CpuExecutor(
                PlanCompiler.compile(new SourceText("plan", plan), model, CompilationOptions.FUSED),
                model::weight,
                CpuOptions.ofContext(context));
    }

    /// `log softmax(logits)[token]` of the row that starts at `from`.
    private static double logLikelihood(float[] logits, int from, int size, int token) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = from; i < from + size; i++) {
            largest = Math.max(largest, logits[i]);
        }
        double sum = 0;
        for (int i = from; i < from + size; i++) {
            sum += Math.exp(logits[i] - largest);
        }
        return logits[from + token] - largest - Math.log(sum);
    }
}
