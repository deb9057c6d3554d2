package io.layerplan.compiler.schedule;

import io.layerplan.compiler.diagnostics.Diagnostics;
import io.layerplan.compiler.diagnostics.SourceSpan;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which layers the statements of one plan name, to run them or to skip them.
final class Mentions {
    private final Frontier frontier = Frontier.start();
    private final BitSet mentioned = new BitSet();
    private final Map<Integer, SourceSpan> firstRun = new HashMap<>();
    private final List<Mention> skips = new ArrayList<>();

    Frontier frontier() {
        return frontier;
    }

    void run(List<Mention> mentions) {
        for (Mention mention : mentions) {
            for (int i = 0; i < mention.layers().size(); i++) {
                mentioned.set(mention.layers().get(i));
                firstRun.putIfAbsent(mention.layers().get(i), mention.span());
            }
        }
    }

    void skip(List<Mention> mentions) {
        for (Mention mention : mentions) {
            for (int i = 0; i < mention.layers().size(); i++) {
                mentioned.set(mention.layers().get(i));
            }
        }
        skips.addAll(mentions);
    }

    /// A layer that is skipped does not run: one error for each item of a `skip` that says otherwise.
    void reportConflicts(Diagnostics diagnostics) {
        for (Mention skip : skips) {
            var both = new BitSet();
            for (int i = 0; i < skip.layers().size(); i++) {
                if (firstRun.containsKey(skip.layers().get(i))) {
                    both.set(skip.layers().get(i));
                }
            }
            SourceSpan run = firstRun.get(both.nextSetBit(0));
            if (run != null) {
                diagnostics.report(ScheduleMessages.skippedAndRun(skip.span(), both, run));
            }
        }
    }

    /// One warning for all the layers of the model that no statement names.
    void reportUnmentioned(ModelShape shape, SourceSpan plan, Diagnostics diagnostics) {
        var unmentioned = new BitSet(shape.layers());
        unmentioned.set(0, shape.layers());
        unmentioned.andNot(mentioned);
        if (!unmentioned.isEmpty()) {
            boolean trailing = unmentioned.nextSetBit(0) == mentioned.length();
            diagnostics.report(ScheduleMessages.unmentioned(plan, unmentioned, trailing));
        }
    }
}
