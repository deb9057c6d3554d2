package io.layerplan.runtime.cpu;

import io.layerplan.runtime.Executor;
import io.layerplan.runtime.ExecutorFigures;
import io.layerplan.runtime.InputException;
import io.layerplan.runtime.backend.WeightSource;
import io.layerplan.runtime.cpu.job.BoundLaunch;
import io.layerplan.runtime.cpu.job.Rows;
import io.layerplan.runtime.cpu.machine.AvailableMemory;
import io.layerplan.runtime.cpu.machine.MemorySize;
import io.layerplan.runtime.cpu.pass.Batch;
import io.layerplan.runtime.cpu.pass.Buffers;
import io.layerplan.runtime.cpu.pass.LaunchListener;
import io.layerplan.runtime.cpu.pass.Stage;
import io.layerplan.runtime.cpu.pass.WorkerPool;
import io.layerplan.runtime.cpu.weight.Weights;
import io.layerplan.runtime.kernel.KeyValueBlocks;
import io.layerplan.runtime.kernel.RowKernels;
import io.layerplan.runtime.program.Buffer;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Runs a program on the processor's cores. Its kernels are chosen and bound to the weights when it is made; its
/// workers then go through the launches together. Results depend neither on the number of workers nor on which of them
/// does what.
public final class CpuExecutor implements Executor {
    private final Program program;
    private final CpuOptions options;
    private final MemoryEstimate estimate;
    private final Weights weights;
    private final RowKernels kernels;
    private final WorkerPool pool;
    private final BoundLaunch[] launches;
    private final Batch batch;
    private final KeyValueBlocks[] slots;
    private Stage[] stages = new Stage[0];
    private int length;
    private @Nullable LaunchListener listener;

    /// @throws InputException if a weight is missing or unlike what the program was compiled for, or the run
    /// cannot fit
    public CpuExecutor(Program program, WeightSource weights, CpuOptions options) {
        this(program, weights, options, KernelSelection.choose(options.repack()));
    }

    CpuExecutor(Program program, WeightSource weights, CpuOptions options, RowKernels kernels) {
        this.program = program;
        this.options = options;
        this.kernels = kernels;
        this.estimate = MemoryEstimate.of(program, weights, options, kernels);
        estimate.requireFits(MemoryEstimate.freeHeap(), AvailableMemory.bytes());
        this.weights = new Weights(program, weights, kernels);
        Binder binder = new Binder(program, this.weights, kernels, options.threads());
        this.launches = binder.launches().toArray(BoundLaunch[]::new);
        this.slots = program.slots().stream()
                .map(slot -> SlotHeads.of(program, slot))
                .map(heads -> new KeyValueBlocks(heads.count(), heads.size(), options.kv()))
                .toArray(KeyValueBlocks[]::new);
        this.batch = new Batch(new Buffers(program.buffers()), slots, binder.ropes());
        this.pool = new WorkerPool(options.threads());
    }

    /// Has kernels compiled ahead of a first pass of `tokens` tokens where that makes it sooner.
    void expect(int tokens) {
        if (KernelWarmUp.isWanted(kernels, tokens)) {
            KernelWarmUp.run(program, weights, kernels, options.kv(), tokens);
        }
    }

    @Override
    public float[] forward(int[] tokens, int outputs) {
        check(tokens, outputs);
        return forward(tokens, outputs, allocate(outputs));
    }

    @Override
    public float[] next(int token, float[] spare) {
        int[] tokens = {token};
        check(tokens, 1);
        return forward(tokens, 1, spare.length == program.vocabulary() ? spare : allocate(1));
    }

    private float[] forward(int[] tokens, int outputs, float[] logits) {
        int done = 0;
        for (int first = 0; first < tokens.length; first += options.batch()) {
            int count = Math.min(options.batch(), tokens.length - first);
            int wanted = Math.clamp(first + count - (tokens.length - (long) outputs), 0, count);
            run(tokens, first, count, wanted, logits, done);
            done += wanted;
            length += count;
        }
        return logits;
    }

    private void check(int[] tokens, int outputs) {
        if (outputs < 0 || outputs > tokens.length) {
            throw new IllegalArgumentException("%d outputs of %d tokens".formatted(outputs, tokens.length));
        }
        for (int i = 0; i < tokens.length; i++) {
            if (tokens[i] < 0 || tokens[i] >= program.vocabulary()) {
                throw new InputException(
                        "token %d is %d, and the vocabulary has %d tokens"
                                .formatted(i, tokens[i], program.vocabulary()),
                        "give ids from 0 to " + (program.vocabulary() - 1));
            }
        }
        if ((long) length + tokens.length > options.context()) {
            throw new InputException(
                    "%d tokens after %d do not fit into a context of %d"
                            .formatted(tokens.length, length, options.context()),
                    "ask for a larger context, or give fewer tokens");
        }
    }

    private float[] allocate(int outputs) {
        long size = (long) outputs * program.vocabulary();
        long heap = MemoryEstimate.freeHeap();
        if (size > Integer.MAX_VALUE - 16 || size * Float.BYTES > heap) {
            throw new InputException(
                    "logits of %d tokens take %s, and the JVM has %s"
                            .formatted(outputs, MemorySize.human(size * Float.BYTES), MemorySize.human(heap)),
                    "ask for logits of fewer tokens at a time, or give the JVM more with `-Xmx`");
        }
        return new float[(int) size];
    }

    private void run(int[] tokens, int first, int count, int outputs, float[] logits, int done) {
        View view = program.logits();
        Buffer buffer = program.buffers().get(view.buffer());
        boolean direct = buffer.rows() == Buffer.Rows.OUTPUTS && buffer.width() == view.width();
        if (direct) {
            batch.buffers().redirect(buffer.id(), logits, done * program.vocabulary());
        }
        batch.begin(tokens, first, count, length, outputs);
        try {
            pool.run(batch, stages(), listener);
            if (!direct) {
                copy(new Rows(buffer, view), outputs, logits, done);
            }
        } finally {
            batch.buffers().release();
        }
    }

    /// What the batch makes of the launches: the same array as long as it is the same.
    private Stage[] stages() {
        List<Stage> all = new ArrayList<>(stages.length);
        for (BoundLaunch launch : launches) {
            launch.addStages(batch, all);
        }
        if (!all.equals(Arrays.asList(stages))) {
            stages = all.toArray(Stage[]::new);
        }
        return stages;
    }

    private void copy(Rows rows, int outputs, float[] logits, int done) {
        int vocabulary = program.vocabulary();
        for (int row = 0; row < outputs; row++) {
            int from = rows.offset(batch, rows.firstFor(batch, outputs) + row);
            System.arraycopy(rows.array(batch), from, logits, (done + row) * vocabulary, vocabulary);
        }
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public void truncate(int length) {
        if (length < 0 || length > this.length) {
            throw new IllegalArgumentException("a sequence of %d tokens cut to %d".formatted(this.length, length));
        }
        this.length = length;
    }

    @Override
    public Program program() {
        return program;
    }

    /// From now on, or with null no longer, tells a listener how long every launch takes.
    public void listen(@Nullable LaunchListener hearing) {
        this.listener = hearing;
    }

    @Override
    public ExecutorFigures figures() {
        return new ExecutorFigures(
                kernels() + repacked() + ", %d threads".formatted(pool.size()),
                estimate.weights(),
                estimate.keyValues(),
                options.kv(),
                OptionalLong.of(estimate.repacked() + keyValueBytes()),
                activationBytes(),
                launches());
    }

    private long keyValueBytes() {
        return Arrays.stream(slots).mapToLong(KeyValueBlocks::bytes).sum();
    }

    private String repacked() {
        return estimate.repacked() == 0
                ? ""
                : ", %s of weights repacked".formatted(MemorySize.human(estimate.repacked()));
    }

    /// What the run was predicted to take.
    public MemoryEstimate estimate() {
        return estimate;
    }

    /// Which kernels run: `scalar`, `vector (512 bits)`.
    public String kernels() {
        return kernels.name();
    }

    /// How many launches have run; a launch that has no row to compute is none.
    public long launches() {
        return pool.launches();
    }

    /// Bytes of activations and scratch allocated so far.
    public long activationBytes() {
        return batch.buffers().bytes() + batch.panelBytes() + pool.bytes();
    }

    @Override
    public void close() {
        pool.close();
    }
}
