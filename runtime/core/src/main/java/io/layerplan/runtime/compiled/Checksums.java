package io.layerplan.runtime.compiled;

import io.layerplan.runtime.backend.BackendOptions.Progress;
import io.layerplan.runtime.gguf.Crc32c;
import io.layerplan.runtime.gguf.Metadata;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// CRC-32C by name, kept in a file as two arrays.
record Checksums(Map<String, Integer> byName) {
    Checksums {
        byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
    }

    /// Of every key of `metadata`.
    static Checksums ofKeys(Metadata metadata) {
        Map<String, Integer> byName = new LinkedHashMap<>();
        metadata.keys().forEach(key -> byName.put(key, metadata.checksum(key)));
        return new Checksums(byName);
    }

    /// Of bytes by name, computed on all cores.
    ///
    /// @param progress is told of every one, since reading them from a disk takes long
    static Checksums ofData(Map<String, MemorySegment> data, Progress progress) {
        List<MemorySegment> all = List.copyOf(data.values());
        Steps steps = new Steps("checking weights", all.size(), progress);
        List<Integer> checksums = all.parallelStream()
                .map(bytes -> {
                    int checksum = Crc32c.of(bytes);
                    steps.next();
                    return checksum;
                })
                .toList();
        Map<String, Integer> byName = new LinkedHashMap<>();
        data.keySet().forEach(name -> byName.put(name, checksums.get(byName.size())));
        return new Checksums(byName);
    }

    /// @throws io.layerplan.runtime.InputException if a key is missing or the arrays do not match
    static Checksums read(Metadata metadata, String namesKey, String checksumsKey) {
        List<String> names = metadata.requiredStrings(namesKey);
        int[] checksums = metadata.requiredIntegers(checksumsKey);
        if (names.size() != checksums.length) {
            throw metadata.refuse(
                    checksumsKey, "has %d elements, expected %d".formatted(checksums.length, names.size()));
        }
        Map<String, Integer> byName = new LinkedHashMap<>();
        for (int i = 0; i < checksums.length; i++) {
            byName.put(names.get(i), checksums[i]);
        }
        return new Checksums(byName);
    }

    List<String> names() {
        return List.copyOf(byName.keySet());
    }

    int[] values() {
        return byName.values().stream().mapToInt(Integer::intValue).toArray();
    }

    /// The names of which the other has another checksum or none, then those that only the other has.
    List<String> differences(Checksums other) {
        List<String> names = new ArrayList<>();
        byName.forEach((name, checksum) -> {
            if (!checksum.equals(other.byName.get(name))) {
                names.add(name);
            }
        });
        other.byName.keySet().stream().filter(name -> !byName.containsKey(name)).forEach(names::add);
        return names;
    }
}
