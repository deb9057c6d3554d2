package io.layerplan.runtime.cpu.pass;

import io.layerplan.runtime.kernel.KeyValueBlocks;
import io.layerplan.runtime.kernel.PartialAttention;
import io.layerplan.runtime.kernel.QuantisedPanels;
import java.util.ArrayList;
import java.util.List;

/// What a program is run over at a time: consecutive tokens of the sequence.
public final class Batch {
    private final Buffers buffers;
    private final KeyValueBlocks[] slots;
    private final RopeAngles[] ropes;
    private final List<PartialAttention> partialAttentions = new ArrayList<>();
    private final List<QuantisedPanels> codes = new ArrayList<>();
    private float[][] panels = new float[0][];
    private int[] tokens = new int[0];
    private int first;
    private int count;
    private int position;
    private int outputs;

    public Batch(Buffers buffers, KeyValueBlocks[] slots, RopeAngles[] ropes) {
        this.buffers = buffers;
        this.slots = slots;
        this.ropes = ropes;
    }

    /// Begins a batch of the `count` tokens from `first` on, the first of them at `position`; logits are wanted for
    /// the last `outputs`.
    public void begin(int[] tokens, int first, int count, int position, int outputs) {
        this.tokens = tokens;
        this.first = first;
        this.count = count;
        this.position = position;
        this.outputs = outputs;
        buffers.reserve(count, outputs);
        for (KeyValueBlocks slot : slots) {
            slot.reserve(position + count);
        }
        for (RopeAngles rope : ropes) {
            rope.fill(position, count);
        }
    }

    public Buffers buffers() {
        return buffers;
    }

    public KeyValueBlocks slot(int id) {
        return slots[id];
    }

    public RopeAngles rope(int index) {
        return ropes[index];
    }

    public int token(int row) {
        return tokens[first + row];
    }

    public int tokens() {
        return count;
    }

    public int outputs() {
        return outputs;
    }

    /// The position of row 0 of what has a row for each token.
    public int position() {
        return position;
    }

    /// Room for the packed or normalised activations number `slot` of a launch; launches use it one after the other.
    public float[] reservePanels(int slot, int size) {
        if (panels.length <= slot) {
            panels = java.util.Arrays.copyOf(panels, slot + 1);
        }
        if (panels[slot] == null || panels[slot].length < size) {
            panels[slot] = new float[size];
        }
        return panels[slot];
    }

    /// The same for packed codes.
    public void reserveCodes(int slot, int tokens, int columns) {
        while (codes.size() <= slot) {
            codes.add(new QuantisedPanels());
        }
        codes.get(slot).reserve(tokens, columns);
    }

    /// Where attention number `number` of a launch keeps what it makes of spans of the context; launches use it one
    /// after the other. New ones are added before a pass.
    public PartialAttention partialAttention(int number) {
        while (partialAttentions.size() <= number) {
            partialAttentions.add(new PartialAttention());
        }
        return partialAttentions.get(number);
    }

    public float[] panels(int slot) {
        return panels[slot];
    }

    public QuantisedPanels codes(int slot) {
        return codes.get(slot);
    }

    /// Bytes of packed activations and of partial results held.
    public long panelBytes() {
        long bytes =
                partialAttentions.stream().mapToLong(PartialAttention::bytes).sum();
        bytes += codes.stream().mapToLong(QuantisedPanels::bytes).sum();
        for (float[] panel : panels) {
            bytes += panel == null ? 0 : 4L * panel.length;
        }
        return bytes;
    }
}
