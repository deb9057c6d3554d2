package io.layerplan.compiler.draw;

import io.layerplan.compiler.schedule.LayerRanges;
import java.util.BitSet;
import java.util.Collection;

/// Sets of numbers for people: `4..9, 17`.
final class Ranges {
    private Ranges() {}

    static String of(Collection<Integer> numbers) {
        BitSet set = new BitSet();
        numbers.forEach(set::set);
        return LayerRanges.of(set);
    }
}
