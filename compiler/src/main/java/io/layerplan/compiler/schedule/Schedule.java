package io.layerplan.compiler.schedule;

import java.util.ArrayList;
import java.util.List;

/// The resolved schedule: a plan with every name, range, seed and expression gone. Each node maps the residual stream
/// to the residual stream; the tree says what the plan said, in the order it was said, and simplifies nothing but this:
/// sequences do not stand directly inside sequences, a sequence of one step is that step, and what runs no layer at
/// all is an empty sequence.
public sealed interface Schedule {
    /// One occurrence of a layer, or of a half of it. Every occurrence has its own key/value slot.
    record Layer(int index, Half half) implements Schedule {
        public Layer {
            if (index < 0) {
                throw new IllegalArgumentException("layer " + index);
            }
        }
    }

    /// `S_n(… S_2(S_1(x)))`; without steps, the stream unchanged
    record Sequence(List<Schedule> steps) implements Schedule {
        public Sequence {
            steps = List.copyOf(steps);
        }
    }

    /// Every branch reads the same stream, and the reducer combines what they make of it. There is at least one branch;
    /// a branch may be an empty sequence, which adds nothing and still counts.
    record Parallel(List<Schedule> branches, Reducer reducer) implements Schedule {
        public Parallel {
            branches = List.copyOf(branches);
            if (branches.isEmpty()) {
                throw new IllegalArgumentException("no branches");
            }
            if (reducer instanceof Reducer.Weights(var weights) && weights.size() != branches.size()) {
                throw new IllegalArgumentException(weights.size() + " weights for " + branches.size() + " branches");
            }
            if (reducer instanceof Reducer.LayerParallel
                    && !branches.stream().allMatch(b -> b instanceof Layer(var _, var half) && half == Half.WHOLE)) {
                throw new IllegalArgumentException("layer parallelism takes whole layers");
            }
        }
    }

    /// The body `times` times, one turn after the other; the body runs at least one layer, and `times` is at least 1
    record Loop(Schedule body, int times) implements Schedule {
        public Loop {
            if (times < 1) {
                throw new IllegalArgumentException("a loop of " + times + " turns");
            }
        }
    }

    /// `x + factor (S(x) - x)`; the factor is finite
    record Scaled(Schedule body, double factor) implements Schedule {
        public Scaled {
            if (!Double.isFinite(factor)) {
                throw new IllegalArgumentException("factor " + factor);
            }
        }
    }

    /// One after the other, without sequences inside sequences and without a sequence around a single step.
    static Schedule sequence(List<Schedule> steps) {
        var flat = new ArrayList<Schedule>(steps.size());
        for (Schedule step : steps) {
            if (step instanceof Sequence(var inner)) {
                flat.addAll(inner);
            } else {
                flat.add(step);
            }
        }
        return flat.size() == 1 ? flat.getFirst() : new Sequence(flat);
    }
}
