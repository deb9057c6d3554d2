package io.layerplan.compiler.graph;

import java.util.Optional;
import java.util.function.UnaryOperator;

/// A term of a [Op.Sum]: a value, or what would have been the result of an operation of its own.
public sealed interface Term {
    float weight();

    Term map(UnaryOperator<Value> f);

    /// `weight · x`
    record Plain(Value x, float weight) implements Term {
        @Override
        public Plain map(UnaryOperator<Value> f) {
            return new Plain(f.apply(x), weight);
        }
    }

    /// `weight · norm(x)`: the norm after a half layer of a sandwich-norm model.
    record Normed(Value x, Value gain, float epsilon, float weight) implements Term {
        @Override
        public Normed map(UnaryOperator<Value> f) {
            return new Normed(f.apply(x), f.apply(gain), epsilon, weight);
        }
    }

    /// `weight · (w · x + bias)`: a projection that adds to the stream.
    record Product(Input x, Value w, Optional<Value> bias, float weight) implements Term {
        @Override
        public Product map(UnaryOperator<Value> f) {
            return new Product(x.map(f), f.apply(w), bias.map(f), weight);
        }
    }
}
