package io.layerplan.compiler.draw;

/// Jobs of a launch that belong together, as the queries, keys and values of a layer.
///
/// @param firstLane   the first branch that it belongs to, from 0
/// @param lastLane    the last one; a join crosses all
/// @param weightBytes bytes of matrices read for one token
/// @param jobs        how many there are
record Box(int firstLane, int lastLane, Caption caption, long weightBytes, int jobs) {
    Box and(Box other) {
        return new Box(
                firstLane, lastLane, caption.and(other.caption), weightBytes + other.weightBytes, jobs + other.jobs);
    }
}
