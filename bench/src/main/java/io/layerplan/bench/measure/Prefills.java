package io.layerplan.bench.measure;

import io.layerplan.runtime.program.Buffer;
import io.layerplan.runtime.program.Kernel;
import io.layerplan.runtime.program.Launch;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.ProgramCost;
import io.layerplan.runtime.program.Target;
import io.layerplan.runtime.program.View;
import java.util.Optional;

/// What a prompt costs, of which only the last token's logits are asked for.
final class Prefills {
    private Prefills() {}

    /// Floating-point operations of `tokens` tokens at once from an empty sequence.
    static double flops(Program program, int tokens) {
        double flops = 0;
        for (Launch launch : program.launches()) {
            for (Kernel job : launch.jobs()) {
                int rows = isForOutputs(program, job) ? 1 : tokens;
                flops += (double) rows * ProgramCost.weightFlops(program, job);
            }
        }
        for (int position = 0; position < tokens; position++) {
            flops += ProgramCost.attentionFlops(program, position);
        }
        return flops;
    }

    private static boolean isForOutputs(Program program, Kernel job) {
        return result(job)
                .map(view -> program.buffers().get(view.buffer()).rows() == Buffer.Rows.OUTPUTS)
                .orElse(false);
    }

    /// Where a product stores its result, if that is activations.
    private static Optional<View> result(Kernel job) {
        return switch (job) {
            case Kernel.MatMul(var _, var _, var _, var _, Target.Activations(View y)) -> Optional.of(y);
            case Kernel.GatedMatMul gated -> Optional.of(gated.y());
            case Kernel.Sum sum -> Optional.of(sum.y());
            case Kernel.MatMul _,
                    Kernel.Embed _,
                    Kernel.Norm _,
                    Kernel.Bias _,
                    Kernel.Rotate _,
                    Kernel.KvWrite _,
                    Kernel.Attention _,
                    Kernel.Activate _,
                    Kernel.Multiply _,
                    Kernel.SelectOutputs _ -> Optional.empty();
        };
    }
}
