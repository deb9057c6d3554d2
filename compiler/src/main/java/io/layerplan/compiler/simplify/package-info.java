/// Rewrites of resolved schedules, before a graph is made of them. Each class is one rewrite, shown in its doc comment;
/// [io.layerplan.compiler.simplify.SimplifySchedule] lists and applies them. What a schedule computes stays the same
/// but for rounding: sums are added in another order.
@NullMarked
package io.layerplan.compiler.simplify;

import org.jspecify.annotations.NullMarked;
