package io.layerplan.compiler.pipeline;

import io.layerplan.compiler.graph.Graph;
import io.layerplan.compiler.graph.Op;
import io.layerplan.runtime.kernel.grouped.GroupedLayout;
import io.layerplan.runtime.program.NumericMode;

/// The numeric mode where none is asked for: `q8` for a graph with weights of 4 to 6 bits, whose products the CPU forms
/// of integers then, up to half as fast again; `f32` for all others, which gain nothing by it.
final class UsualMode {
    private UsualMode() {}

    static NumericMode of(Graph graph) {
        boolean gains = graph.nodes().stream()
                .anyMatch(node -> node.op() instanceof Op.Weight(var _, var type)
                        && type.rows() > 1
                        && GroupedLayout.of(type.element())
                                .filter(GroupedLayout::hasIntegers)
                                .isPresent());
        return gains ? NumericMode.Q8 : NumericMode.F32;
    }
}
