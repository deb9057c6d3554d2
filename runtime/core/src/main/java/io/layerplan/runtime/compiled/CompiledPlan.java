package io.layerplan.runtime.compiled;

import io.layerplan.runtime.Executor;
import io.layerplan.runtime.backend.Backend;
import io.layerplan.runtime.backend.BackendOptions;
import io.layerplan.runtime.backend.WeightSource;
import io.layerplan.runtime.cpu.CpuBackend;
import io.layerplan.runtime.generate.GenerationListener;
import io.layerplan.runtime.generate.GenerationOptions;
import io.layerplan.runtime.generate.GenerationResult;
import io.layerplan.runtime.generate.Generator;
import io.layerplan.runtime.gguf.GgufFile;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// A plan that was compiled ahead of time, ready to run:
/// ```java
/// try (CompiledPlan plan = CompiledPlan.open(Path.of("founding.lpx"))) {
///     System.out.println(plan.generate("In the beginning", GenerationOptions.greedy(32)).text());
/// }
/// ```
/// Opening reads the program, maps the weights and checks every byte; nothing is optimised and no weight is copied.
/// Not thread-safe: one sequence, one caller. For several at a time open the file several times; they share the
/// weights' memory.
public final class CompiledPlan implements AutoCloseable {
    private static final double NANOS = 1e9;
    private static final String ENDING = ".lpx";
    private static final byte[] MAGIC = "GGUF".getBytes(StandardCharsets.US_ASCII);

    private final PlanFile file;
    private final Optional<GgufFile> model;
    private final Tokenizer tokenizer;
    private final Executor executor;
    private final int context;
    private final OpeningTimes times;

    private CompiledPlan(
            PlanFile file, Optional<GgufFile> model, Backend backend, BackendOptions options, long begun, long read) {
        long found = System.nanoTime();
        this.file = file;
        this.model = model;
        var tokenizing = CompletableFuture.supplyAsync(() -> new Timed(Tokenizer.of(file.metadata())));
        this.context = CompiledPlanOptions.contextOf(file.program(), options.context());
        WeightSource weights = model.<WeightSource>map(open -> new StoredWeights(open, PlanFile.LAYOUT_FILE))
                .orElse(file.weights());
        this.executor = backend.open(file.program(), weights, options.withContext(context));
        long bound = System.nanoTime();
        Timed timed;
        try {
            timed = tokenizing.join();
        } catch (CompletionException e) {
            executor.close();
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
        this.tokenizer = timed.tokenizer;
        this.times = new OpeningTimes(
                (read - begun) / NANOS, (found - read) / NANOS, (bound - found) / NANOS, (timed.at - found) / NANOS);
    }

    /// A tokenizer, and when it was there.
    private record Timed(Tokenizer tokenizer, long at) {
        private Timed(Tokenizer tokenizer) {
            this(tokenizer, System.nanoTime());
        }
    }

    /// Opens a compiled plan with the usual options.
    ///
    /// @throws InputException as in [#open(Path, CompiledPlanOptions)]
    public static CompiledPlan open(Path path) {
        return open(path, CompiledPlanOptions.DEFAULTS);
    }

    /// Opens a compiled plan.
    ///
    /// @throws InputException if the file is no compiled plan, is one of another version or has been altered, if the
    ///                        model is missing or another one, or if the run does not fit into memory; the message says
    ///                        what differs
    public static CompiledPlan open(Path path, CompiledPlanOptions options) {
        BackendOptions usual = BackendOptions.ofContext(options.context());
        return open(
                path,
                options,
                new CpuBackend(),
                new BackendOptions(
                        0,
                        options.threads(),
                        options.context(),
                        options.batch(),
                        options.kv(),
                        usual.repack(),
                        0,
                        usual.progress()));
    }

    /// Opens a compiled plan to run on a backend.
    ///
    /// @param options which model; the rest of them are in `backendOptions`
    /// @throws InputException as in [#open(Path, CompiledPlanOptions)], and if the backend cannot run it
    public static CompiledPlan open(
            Path path, CompiledPlanOptions options, Backend backend, BackendOptions backendOptions) {
        long begun = System.nanoTime();
        PlanFile file = PlanFile.open(path, backendOptions.progress());
        long read = System.nanoTime();
        Optional<GgufFile> model = Optional.empty();
        try {
            if (!file.isPacked() || options.model().isPresent()) {
                model = Optional.of(ModelFinder.open(file, options.model(), backendOptions.progress()));
            } else {
                file.requireLayoutOf(backend);
            }
            return new CompiledPlan(file, model, backend, backendOptions, begun, read);
        } catch (RuntimeException | Error e) {
            model.ifPresent(GgufFile::close);
            file.close();
            throw e;
        }
    }

    /// Whether a file that is there is a compiled plan and not the text of one: it begins like one, or is called
    /// `….lpx`.
    public static boolean isCompiled(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            return path.toString().endsWith(ENDING) || Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
        } catch (IOException e) {
            return false;
        }
    }

    /// Continues a prompt, from an empty sequence.
    public GenerationResult generate(String prompt, GenerationOptions options) {
        return generate(tokenizer.encode(prompt), options, GenerationListener.NONE);
    }

    /// Continues a prompt of tokens, from an empty sequence.
    ///
    /// @param options a context of 0, or one beyond that of this plan, is the context it was opened with
    /// @throws InputException if the prompt is empty, does not fit into the context, or has an unknown token
    public GenerationResult generate(int[] prompt, GenerationOptions options, GenerationListener listener) {
        executor.truncate(0);
        int most = options.context() == 0 ? context : Math.min(context, options.context());
        return new Generator(executor, tokenizer).generate(prompt, options.withContext(most), listener);
    }

    /// The logits after the last of `tokens`, one for each token of the vocabulary.
    public float[] logits(int... tokens) {
        return logits(tokens, 1);
    }

    /// The logits after each of the last `outputs` tokens, row after row.
    public float[] logits(int[] tokens, int outputs) {
        executor.truncate(0);
        return executor.forward(tokens, outputs);
    }

    /// What the plan is called.
    public String name() {
        return file.program().name();
    }

    public Program program() {
        return file.program();
    }

    /// What the program was compiled from.
    public PlanOrigin origin() {
        return file.origin();
    }

    /// The name of the model that it was compiled for.
    public String modelName() {
        return file.fingerprint().name();
    }

    /// The file that its weights come from, unless it carries them.
    public Optional<Path> modelFile() {
        return model.map(GgufFile::path);
    }

    public Tokenizer tokenizer() {
        return tokenizer;
    }

    /// What opening it took.
    public OpeningTimes openingTimes() {
        return times;
    }

    /// What runs it: for counters and figures.
    public Executor executor() {
        return executor;
    }

    /// The most positions of a sequence.
    public int context() {
        return context;
    }

    /// Ends the workers and unmaps the weights.
    @Override
    public void close() {
        try (file) {
            executor.close();
            model.ifPresent(GgufFile::close);
        }
    }
}
