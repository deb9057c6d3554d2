package io.layerplan.compiler.graph;

import io.layerplan.runtime.program.Buffer.Rows;
import io.layerplan.runtime.tensor.ElementType;

/// What a value of the graph is. The number of tokens is symbolic, so that one graph serves prefill and decode.
public sealed interface ValueType {
    /// One integer for each token of the batch: token ids or positions. Prints as `i32[T]`.
    record Indices() implements ValueType {
        @Override
        public String toString() {
            return "i32[T]";
        }
    }

    /// Rows of `width` 32-bit floats, one for each token or for each output. Prints as `f32[T, 192]` or `f32[R, 2048]`.
    record Activations(Rows rows, int width) implements ValueType {
        public Activations {
            if (width < 1) {
                throw new IllegalArgumentException("activations of width " + width);
            }
        }

        @Override
        public String toString() {
            return "f32[%s, %d]"
                    .formatted(
                            switch (rows) {
                                case TOKENS -> "T";
                                case OUTPUTS -> "R";
                            },
                            width);
        }
    }

    /// A matrix of weights, `rows` outputs by `columns` inputs. A vector has one row. Prints as `q8_0[512, 192]`.
    record Weights(ElementType element, int rows, int columns) implements ValueType {
        public Weights {
            if (rows < 1 || columns < 1 || columns % element.blockElements() != 0) {
                throw new IllegalArgumentException(
                        "%d x %d elements in blocks of %d".formatted(rows, columns, element.blockElements()));
            }
        }

        @Override
        public String toString() {
            return "%s[%d, %d]".formatted(element.label(), rows, columns);
        }
    }

    /// The keys and values of the positions so far, each `width` wide; of the last `window` ones where it is not 0.
    /// Prints as `kv[64]` or `kv[64, window 512]`.
    record Cache(int width, int window) implements ValueType {
        @Override
        public String toString() {
            return window == 0 ? "kv[" + width + "]" : "kv[%d, window %d]".formatted(width, window);
        }
    }
}
