package io.layerplan.compiler.syntax;

import io.layerplan.compiler.diagnostics.SourceSpan;
import java.util.List;

/// A layer list: its items, at least one, in the order written.
public record LayerList(List<LayerItem> items, SourceSpan span) implements Body {
    public LayerList {
        items = List.copyOf(items);
    }
}
