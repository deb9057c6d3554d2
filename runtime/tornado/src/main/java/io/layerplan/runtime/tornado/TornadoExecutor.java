package io.layerplan.runtime.tornado;

import io.layerplan.runtime.Executor;
import io.layerplan.runtime.ExecutorFigures;
import io.layerplan.runtime.InputException;
import io.layerplan.runtime.backend.BackendOptions;
import io.layerplan.runtime.backend.Device;
import io.layerplan.runtime.backend.WeightSource;
import io.layerplan.runtime.kernel.scalar.ScalarDequantize;
import io.layerplan.runtime.kernel.scalar.ScalarRope;
import io.layerplan.runtime.program.KeyValueFormat;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.Rope;
import io.layerplan.runtime.tornado.task.Capabilities;
import io.layerplan.runtime.tornado.task.DeviceProgram;
import io.layerplan.runtime.tornado.task.DeviceProgram.PlacedRope;
import io.layerplan.runtime.tornado.task.Extent;
import io.layerplan.runtime.tornado.task.GroupShape;
import io.layerplan.runtime.tornado.task.TaskLowering;
import io.layerplan.runtime.tornado.task.TurnPlan;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Runs a program on a device of TornadoVM. Weights, keys, values and activations stay there; tokens and angles go,
/// logits come back.
final class TornadoExecutor implements Executor {
    /// Enough tokens for a device to be busy, few enough to keep activations small.
    private static final int USUAL_BATCH = 32;

    private final DeviceProgram lowered;
    private final DeviceArrays arrays;
    private final TurnGraph graph;
    private final String kernels;
    private final float[] @Nullable [] factors;
    private int length;
    private long launches;

    private TornadoExecutor(DeviceProgram lowered, DeviceArrays arrays, TurnGraph graph, String kernels) {
        this.lowered = lowered;
        this.arrays = arrays;
        this.graph = graph;
        this.kernels = kernels;
        this.factors = lowered.ropes().stream()
                .map(rope -> rope.rope().factors() < 0
                        ? null
                        : ScalarDequantize.row(arrays.weight(rope.rope().factors()), 0))
                .toArray(float[][]::new);
    }

    static TornadoExecutor open(Program program, WeightSource weights, Device device, BackendOptions options) {
        int batch = Math.min(options.context(), options.batch() == 0 ? USUAL_BATCH : options.batch());
        Extent extent = Extent.of(options.context(), batch);
        GroupShape shape = TornadoDevices.groups(device);
        Capabilities capabilities = TornadoDevices.capabilities(device.number());
        Launching launching = Launching.of(capabilities);
        DeviceProgram lowered = TaskLowering.lower(program, extent, capabilities, shape);
        DeviceMemory.require(lowered.sizes(), device, TornadoDevices.isProcessor(device.number()));
        options.progress().step("copying weights", 0, 1);
        DeviceArrays arrays = new DeviceArrays(lowered, weights);
        TurnPlan plan = TurnPlan.of(lowered.tasks());
        TurnGraph graph =
                new TurnGraph(lowered, plan, shape, launching, arrays, TornadoDevices.device(device.number()));
        int distinct = graph.kernels();
        options.progress()
                .step(
                        "compiling %d kernels for %d tasks"
                                .formatted(distinct, plan.slots().size()),
                        0,
                        1);
        graph.compile();
        options.progress().step("compiled", 1, 1);
        String kernels = "TornadoVM (%s, %s), %d kernels in %d tasks, %d executions a pass"
                .formatted(
                        device.driver(),
                        device.name(),
                        distinct,
                        plan.slots().size(),
                        plan.turns().size());
        return new TornadoExecutor(lowered, arrays, graph, kernels);
    }

    @Override
    public float[] forward(int[] tokens, int outputs) {
        check(tokens, outputs);
        return forward(
                tokens,
                outputs,
                new float[Math.multiplyExact(outputs, lowered.program().vocabulary())]);
    }

    @Override
    public float[] next(int token, float[] spare) {
        int[] tokens = {token};
        check(tokens, 1);
        int vocabulary = lowered.program().vocabulary();
        return forward(tokens, 1, spare.length == vocabulary ? spare : new float[vocabulary]);
    }

    private float[] forward(int[] tokens, int outputs, float[] logits) {
        int vocabulary = lowered.program().vocabulary();
        int done = 0;
        int first = 0;
        while (first < tokens.length) {
            int count = Math.min(lowered.extent().batch(), tokens.length - first);
            int before = tokens.length - outputs;
            int excess = Math.max(
                    0,
                    Math.min(count, first + count - before) - lowered.extent().outputs());
            count -= excess;
            int wanted = Math.clamp((long) first + count - before, 0, count);
            fillAngles(count);
            launches += graph.run(tokens, first, count, length, wanted);
            MemorySegment.copy(
                    arrays.logits.getSegment(),
                    ValueLayout.JAVA_FLOAT,
                    0,
                    logits,
                    done * vocabulary,
                    wanted * vocabulary);
            done += wanted;
            length += count;
            first += count;
        }
        return logits;
    }

    private void check(int[] tokens, int outputs) {
        if (outputs < 0 || outputs > tokens.length) {
            throw new IllegalArgumentException("%d outputs of %d tokens".formatted(outputs, tokens.length));
        }
        int vocabulary = lowered.program().vocabulary();
        for (int i = 0; i < tokens.length; i++) {
            if (tokens[i] < 0 || tokens[i] >= vocabulary) {
                throw new InputException(
                        "token %d is %d, and the vocabulary has %d tokens".formatted(i, tokens[i], vocabulary),
                        "give ids from 0 to " + (vocabulary - 1));
            }
        }
        int context = lowered.extent().context();
        if ((long) length + tokens.length > context) {
            throw new InputException(
                    "%d tokens after %d do not fit into a context of %d".formatted(tokens.length, length, context),
                    "ask for a larger context, or give fewer tokens");
        }
    }

    /// Cosines and sines of the positions of the next `count` tokens, in double precision as on the processor.
    private void fillAngles(int count) {
        for (int i = 0; i < factors.length; i++) {
            PlacedRope placed = lowered.ropes().get(i);
            Rope rope = placed.rope();
            int pairs = rope.dimensions() / 2;
            for (int pair = 0; pair < pairs; pair++) {
                double one = ScalarRope.angle(rope, factors[i], 1, pair);
                for (int t = 0; t < count; t++) {
                    double angle = (length + t) * one;
                    int at = placed.offset() + t * 2 * pairs + pair;
                    arrays.angles.set(at, (float) Math.cos(angle));
                    arrays.angles.set(at + pairs, (float) Math.sin(angle));
                }
            }
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
        return lowered.program();
    }

    @Override
    public ExecutorFigures figures() {
        DeviceProgram.Sizes sizes = lowered.sizes();
        return new ExecutorFigures(
                kernels,
                4L * sizes.words() + 4L * sizes.floats(),
                4L * sizes.cache(),
                KeyValueFormat.F32,
                OptionalLong.empty(),
                4L * ((long) sizes.buffers() + sizes.angles() + sizes.logits()),
                launches);
    }

    @Override
    public void close() {
        graph.close();
    }
}
