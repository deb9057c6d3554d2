package io.layerplan.runtime.kernel.vector;

import io.layerplan.runtime.InputException;
import jdk.incubator.vector.VectorShape;

/// How wide vectors are: `-Dlayerplan.vectorBits=128|256|512`, or what the machine prefers.
final class VectorWidth {
    private static final String PROPERTY = "layerplan.vectorBits";

    private VectorWidth() {}

    /// 128, 256 or 512.
    ///
    /// @throws InputException if the property says something else
    static int bits() {
        String wanted = System.getProperty(PROPERTY, "");
        return switch (wanted) {
            case "" -> Math.min(512, preferred());
            case "128", "256", "512" -> Integer.parseInt(wanted);
            default ->
                throw new InputException(
                        "`-D%s=%s` is no width of vectors".formatted(PROPERTY, wanted), "give 128, 256 or 512");
        };
    }

    /// What the machine prefers; less than 128 is too narrow for these kernels.
    static int preferred() {
        return VectorShape.preferredShape().vectorBitSize();
    }
}
