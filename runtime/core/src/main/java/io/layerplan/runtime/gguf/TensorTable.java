package io.layerplan.runtime.gguf;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.tensor.ElementType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
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

    /// What a file's tensors are, in its order.
    ///
    /// @param weights of element types that can be computed with
    /// @param bytes   the others
    record Tensors(List<GgufTensor> weights, List<GgufBytes> bytes) {}

    /// A tensor whose data has not been found yet.
    ///
    /// @param type   empty for bytes
    /// @param offset from the beginning of the data
    private record Description(String name, Optional<ElementType> type, List<Long> shape, long offset, long size) {
        Place where() {
            return new Place.Tensor(name);
        }
    }

    /// @param count how many descriptions follow
    /// @param file  the whole file
    Tensors read(long count, MemorySegment file) {
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
        List<GgufTensor> weights = new ArrayList<>();
        List<GgufBytes> bytes = new ArrayList<>();
        for (Description tensor : descriptions) {
            MemorySegment data = file.asSlice(start + tensor.offset(), tensor.size());
            tensor.type()
                    .ifPresentOrElse(
                            type -> weights.add(new GgufTensor(tensor.name(), type, tensor.shape(), data)),
                            () -> bytes.add(new GgufBytes(tensor.name(), tensor.shape(), data)));
        }
        return new Tensors(weights, bytes);
    }

    private Description description(long number) {
        String name = cursor.string(new Place.Name("tensor", number));
        if (name.isEmpty()) {
            throw refuse("tensor %d has no name".formatted(number));
        }
        Place where = new Place.Tensor(name);
        List<Long> shape = shape(where);
        Optional<ElementType> type = type(where);
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

    /// Empty for bytes.
    private Optional<ElementType> type(Place where) {
        int code = cursor.int32(where);
        Optional<ElementType> type = ElementType.ofGgufCode(code);
        if (type.isEmpty() && code != GgufBytes.GGUF_CODE) {
            throw new InputException(
                    "`%s`: %s has the unsupported type `%s`".formatted(source, where, UnsupportedTypes.name(code)),
                    UnsupportedTypes.help());
        }
        return type;
    }

    private long size(Place where, Optional<ElementType> type, List<Long> shape) {
        long columns = shape.getFirst();
        int blockElements = type.map(ElementType::blockElements).orElse(1);
        int blockBytes = type.map(ElementType::blockBytes).orElse(1);
        if (columns % blockElements != 0) {
            throw refuse("%s has rows of %d elements, no multiple of the %d of a block of %s"
                    .formatted(where, columns, blockElements, type.orElseThrow().label()));
        }
        try {
            long elements = shape.stream().reduce(1L, Math::multiplyExact);
            return Math.multiplyExact(elements / blockElements, (long) blockBytes);
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
