package io.layerplan.runtime.kernel.vector;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// The vectors of this machine: as wide as it prefers, or as `-Dlayerplan.vectorBits` says. Constants for the
/// compiler; the class is not touched before the kernels have been chosen.
final class Lanes {
    /// Vectors of floats.
    static final VectorSpecies<Float> FLOATS =
            VectorSpecies.of(float.class, VectorShape.forBitSize(VectorWidth.bits()));

    /// Floats of a vector: 4, 8 or 16.
    static final int COUNT = FLOATS.length();

    static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED.withShape(FLOATS.vectorShape());

    /// As many shorts as floats.
    static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_64.withShape(VectorShape.forBitSize(COUNT * 16));

    /// As many bytes as floats, or 8, the least that a vector has.
    static final VectorSpecies<Byte> BYTES =
            ByteVector.SPECIES_64.withShape(VectorShape.forBitSize(Math.max(64, COUNT * 8)));

    /// Vectors of longs as wide as those of [#BYTES].
    static final VectorSpecies<Long> LONGS = LongVector.SPECIES_64.withShape(BYTES.vectorShape());

    /// How many vectors of floats a vector of [#BYTES] makes.
    static final int PARTS = BYTES.length() / COUNT;

    /// `0, 1, 2, …`
    static final IntVector NUMBERS = IntVector.zero(INTS).addIndex(1);

    static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    static final ValueLayout.OfShort HALF = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ORDER);
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ORDER);
    static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ORDER);

    private Lanes() {}

    /// The sum of [#COUNT] elements from `at` on: halves are added to halves.
    static float sum(float[] x, int at) {
        if (COUNT == 16) {
            float even = (x[at] + x[at + 8] + (x[at + 4] + x[at + 12]))
                    + (x[at + 2] + x[at + 10] + (x[at + 6] + x[at + 14]));
            float odd = (x[at + 1] + x[at + 9] + (x[at + 5] + x[at + 13]))
                    + (x[at + 3] + x[at + 11] + (x[at + 7] + x[at + 15]));
            return even + odd;
        }
        if (COUNT == 8) {
            return (x[at] + x[at + 4] + (x[at + 2] + x[at + 6])) + (x[at + 1] + x[at + 5] + (x[at + 3] + x[at + 7]));
        }
        return (x[at] + x[at + 2]) + (x[at + 1] + x[at + 3]);
    }
}
