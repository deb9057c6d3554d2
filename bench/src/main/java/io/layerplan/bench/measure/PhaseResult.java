package io.layerplan.bench.measure;

import io.layerplan.runtime.program.KeyValueFormat;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.ProgramCost;

/// How fast a program was.
///
/// @param rate          tokens per second
/// @param bytesPerToken weights, keys and values that a token reads; in a prefill as if each read its own
/// @param flopsPerToken floating-point operations of its matrix products and of attention
public record PhaseResult(Phase phase, Spread rate, double bytesPerToken, double flopsPerToken) {
    private static final double GIGA = 1e9;

    static PhaseResult of(Program program, KeyValueFormat kv, Phase phase, Spread rate) {
        ProgramCost cost = ProgramCost.of(program);
        double bytes = cost.weightBytes();
        double flops = cost.weightFlops();
        return switch (phase) {
            case Phase.Decode(int context, int tokens) -> {
                long middle = (long) context + (tokens - 1) / 2;
                yield new PhaseResult(
                        phase,
                        rate,
                        bytes + ProgramCost.kvBytesRead(program, middle, kv),
                        flops + ProgramCost.attentionFlops(program, middle));
            }
            case Phase.Prefill(int tokens) -> {
                double all = Prefills.flops(program, tokens);
                yield new PhaseResult(phase, rate, bytes, all / tokens);
            }
        };
    }

    /// 10⁹ bytes read per second; meaningful where a token reads its weights, which is when it is decoded.
    public double gigabytesPerSecond() {
        return rate.median() * bytesPerToken / GIGA;
    }

    /// 10⁹ floating-point operations per second.
    public double gigaflops() {
        return rate.median() * flopsPerToken / GIGA;
    }
}
