package io.layerplan.bench.measure;

import io.layerplan.runtime.cpu.CpuExecutor;
import io.layerplan.runtime.program.Launch;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Where the time of a phase goes, by kinds of operations: from a run of its own in which every launch is timed, which
/// takes a little longer than one that is not.
///
/// @param micros for each kind, microseconds of a token: of one that is decoded, or of one of the prompt
public record OpTimes(Phase phase, Map<OpKind, Double> micros) {
    private static final double NANOS_PER_MICRO = 1e3;

    public OpTimes {
        micros = Collections.unmodifiableMap(new EnumMap<>(micros));
    }

    public double total() {
        return micros.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /// @param executor of the contender
    /// @param rounds   how often the phase is run
    static OpTimes of(Contender contender, CpuExecutor executor, Phase phase, int rounds) {
        List<Launch> launches = contender.program().launches();
        long[] nanos = new long[launches.size()];
        contender.prepare(phase);
        executor.listen((launch, time) -> nanos[launch] += time);
        try {
            for (int round = 0; round < rounds; round++) {
                contender.run(phase);
            }
        } finally {
            executor.listen(null);
        }
        int tokens = switch (phase) {
            case Phase.Prefill prefill -> prefill.tokens();
            case Phase.Decode decode -> decode.tokens();
        };
        double perToken = NANOS_PER_MICRO * rounds * tokens;
        OpKinds kinds = new OpKinds(contender.program());
        Map<OpKind, Double> micros = new EnumMap<>(OpKind.class);
        for (int i = 0; i < nanos.length; i++) {
            double time = nanos[i] / perToken;
            kinds.shares(launches.get(i)).forEach((kind, share) -> micros.merge(kind, share * time, Double::sum));
        }
        return new OpTimes(phase, micros);
    }
}
