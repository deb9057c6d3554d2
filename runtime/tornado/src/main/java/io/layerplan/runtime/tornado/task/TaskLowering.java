package io.layerplan.runtime.tornado.task;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.program.Activation;
import io.layerplan.runtime.program.HeadEpilogue;
import io.layerplan.runtime.program.Heads;
import io.layerplan.runtime.program.Input;
import io.layerplan.runtime.program.Kernel;
import io.layerplan.runtime.program.Launch;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.Rope;
import io.layerplan.runtime.program.Term;
import io.layerplan.runtime.program.View;
import io.layerplan.runtime.tornado.task.DeviceProgram.PlacedRope;
import io.layerplan.runtime.tornado.task.TaskJob.Combination;
import io.layerplan.runtime.tornado.task.TaskJob.HeadWork;
import io.layerplan.runtime.tornado.task.TaskJob.Partials;
import io.layerplan.runtime.tornado.task.TaskJob.Store;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// Lowers a program to tasks. Every kernel but embeddings and attention is a combination of terms: what is fused and
/// what is not run on the same device kernel, and `--no-fuse` measures fusion and nothing else. A launch is one task;
/// one that holds kernels of several kinds becomes one for each kind, and an attention whose context is cut into spans
/// ([AttentionSpans]) has a task that adds them up.
public final class TaskLowering {
    /// The most elements of a head: what a workgroup holds in local memory.
    public static final int WIDEST_HEAD = 512;

    private final Program program;
    private final Extent extent;
    private final WeightPlan weights;
    private final ActivationPlan activations;
    private final AttentionSpans spans;
    private final int partials;
    private final Map<Rope, Integer> ropes = new LinkedHashMap<>();
    private final Arena angles = new Arena("angles");

    private TaskLowering(Program program, Extent extent, GroupShape shape) {
        this.program = program;
        this.extent = extent;
        this.weights = new WeightPlan(program, ActivationPlan.widest(program));
        this.activations = new ActivationPlan(program, extent);
        this.spans = new AttentionSpans(program, extent, shape);
        this.partials = activations.take(spans.most());
    }

    /// @throws InputException           if the backend cannot run the program
    /// @throws IllegalArgumentException if the result of a job depends on the order of its workgroups
    public static DeviceProgram lower(Program program, Extent extent, Capabilities capabilities, GroupShape shape) {
        capabilities.require(program.mode());
        capabilities.requireLocalMemory();
        return new TaskLowering(program, extent, shape).lower();
    }

    private DeviceProgram lower() {
        List<DeviceTask> tasks = new ArrayList<>();
        for (int i = 0; i < program.launches().size(); i++) {
            tasks.addAll(tasks(i, program.launches().get(i)));
        }
        var sizes = new DeviceProgram.Sizes(
                weights.floats(),
                weights.words(),
                activations.activations(),
                activations.cache(),
                angles.size(),
                activations.logits());
        List<PlacedRope> placed = ropes.entrySet().stream()
                .map(rope -> new PlacedRope(rope.getKey(), rope.getValue()))
                .toList();
        return new DeviceProgram(
                program, extent, sizes, weights.numbers(), weights.vectors(), weights.matrices(), placed, tasks);
    }

    private List<DeviceTask> tasks(int number, Launch launch) {
        Map<DeviceTask.Kind, List<TaskJob>> byKind = new LinkedHashMap<>();
        int partial = partials;
        for (Kernel kernel : launch.jobs()) {
            for (TaskJob job : jobs(number, launch, kernel, partial)) {
                requireOrderFree(job);
                byKind.computeIfAbsent(DeviceTask.kind(job), _ -> new ArrayList<>())
                        .add(job);
            }
            partial += (int) spans.partials(launch, kernel);
        }
        return byKind.entrySet().stream()
                .map(kind -> new DeviceTask(number, kind.getKey(), kind.getValue()))
                .toList();
    }

    /// A workgroup may overwrite the elements that it alone has read; what every workgroup reads whole has to stay.
    private static void requireOrderFree(TaskJob job) {
        if (job instanceof TaskJob.Project project && project.store().array() == TaskJob.Destination.BUFFERS) {
            for (TaskTerm term : project.terms()) {
                boolean whole = term.gain().isPresent() || term.matrix().isPresent();
                if (whole && term.x().overlaps(project.store().rows())) {
                    throw new IllegalArgumentException("a job overwrites what it reads: " + project.text());
                }
            }
        }
    }

    /// @param partial where the partial results of an attention begin
    private List<TaskJob> jobs(int number, Launch launch, Kernel kernel, int partial) {
        return switch (kernel) {
            case Kernel.Embed(int table, float scale, View y) ->
                List.of(new TaskJob.Embed(weights.matrix(table), weights.number(scale), activations.store(number, y)));
            case Kernel.Norm(View x, int gain, float epsilon, int groups, View y) ->
                norm(number, x, gain, epsilon, groups, y);
            case Kernel.MatMul(Input x, int matrix, OptionalInt bias, var heads, var y) ->
                List.of(new TaskJob.Project(
                        List.of(product(x, matrix, bias, 1)),
                        Combination.SUM,
                        heads.map(this::headWork),
                        activations.store(number, y)));
            case Kernel.GatedMatMul(Input x, int gate, int up, Activation activation, View y) ->
                List.of(project(
                        List.of(product(x, gate, OptionalInt.empty(), 1), product(x, up, OptionalInt.empty(), 1)),
                        combination(activation),
                        activations.store(number, y)));
            case Kernel.Bias(View x, int bias, View y) ->
                List.of(sum(List.of(plain(x, 1, OptionalInt.of(weights.vector(bias)))), activations.store(number, y)));
            case Kernel.Rotate(View x, Rope rope, int headSize, View y) ->
                List.of(new TaskJob.Project(
                        List.of(plain(x, 1, OptionalInt.empty())),
                        Combination.SUM,
                        Optional.of(headWork(new HeadEpilogue(headSize, Optional.empty(), Optional.of(rope)))),
                        activations.store(number, y)));
            case Kernel.KvWrite(View keys, View values, int slot) ->
                List.of(
                        sum(List.of(plain(keys, 1, OptionalInt.empty())), activations.keys(slot)),
                        sum(List.of(plain(values, 1, OptionalInt.empty())), activations.values(slot)));
            case Kernel.Attention attention -> attention(number, launch, attention, partial);
            case Kernel.Activate(View x, Activation activation, View y) ->
                List.of(project(
                        List.of(plain(x, 1, OptionalInt.empty())),
                        combination(activation),
                        activations.store(number, y)));
            case Kernel.Multiply(View a, View b, View y) ->
                List.of(project(
                        List.of(plain(a, 1, OptionalInt.empty()), plain(b, 1, OptionalInt.empty())),
                        Combination.MULTIPLY,
                        activations.store(number, y)));
            case Kernel.Sum(List<Term> terms, View y) ->
                List.of(sum(terms.stream().map(this::term).toList(), activations.store(number, y)));
            case Kernel.SelectOutputs(View x, View y) ->
                List.of(sum(List.of(plain(x, 1, OptionalInt.empty())), activations.store(number, y)));
        };
    }

    private static TaskJob.Project project(List<TaskTerm> terms, Combination combination, Store store) {
        return new TaskJob.Project(terms, combination, Optional.empty(), store);
    }

    private static TaskJob.Project sum(List<TaskTerm> terms, Store store) {
        return project(terms, Combination.SUM, store);
    }

    private static Combination combination(Activation activation) {
        return switch (activation) {
            case SILU -> Combination.SILU;
            case GELU_TANH -> Combination.GELU;
        };
    }

    /// Groups that a workgroup can hold are heads of a plain row; wider ones are a job each, which is a row of its own.
    private List<TaskJob> norm(int launch, View x, int gain, float epsilon, int groups, View y) {
        int size = x.width() / groups;
        if (size <= WIDEST_HEAD) {
            var norm = new HeadEpilogue(size, Optional.of(new HeadEpilogue.HeadNorm(gain, epsilon)), Optional.empty());
            return List.of(new TaskJob.Project(
                    List.of(plain(x, 1, OptionalInt.empty())),
                    Combination.SUM,
                    Optional.of(headWork(norm)),
                    activations.store(launch, y)));
        }
        return IntStream.range(0, groups)
                .mapToObj(group -> {
                    View part = new View(x.buffer(), x.offset() + group * size, size);
                    View result = new View(y.buffer(), y.offset() + group * size, size);
                    return (TaskJob) sum(List.of(normed(part, gain, epsilon, 1)), activations.store(launch, result));
                })
                .toList();
    }

    private TaskTerm term(Term term) {
        return switch (term) {
            case Term.Plain(View x, float weight) -> plain(x, weight, OptionalInt.empty());
            case Term.Normed(View x, int gain, float epsilon, float weight) -> normed(x, gain, epsilon, weight);
            case Term.Product(Input x, int matrix, OptionalInt bias, float weight) -> product(x, matrix, bias, weight);
        };
    }

    private TaskTerm plain(View x, float weight, OptionalInt bias) {
        return new TaskTerm(
                activations.rows(x),
                OptionalInt.empty(),
                Constants.ZERO,
                weights.number(weight),
                bias,
                Optional.empty());
    }

    private TaskTerm normed(View x, int gain, float epsilon, float weight) {
        return new TaskTerm(
                activations.rows(x),
                OptionalInt.of(weights.vector(gain)),
                weights.number(epsilon),
                weights.number(weight),
                OptionalInt.empty(),
                Optional.empty());
    }

    private TaskTerm product(Input x, int matrix, OptionalInt bias, float weight) {
        OptionalInt gain = x.norm().isPresent()
                ? OptionalInt.of(weights.vector(x.norm().get().gain()))
                : OptionalInt.empty();
        return new TaskTerm(
                activations.rows(x.x()),
                gain,
                x.norm().map(norm -> weights.number(norm.epsilon())).orElse(Constants.ZERO),
                weights.number(weight),
                bias.isPresent() ? OptionalInt.of(weights.vector(bias.getAsInt())) : OptionalInt.empty(),
                Optional.of(weights.matrix(matrix)));
    }

    private HeadWork headWork(HeadEpilogue epilogue) {
        requireHead(epilogue.headSize());
        return new HeadWork(
                epilogue.headSize(),
                epilogue.norm()
                        .map(norm -> OptionalInt.of(weights.vector(norm.gain())))
                        .orElse(OptionalInt.empty()),
                epilogue.norm().map(norm -> weights.number(norm.epsilon())).orElse(Constants.ZERO),
                epilogue.rope(),
                epilogue.rope().map(this::angles).orElse(0));
    }

    /// @param offset where its partial results begin
    private List<TaskJob> attention(int number, Launch launch, Kernel.Attention attention, int offset) {
        int slot = attention.slot();
        Heads heads = attention.heads();
        requireHead(heads.size());
        int parts = spans.of(launch, slot);
        Partials left = parts == 1 ? Partials.NONE : new Partials(parts, offset);
        Store y = activations.store(number, attention.y());
        TaskJob attend = new TaskJob.Attend(
                activations.rows(attention.queries()),
                activations.keys(slot).rows().offset(),
                activations.values(slot).rows().offset(),
                program.slots().get(slot).width(),
                program.slots().get(slot).window(),
                heads,
                weights.number((float) heads.scale()),
                left,
                y);
        return parts == 1 ? List.of(attend) : List.of(attend, new TaskJob.Merge(left, heads, y));
    }

    private static void requireHead(int size) {
        if (size > WIDEST_HEAD) {
            throw new InputException(
                    "heads of %d elements are wider than the %d that the backend `tornado` can hold"
                            .formatted(size, WIDEST_HEAD),
                    "run with `--backend cpu`");
        }
    }

    /// Where the angles of a rope begin.
    private int angles(Rope rope) {
        return ropes.computeIfAbsent(rope, key -> angles.take((long) extent.batch() * key.dimensions()));
    }
}
