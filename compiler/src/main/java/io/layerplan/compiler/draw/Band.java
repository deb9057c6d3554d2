package io.layerplan.compiler.draw;

import java.util.List;

/// A launch in the picture.
///
/// @param number      of the launch, from 0, as in the program's text
/// @param readsStream whether one of its jobs reads the residual stream as it was before the section
/// @param kvBytes     bytes of keys and values that it reads for every position
record Band(int number, boolean readsStream, List<Box> boxes, long kvBytes) {
    Band {
        boxes = List.copyOf(boxes);
    }

    long weightBytes() {
        return boxes.stream().mapToLong(Box::weightBytes).sum();
    }
}
