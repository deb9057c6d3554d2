package io.layerplan.compiler.draw;

import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/// A stretch in the picture: the residual stream flows in above its first band and out of its last.
///
/// @param lanes     branches side by side, at least 1
/// @param embeds    it makes the stream
/// @param attends   it has attention
/// @param activates it has a feed-forward
record Section(int lanes, List<Band> bands, boolean embeds, boolean attends, boolean activates) {
    Section {
        bands = List.copyOf(bands);
    }

    /// The layers that run in it.
    NavigableSet<Integer> layers() {
        NavigableSet<Integer> layers = new TreeSet<>();
        bands.forEach(
                band -> band.boxes().forEach(box -> layers.addAll(box.caption().layers())));
        return layers;
    }
}
