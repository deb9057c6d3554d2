package io.layerplan.compiler.schedule;

import io.layerplan.compiler.diagnostics.SourceSpan;

/// What one item of a layer list named, and where.
record Mention(Layers layers, SourceSpan span) {}
