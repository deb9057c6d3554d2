package io.layerplan.runtime.program.text;

import io.layerplan.runtime.program.text.Region.Space;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// A growing set of columns, as ranges that neither touch nor overlap.
final class Regions {
    private record Key(Space space, int id) {}

    /// From the first column of a range to the one after its last.
    private final Map<Key, NavigableMap<Integer, Integer>> ranges = new HashMap<>();

    void add(Region region) {
        NavigableMap<Integer, Integer> own = ranges.computeIfAbsent(key(region), _ -> new TreeMap<>());
        int from = region.from();
        int to = region.to();
        for (var range = own.floorEntry(to); range != null && range.getValue() >= from; range = own.floorEntry(to)) {
            from = Math.min(from, range.getKey());
            to = Math.max(to, range.getValue());
            own.remove(range.getKey());
        }
        own.put(from, to);
    }

    /// Whether all of the region is in the set.
    boolean contains(Region region) {
        var range = of(region).floorEntry(region.from());
        return range != null && range.getValue() >= region.to();
    }

    /// Whether any of the region is in the set.
    boolean intersects(Region region) {
        var range = of(region).lowerEntry(region.to());
        return range != null && range.getValue() > region.from();
    }

    private NavigableMap<Integer, Integer> of(Region region) {
        return ranges.getOrDefault(key(region), new TreeMap<>());
    }

    private static Key key(Region region) {
        return new Key(region.space(), region.id());
    }
}
