package io.layerplan.runtime.gguf;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.tensor.ElementType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Reads the descriptions of the tensors, which follow the metadata, and finds their data, which follows the
/// descriptions at the next multiple of the alignment.
final class TensorTable {
    /// A name's length and one letter, the number of dimensions, one dimension, a type and an offset.
    static final int SMALLEST_DESCRIPTION = Long.BYTES + 1 + Integer.BYTES + Long.BYTES + Integer.BYTES + Long.BYTES;

    private static final int MOST_DIMENSIONS = 4;

    private final String source;
    private final GgufCursor cursor;
    private final int alignment;

    TensorTable(String source, GgufCursor cursor, int alignment) {
        this.source = source;
        this.cursor = cursor;
        this.alignment = alignment;
    }

    /// A tensor whose data has not been found yet.
    ///
    /// @param offset from the beginning of the data
    private record Description(String name, ElementType type, List<Long> shape, long offset, long size) {
        Place where() {
            return new Place.Tensor(name);
        }
    }

    /// @param count how many descriptions follow
    /// @param file  the whole file
    List<GgufTensor> read(long count, MemorySegment file) {
        List<Description> descriptions = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (long i = 0; i < count; i++) {
            Description description = description(i);
            if (!names.add(description.name())) {
                throw refuse(description.where() + " is there twice");
            }
            descriptions.add(description);
        }
        long start = Alignment.up(cursor.position(), alignment);
        long size = Math.max(0, file.byteSize() - start);
        descriptions.forEach(description -> checkPlace(description, size));
        checkOverlaps(descriptions);
        return descriptions.stream()
                .map(d -> new GgufTensor(d.name(), d.type(), d.shape(), file.asSlice(start + d.offset(), d.size())))
                .toList();
    }

    private Description description(long number) {
        String name = cursor.string(new Place.Name("tensor", number));
        if (name.isEmpty()) {
            throw refuse("tensor %d has no name".formatted(number));
        }
        Place where = new Place.Tensor(name);
        List<Long> shape = shape(where);
        ElementType type = type(where);
        long offset = cursor.int64(where);
        return new Description(name, type, shape, offset, size(where, type, shape));
    }

    private List<Long> shape(Place where) {
        int dimensions = cursor.int32(where);
        if (dimensions < 1 || dimensions > MOST_DIMENSIONS) {
            throw refuse("%s has %s dimensions, expected 1 to %d"
                    .formatted(where, Integer.toUnsignedString(dimensions), MOST_DIMENSIONS));
        }
        List<Long> shape = new ArrayList<>();
        for (int i = 0; i < dimensions; i++) {
            shape.add(cursor.int64(where));
        }
        if (shape.stream().anyMatch(dimension -> dimension < 1)) {
            throw refuse("%s has the shape %s"
                    .formatted(where, shape.stream().map(Long::toUnsignedString).toList()));
        }
        return shape;
    }

    private ElementType type(Place where) {
        int code = cursor.int32(where);
        return ElementType.ofGgufCode(code)
                .orElseThrow(() -> new InputException(
                        "`%s`: %s has the unsupported type `%s`".formatted(source, where, UnsupportedTypes.name(code)),
                        "supported are " + UnsupportedTypes.supported()));
    }

    private long size(Place where, ElementType type, List<Long> shape) {
        long columns = shape.getFirst();
        if (columns % type.blockElements() != 0) {
            throw refuse("%s has rows of %d elements, no multiple of the %d of a block of %s"
                    .formatted(where, columns, type.blockElements(), type.label()));
        }
        try {
            long elements = shape.stream().reduce(1L, Math::multiplyExact);
            return Math.multiplyExact(elements / type.blockElements(), (long) type.blockBytes());
        } catch (ArithmeticException e) {
            throw new InputException(
                    "`%s`: %s has the shape %s, too large".formatted(source, where, shape), GgufFile.DAMAGED, e);
        }
    }

    private void checkPlace(Description tensor, long available) {
        if (tensor.offset() % alignment != 0) {
            throw refuse("%s begins at offset %s, no multiple of the alignment %d"
                    .formatted(tensor.where(), Long.toUnsignedString(tensor.offset()), alignment));
        }
        if (tensor.offset() < 0 || tensor.offset() > available || tensor.size() > available - tensor.offset()) {
            throw new InputException(
                    "`%s`: %s takes %d bytes from offset %s, past the end of the %d bytes of data"
                            .formatted(
                                    source,
                                    tensor.where(),
                                    tensor.size(),
                                    Long.toUnsignedString(tensor.offset()),
                                    available),
                    "the file is incomplete or damaged; fetch it again");
        }
    }

    private void checkOverlaps(List<Description> descriptions) {
        List<Description> inOrder = descriptions.stream()
                .sorted(Comparator.comparingLong(Description::offset))
                .toList();
        for (int i = 1; i < inOrder.size(); i++) {
            Description before = inOrder.get(i - 1);
            Description tensor = inOrder.get(i);
            if (before.offset() + before.size() > tensor.offset()) {
                throw refuse("%s overlaps %s".formatted(tensor.where(), before.where()));
            }
        }
    }

    private InputException refuse(String what) {
        return new InputException("`%s`: %s".formatted(source, what), GgufFile.DAMAGED);
    }
}
