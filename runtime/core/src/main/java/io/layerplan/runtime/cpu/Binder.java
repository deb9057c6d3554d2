package io.layerplan.runtime.cpu;

import io.layerplan.runtime.cpu.job.AttentionJob;
import io.layerplan.runtime.cpu.job.BoundHeads;
import io.layerplan.runtime.cpu.job.BoundInput;
import io.layerplan.runtime.cpu.job.BoundLaunch;
import io.layerplan.runtime.cpu.job.BoundMatrix;
import io.layerplan.runtime.cpu.job.ColumnBlocks;
import io.layerplan.runtime.cpu.job.GatedMatMulJob;
import io.layerplan.runtime.cpu.job.InputForm;
import io.layerplan.runtime.cpu.job.Job;
import io.layerplan.runtime.cpu.job.MatMulJob;
import io.layerplan.runtime.cpu.job.RowJobs;
import io.layerplan.runtime.cpu.job.Rows;
import io.layerplan.runtime.cpu.job.SumJob;
import io.layerplan.runtime.cpu.pass.RopeAngles;
import io.layerplan.runtime.cpu.weight.RepackedWeights;
import io.layerplan.runtime.cpu.weight.Weights;
import io.layerplan.runtime.kernel.MatrixKernel;
import io.layerplan.runtime.kernel.QuantisedMatrixKernel;
import io.layerplan.runtime.kernel.RowKernels;
import io.layerplan.runtime.kernel.grouped.GroupedLayout;
import io.layerplan.runtime.program.Buffer;
import io.layerplan.runtime.program.HeadEpilogue;
import io.layerplan.runtime.program.Input;
import io.layerplan.runtime.program.Kernel;
import io.layerplan.runtime.program.Launch;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.Rope;
import io.layerplan.runtime.program.Target;
import io.layerplan.runtime.program.Term;
import io.layerplan.runtime.program.View;
import io.layerplan.runtime.program.WeightReference;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Binds the launches of a program to weights and kernels. One binder serves one program; after [#launches],
/// [#ropes] holds every rope that a job turns by.
final class Binder {
    private final Program program;
    private final Weights weights;
    private final RowKernels kernels;
    private final RepackedWeights repacked;
    private final int workers;
    private final Map<Integer, MatrixKernel> matrices = new HashMap<>();
    private final Map<Integer, MatrixKernel> tables = new HashMap<>();
    private final Map<Rope, Integer> ropes = new LinkedHashMap<>();

    /// @param workers how many the work will be split over
    Binder(Program program, Weights weights, RowKernels kernels, int workers) {
        this.program = program;
        this.weights = weights;
        this.kernels = kernels;
        this.repacked = new RepackedWeights(program, weights, kernels);
        this.workers = workers;
    }

    List<BoundLaunch> launches() {
        List<BoundLaunch> bound = new ArrayList<>();
        for (Launch launch : program.launches()) {
            bound.add(bind(bound.size(), launch));
        }
        return bound;
    }

    RopeAngles[] ropes() {
        return ropes.keySet().stream()
                .map(rope -> new RopeAngles(
                        rope, rope.factors() < 0 ? null : weights.vector(rope.factors(), rope.dimensions() / 2)))
                .toArray(RopeAngles[]::new);
    }

    private BoundLaunch bind(int number, Launch launch) {
        LaunchHazards.check(launch);
        Inputs inputs = new Inputs();
        List<Job> jobs = new ArrayList<>();
        for (Kernel kernel : launch.jobs()) {
            jobs.add(bind(kernel, inputs));
        }
        return new BoundLaunch(number, List.copyOf(inputs.bound.values()), jobs);
    }

    private Job bind(Kernel kernel, Inputs inputs) {
        RowJobs rowJobs = new RowJobs(kernels);
        return switch (kernel) {
            case Kernel.Embed(int table, float scale, View y) -> rowJobs.embed(table(table), scale, rows(y));
            case Kernel.Norm(View x, int gain, float epsilon, int groups, View y) ->
                rowJobs.norm(rows(x), weights.vector(gain, x.width() / groups), epsilon, groups, rows(y));
            case Kernel.MatMul matMul -> matMul(matMul, inputs);
            case Kernel.GatedMatMul gated -> gatedMatMul(gated, inputs);
            case Kernel.Bias(View x, int bias, View y) ->
                rowJobs.bias(rows(x), weights.vector(bias, x.width()), rows(y));
            case Kernel.Rotate(View x, Rope rope, int headSize, View y) ->
                rowJobs.rotate(rows(x), rope(rope), headSize, rows(y));
            case Kernel.KvWrite(View keys, View values, int slot) -> rowJobs.write(rows(keys), rows(values), slot);
            case Kernel.Attention(View queries, int slot, var heads, View y) ->
                new AttentionJob(
                        kernels,
                        rows(queries),
                        slot,
                        program.slots().get(slot).window(),
                        heads,
                        rows(y),
                        inputs.attentions++,
                        workers);
            case Kernel.Activate(View x, var activation, View y) -> rowJobs.activate(rows(x), activation, rows(y));
            case Kernel.Multiply(View a, View b, View y) -> rowJobs.multiply(rows(a), rows(b), rows(y));
            case Kernel.Sum sum -> sum(sum, inputs);
            case Kernel.SelectOutputs(View x, View y) -> rowJobs.select(rows(x), rows(y));
        };
    }

    private Job matMul(Kernel.MatMul job, Inputs inputs) {
        Rows rows = job.y() instanceof Target.Activations(View y)
                ? rows(y)
                : rows(job.x().x());
        BoundMatrix product = product(job.x(), job.matrix(), job.bias(), rows, inputs);
        Optional<BoundHeads> heads = job.heads().map(this::heads);
        int align = heads.map(BoundHeads::headSize).orElse(1);
        ColumnBlocks blocks = blocks(align, job.matrix());
        return new MatMulJob(product, heads, rows, job.y(), blocks);
    }

    private Job gatedMatMul(Kernel.GatedMatMul job, Inputs inputs) {
        Rows y = rows(job.y());
        return new GatedMatMulJob(
                kernels,
                product(job.x(), job.gate(), OptionalInt.empty(), y, inputs),
                product(job.x(), job.up(), OptionalInt.empty(), y, inputs),
                job.activation(),
                y,
                blocks(1, job.gate(), job.up()));
    }

    private Job sum(Kernel.Sum job, Inputs inputs) {
        Rows y = rows(job.y());
        boolean aside = job.terms().stream().skip(1).anyMatch(term -> LaunchHazards.overlap(read(term), job.y()));
        int[] factors = job.terms().stream()
                .filter(Term.Product.class::isInstance)
                .mapToInt(term -> ((Term.Product) term).matrix())
                .toArray();
        if (factors.length == 0) {
            return new RowJobs(kernels).sum(job.terms(), y, aside, this::rows, weights);
        }
        List<SumJob.BoundTerm> terms = new ArrayList<>();
        for (Term term : job.terms()) {
            terms.add(
                    switch (term) {
                        case Term.Plain(View x, float weight) -> new SumJob.BoundTerm.Plain(rows(x), weight);
                        case Term.Normed(View x, int gain, float epsilon, float weight) -> {
                            Input input = new Input(x, Optional.of(new Input.InputNorm(gain, epsilon)));
                            yield new SumJob.BoundTerm.Normed(inputs.of(input, y, InputForm.ROWS), weight);
                        }
                        case Term.Product(Input x, int matrix, OptionalInt bias, float weight) ->
                            new SumJob.BoundTerm.Product(product(x, matrix, bias, y, inputs), weight);
                    });
        }
        return new SumJob(kernels, List.copyOf(terms), y, aside, blocks(1, factors));
    }

    private static View read(Term term) {
        return switch (term) {
            case Term.Plain(View x, var _) -> x;
            case Term.Normed(View x, var _, var _, var _) -> x;
            case Term.Product product -> product.x().x();
        };
    }

    private BoundMatrix product(Input x, int matrix, OptionalInt bias, Rows result, Inputs inputs) {
        MatrixKernel kernel = matrix(matrix);
        if (kernel.columns() != x.x().width()) {
            throw new IllegalArgumentException(
                    "w%d takes %d columns, its input has %d".formatted(matrix, kernel.columns(), x.x().width()));
        }
        float[] addend = bias.isPresent() ? weights.vector(bias.getAsInt(), kernel.rows()) : null;
        boolean quantised = program.mode() == NumericMode.Q8
                && weights.reference(matrix).type().isQuantised();
        InputForm form = quantised ? quantisedForm(kernel) : InputForm.FLOATS;
        return new BoundMatrix(kernels, kernel, inputs.of(x, result, form), addend);
    }

    private InputForm quantisedForm(MatrixKernel kernel) {
        return kernel instanceof QuantisedMatrixKernel && kernels.packsCodes() ? InputForm.CODES : InputForm.QUANTISED;
    }

    private BoundHeads heads(HeadEpilogue epilogue) {
        int size = epilogue.headSize();
        float[] gain =
                epilogue.norm().map(norm -> weights.vector(norm.gain(), size)).orElse(null);
        float epsilon = epilogue.norm().map(HeadEpilogue.HeadNorm::epsilon).orElse(0f);
        return new BoundHeads(
                kernels, size, gain, epsilon, epilogue.rope().map(this::rope).orElse(-1));
    }

    private ColumnBlocks blocks(int least, int... factors) {
        long bytes = 0;
        boolean grouped = false;
        for (int factor : factors) {
            WeightReference weight = weights.reference(factor);
            bytes += weight.type().rowBytes(weight.columns());
            grouped |= kernels.takesGroups(program.mode(), weight.type());
        }
        int single = grouped ? leastCommonMultiple(least, GroupedLayout.ROWS) : least;
        int packed = leastCommonMultiple(least, RowKernels.TILE_ROWS);
        return ColumnBlocks.of(weights.reference(factors[0]).rows(), bytes, single, packed, workers);
    }

    private static int leastCommonMultiple(int a, int b) {
        int multiple = a;
        while (multiple % b != 0) {
            multiple += a;
        }
        return multiple;
    }

    /// A weight of products.
    private MatrixKernel matrix(int id) {
        return matrices.computeIfAbsent(id, this::product);
    }

    private MatrixKernel product(int id) {
        WeightReference weight = weights.reference(id);
        if (!kernels.takesGroups(program.mode(), weight.type())) {
            return kernels.matrix(weights.matrix(id));
        }
        MemorySegment grouped = weights.grouped(id).orElseGet(() -> repacked.write(weights.matrix(id)));
        return kernels.grouped(weight.type(), weight.rows(), weight.columns(), grouped);
    }

    /// A weight of which rows are looked up.
    private MatrixKernel table(int id) {
        return weights.isInFile(id)
                ? tables.computeIfAbsent(id, key -> kernels.matrix(weights.matrix(key)))
                : matrix(id);
    }

    private int rope(Rope rope) {
        return ropes.computeIfAbsent(rope, key -> ropes.size());
    }

    private Rows rows(View view) {
        Buffer buffer = program.buffers().get(view.buffer());
        if (view.offset() + view.width() > buffer.width()) {
            throw new IllegalArgumentException(view + " is not inside " + buffer);
        }
        return new Rows(buffer, view);
    }

    /// The distinct inputs of one launch: what several products read is prepared once.
    private final class Inputs {
        /// How many attentions the launch has so far.
        private int attentions;

        private final Map<Key, BoundInput> bound = new LinkedHashMap<>();

        private record Key(Input input, Buffer.Rows result, InputForm form) {}

        BoundInput of(Input input, Rows result, InputForm form) {
            return bound.computeIfAbsent(new Key(input, result.buffer().rows(), form), key -> {
                int width = input.x().width();
                float[] gain = input.norm()
                        .map(norm -> weights.vector(norm.gain(), width))
                        .orElse(null);
                float epsilon = input.norm().map(Input.InputNorm::epsilon).orElse(0f);
                return new BoundInput(kernels, rows(input.x()), result, gain, epsilon, form, bound.size());
            });
        }
    }
}
