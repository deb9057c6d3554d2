package io.layerplan.runtime.tornado.task;

/// How much a lowered program has room for.
///
/// @param context the most positions of a sequence
/// @param batch   the most tokens of an execution
/// @param outputs for how many of them logits can be had
public record Extent(int context, int batch, int outputs) {
    /// Rows of logits at a time: for more of them a batch is split.
    private static final int OUTPUTS = 8;

    public Extent {
        if (context < 1 || batch < 1 || outputs < 1 || outputs > batch) {
            throw new IllegalArgumentException(
                    "%d positions, batches of %d with %d outputs".formatted(context, batch, outputs));
        }
    }

    public static Extent of(int context, int batch) {
        return new Extent(context, batch, Math.min(batch, OUTPUTS));
    }
}
