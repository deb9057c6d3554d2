package io.layerplan.runtime.gguf;

/// What is being read, for messages; put into words only when there is one.
sealed interface Place {
    /// A part of the file that has no name of its own.
    record Part(String words) implements Place {
        @Override
        public String toString() {
            return words;
        }
    }

    /// The number of elements of an array.
    record Length(Place array) implements Place {
        @Override
        public String toString() {
            return "the number of elements of " + array;
        }
    }

    /// The name of a key or tensor, when only its number is known.
    record Name(String kind, long number) implements Place {
        @Override
        public String toString() {
            return "the name of %s %d".formatted(kind, number);
        }
    }

    record Key(String key) implements Place {
        @Override
        public String toString() {
            return "key " + Quoted.of(key);
        }
    }

    record Tensor(String name) implements Place {
        @Override
        public String toString() {
            return "tensor " + Quoted.of(name);
        }
    }
}
