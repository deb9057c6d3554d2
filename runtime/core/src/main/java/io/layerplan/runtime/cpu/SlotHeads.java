package io.layerplan.runtime.cpu;

import io.layerplan.runtime.program.Heads;
import io.layerplan.runtime.program.Kernel;
import io.layerplan.runtime.program.KvSlot;
import io.layerplan.runtime.program.Launch;
import io.layerplan.runtime.program.Program;

/// How a slot's width divides into heads, which the attention that reads it knows.
///
/// @param count key/value heads
/// @param size  elements of a head
record SlotHeads(int count, int size) {
    static SlotHeads of(Program program, KvSlot slot) {
        for (Launch launch : program.launches()) {
            for (Kernel job : launch.jobs()) {
                if (job instanceof Kernel.Attention(var _, int read, Heads heads, var _) && read == slot.id()) {
                    return new SlotHeads(heads.keyValues(), heads.size());
                }
            }
        }
        return new SlotHeads(1, slot.width());
    }
}
