package io.layerplan.runtime.cpu;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.cpu.machine.ProcessorInfo;

/// Whether products of integers are formed of integers for many tokens, too, or of floats there:
/// `-Dlayerplan.prefill=auto|integers|floats`. It is a matter of speed, but sums of floats round in another way, so
/// that results would differ from run to run if times decided. So who made the processor does. A core of AMD's (Zen 4)
/// multiplied and added 84 billion pairs of 16-bit integers a second, and 58 of floats. Intel's large ones do both on
/// the same two ports, as is published, so that scaling every block would only come on top. Neither they nor others
/// were measured: there, floats stay.
final class PrefillProducts {
    private static final String PROPERTY = "layerplan.prefill";

    private PrefillProducts() {}

    /// Whether they are formed of integers.
    static boolean areOfIntegers() {
        String wanted = System.getProperty(PROPERTY, "auto");
        return switch (wanted) {
            case "integers" -> true;
            case "floats" -> false;
            case "auto" -> ProcessorInfo.isOfAmd();
            default ->
                throw new InputException(
                        "`-D%s=%s` names no kind of products".formatted(PROPERTY, wanted),
                        "give `auto`, `integers` or `floats`");
        };
    }
}
