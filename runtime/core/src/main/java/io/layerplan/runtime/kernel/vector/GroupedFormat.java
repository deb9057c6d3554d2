package io.layerplan.runtime.kernel.vector;

import io.layerplan.runtime.kernel.grouped.GroupedLayout;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/// The loops over one format in its [GroupedLayout]. A lane is a row. The order of a row's sum does not depend on the
/// rows that go with it.
///
/// Products with one token take one after the other `runs` groups, or as many times `count` groups at a time that are
/// `runs` apart, as [RowsInFlight] explains. Of a group, two vectors of rows go at a time, so that what is broadcast of
/// the activations is loaded once for both. What they take is written out twice: methods of our own, in loops of this
/// size, are more than the JVM inlines, and vectors then become objects.
interface GroupedFormat {
    /// Vectors that hold a number for each row of a group.
    int PARTS = GroupedLayout.ROWS / Lanes.COUNT;

    /// Bytes from a vector of codes to the next.
    long WORDS = GroupedLayout.WORDS;

    /// Vectors as wide as those of [Lanes#BYTES]. Bytes are loaded as integers here: the compiler specialises the loads
    /// of a kind of vector for the kind of memory that it has seen them from, and those of bytes are the ones of mapped
    /// weights as their files have them. Seen from both kinds, they lost a third of their speed.
    VectorSpecies<Integer> BYTES = IntVector.SPECIES_64.withShape(Lanes.BYTES.vectorShape());

    /// A 16-bit float's sign, exponent and mantissa as bits of a 32-bit one, after it was widened with its sign and
    /// moved by 13 bits. Times [#HALF_UNIT] that is the number: the exponents begin 112 apart. Scales of less than
    /// `2^-14` are numbers on the way that processors take long for, but quantisers give hardly any.
    int HALF_BITS = 0x8FFFE000;

    float HALF_UNIT = 0x1p112f;

    /// Decodes columns of a group: element `yOffset + c · yStride + i` of `y`, floats, is row `i`, column `c`.
    ///
    /// @param offset  where the group's first block begins
    /// @param columns whole blocks of the format
    void decode(MemorySegment data, long offset, int columns, MemorySegment y, int yOffset, int yStride);
}
