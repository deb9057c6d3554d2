package io.layerplan.bench.measure;

import io.layerplan.runtime.program.Kernel;
import io.layerplan.runtime.program.Launch;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.Term;
import java.util.EnumMap;
import java.util.Map;

/// Which kinds of operations a launch does. Where it does several, they share its time as they share the bytes of
/// weights that it reads; what reads none counts as one byte.
final class OpKinds {
    private final Program program;

    OpKinds(Program program) {
        this.program = program;
    }

    /// The shares of a launch; together 1.
    Map<OpKind, Double> shares(Launch launch) {
        Map<OpKind, Double> bytes = new EnumMap<>(OpKind.class);
        launch.jobs().forEach(job -> add(job, bytes));
        double total = bytes.values().stream().mapToDouble(Double::doubleValue).sum();
        bytes.replaceAll((kind, part) -> part / total);
        return bytes;
    }

    private void add(Kernel job, Map<OpKind, Double> bytes) {
        switch (job) {
            case Kernel.Embed _ -> add(OpKind.EMBEDDING, 1, bytes);
            case Kernel.Norm _ -> add(OpKind.NORM, 1, bytes);
            case Kernel.MatMul matMul -> add(matMul.matrix(), bytes);
            case Kernel.GatedMatMul gated -> {
                add(gated.gate(), bytes);
                add(gated.up(), bytes);
            }
            case Kernel.Rotate _, Kernel.KvWrite _ -> add(OpKind.ROPE, 1, bytes);
            case Kernel.Attention _ -> add(OpKind.ATTENTION, 1, bytes);
            case Kernel.Sum sum -> addSum(sum, bytes);
            case Kernel.Bias _, Kernel.Activate _, Kernel.Multiply _, Kernel.SelectOutputs _ ->
                add(OpKind.ELEMENTWISE, 1, bytes);
        }
    }

    /// A sum with products in it is those products.
    private void addSum(Kernel.Sum sum, Map<OpKind, Double> bytes) {
        boolean products = false;
        for (Term term : sum.terms()) {
            if (term instanceof Term.Product product) {
                add(product.matrix(), bytes);
                products = true;
            }
        }
        if (!products) {
            add(OpKind.ELEMENTWISE, 1, bytes);
        }
    }

    private void add(int matrix, Map<OpKind, Double> bytes) {
        var weight = program.weights().get(matrix);
        add(
                OpKind.ofMatrix(weight.name()),
                (double) weight.rows() * weight.type().rowBytes(weight.columns()),
                bytes);
    }

    private static void add(OpKind kind, double size, Map<OpKind, Double> bytes) {
        bytes.merge(kind, size, Double::sum);
    }
}
