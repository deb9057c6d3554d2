package io.layerplan.compiler.draw;

import io.layerplan.compiler.draw.DataFlow.Job;
import io.layerplan.runtime.program.Activation;
import io.layerplan.runtime.program.HeadEpilogue;
import io.layerplan.runtime.program.Kernel;
import io.layerplan.runtime.program.KvSlot;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.Target;
import io.layerplan.runtime.program.Term;
import io.layerplan.runtime.program.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Says in a few words what the jobs of a stretch compute.
final class Captions {
    /// The residual stream that flows into a stretch.
    private static final String STREAM = "x";

    /// A stream inside a branch.
    private static final String BRANCH_STREAM = "h";

    private final Program program;
    private final DataFlow flow;
    private final Stretch stretch;
    private final Map<Job, Caption> captions = new HashMap<>();

    private Captions(Program program, DataFlow flow, Stretch stretch) {
        this.program = program;
        this.flow = flow;
        this.stretch = stretch;
    }

    static Map<Job, Caption> of(Program program, DataFlow flow, Stretch stretch) {
        Captions captions = new Captions(program, flow, stretch);
        stretch.jobs().forEach(job -> captions.captions.put(job, captions.caption(job)));
        return captions.captions;
    }

    private Caption caption(Job job) {
        return switch (job.kernel()) {
            case Kernel.Embed _ -> Caption.of(Family.EMBED_AND_HEAD, "embed", new TreeSet<>());
            case Kernel.MatMul matMul -> matMul(matMul);
            case Kernel.GatedMatMul gated ->
                new Caption(
                        Family.PROJECTION,
                        gated.x().norm().isPresent(),
                        List.of(role(gated.gate()).role() + "·"
                                + role(gated.up()).role()),
                        List.of(word(gated.activation())),
                        layers(gated.gate(), gated.up()),
                        new TreeSet<>());
            case Kernel.Sum sum -> sum(job, sum);
            case Kernel.Attention attention -> attention(program.slots().get(attention.slot()));
            case Kernel.KvWrite write -> {
                KvSlot slot = program.slots().get(write.slot());
                yield Caption.of(Family.ELEMENTWISE, "kv write → kv" + slot.id(), one(slot.layer()));
            }
            case Kernel.Norm norm ->
                Caption.of(Family.ELEMENTWISE, role(norm.gain()).role(), layers(norm.gain()));
            case Kernel.Bias bias -> Caption.of(Family.ELEMENTWISE, "+ bias", layers(bias.bias()));
            case Kernel.Rotate _ -> Caption.of(Family.ELEMENTWISE, "rope", inherited(job));
            case Kernel.Activate activate ->
                Caption.of(Family.ELEMENTWISE, word(activate.activation()), inherited(job));
            case Kernel.Multiply _ -> Caption.of(Family.ELEMENTWISE, "multiply", inherited(job));
            case Kernel.SelectOutputs _ -> Caption.of(Family.ELEMENTWISE, "select outputs", new TreeSet<>());
        };
    }

    private Caption matMul(Kernel.MatMul matMul) {
        List<String> steps = new ArrayList<>();
        matMul.bias().ifPresent(_ -> steps.add("bias"));
        matMul.heads().flatMap(HeadEpilogue::norm).ifPresent(_ -> steps.add("head norm"));
        matMul.heads().flatMap(HeadEpilogue::rope).ifPresent(_ -> steps.add("rope"));
        WeightRole role = role(matMul.matrix());
        return new Caption(
                role.layer().isPresent() ? Family.PROJECTION : Family.EMBED_AND_HEAD,
                matMul.x().norm().isPresent(),
                List.of(role.role()),
                steps,
                layers(matMul.matrix()),
                slots(matMul.y()));
    }

    private static NavigableSet<Integer> slots(Target target) {
        return switch (target) {
            case Target.Activations _ -> new TreeSet<>();
            case Target.Keys(int slot) -> one(slot);
            case Target.Values(int slot) -> one(slot);
        };
    }

    private static Caption attention(KvSlot slot) {
        List<String> window = slot.window() == 0 ? List.of() : List.of("window " + slot.window());
        return new Caption(Family.ATTENTION, false, List.of("attention"), window, one(slot.layer()), one(slot.id()));
    }

    private Caption sum(Job job, Kernel.Sum sum) {
        List<SumText.Part> parts = new ArrayList<>();
        NavigableSet<Integer> layers = new TreeSet<>();
        for (Term term : sum.terms()) {
            View view = view(term);
            String name = switch (term) {
                case Term.Plain _ -> name(job, view);
                case Term.Normed _ -> "norm(" + name(job, view) + ")";
                case Term.Product product -> role(product.matrix()).role();
            };
            parts.add(new SumText.Part(name, term.weight()));
            if (term instanceof Term.Product product) {
                layers.addAll(layers(product.matrix()));
            } else {
                producers(job, view)
                        .filter(producer -> !(producer.kernel() instanceof Kernel.Sum))
                        .forEach(producer -> layers.addAll(captioned(producer).layers()));
            }
        }
        boolean product = sum.terms().stream().anyMatch(Term.Product.class::isInstance);
        return Caption.of(product ? Family.PROJECTION : Family.ELEMENTWISE, SumText.of(parts), layers);
    }

    private static View view(Term term) {
        return switch (term) {
            case Term.Plain plain -> plain.x();
            case Term.Normed normed -> normed.x();
            case Term.Product product -> product.x().x();
        };
    }

    /// What a sum calls the value that it reads: a projection by its role, a stream by a letter.
    private String name(Job job, View view) {
        List<Job> producers = producers(job, view).toList();
        if (producers.isEmpty()) {
            return STREAM;
        }
        return switch (producers.getFirst().kernel()) {
            case Kernel.Sum _ -> BRANCH_STREAM;
            case Kernel.MatMul matMul -> role(matMul.matrix()).role();
            case Kernel.Norm norm -> "norm(" + name(producers.getFirst(), norm.x()) + ")";
            case Kernel.Bias bias -> name(producers.getFirst(), bias.x());
            case Kernel.Embed _,
                    Kernel.GatedMatMul _,
                    Kernel.Rotate _,
                    Kernel.KvWrite _,
                    Kernel.Attention _,
                    Kernel.Activate _,
                    Kernel.Multiply _,
                    Kernel.SelectOutputs _ -> captioned(producers.getFirst()).operation();
        };
    }

    /// The jobs of this stretch that write what `job` reads in `view`.
    private Stream<Job> producers(Job job, View view) {
        return flow.producers(job, view).stream().filter(captions::containsKey);
    }

    private NavigableSet<Integer> inherited(Job job) {
        NavigableSet<Integer> layers = new TreeSet<>();
        flow.producers(job).stream()
                .filter(captions::containsKey)
                .forEach(producer -> layers.addAll(captioned(producer).layers()));
        return layers;
    }

    private Caption captioned(Job job) {
        return Optional.ofNullable(captions.get(job))
                .orElseThrow(() -> new IllegalStateException("job " + job.number() + " of stretch " + stretch));
    }

    private WeightRole role(int weight) {
        return WeightRole.of(program.weights().get(weight).name());
    }

    private NavigableSet<Integer> layers(int... weights) {
        NavigableSet<Integer> layers = new TreeSet<>();
        for (int weight : weights) {
            role(weight).layer().ifPresent(layers::add);
        }
        return layers;
    }

    private static NavigableSet<Integer> one(int number) {
        return new TreeSet<>(List.of(number));
    }

    private static String word(Activation activation) {
        return switch (activation) {
            case SILU -> "silu";
            case GELU_TANH -> "gelu";
        };
    }
}
