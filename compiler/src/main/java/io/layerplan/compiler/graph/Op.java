package io.layerplan.compiler.graph;

import io.layerplan.runtime.program.Activation;
import io.layerplan.runtime.program.Heads;
import java.util.List;
import java.util.Optional;

/// The operations of a graph, all on this page. Each line's formula is for one token `t`; nothing but [Op.KvWrite] and
/// [Op.Attention] looks at another.
public sealed interface Op {
    /// The values this operation reads, in the order in which they are printed.
    List<Value> operands();

    /// A named weight of the model.
    record Weight(String name, ValueType.Weights type) implements Op {
        @Override
        public List<Value> operands() {
            return List.of();
        }
    }

    /// `y = scale · table[token]`
    record Embed(Value tokens, Value table, float scale) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(tokens, table);
        }
    }

    /// `y_g = gain ⊙ x_g / √(mean(x_g²) + epsilon)` for each of the `groups` equal parts of x (RMSNorm, arXiv
    /// 1910.07467)
    record Norm(Value x, Value gain, float epsilon, int groups) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(x, gain);
        }
    }

    /// `y = heads(w · x + bias)`; as built, a plain product. Fusion fills in the norm of `x`, the bias and what happens
    /// to each head.
    record MatMul(Input x, Value w, Optional<Value> bias, HeadEpilogue heads) implements Op {
        /// `y = w · x`
        public static MatMul plain(Value x, Value w) {
            return new MatMul(Input.plain(x), w, Optional.empty(), HeadEpilogue.NONE);
        }

        @Override
        public List<Value> operands() {
            return new OperandList().add(x).add(w).add(bias).add(heads).list();
        }
    }

    /// `y = activation(gate · x) ⊙ (up · x)`: both halves of a gated feed-forward (GLU variants, arXiv 2002.05202)
    record GatedMatMul(Input x, Value gate, Value up, Activation activation) implements Op {
        @Override
        public List<Value> operands() {
            return new OperandList().add(x).add(gate).add(up).list();
        }
    }

    /// `y = x + bias`
    record AddBias(Value x, Value bias) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(x, bias);
        }
    }

    /// Turns each head by its position: rotary position embedding, see [io.layerplan.runtime.program.Rope]. `factors`
    /// are frequency divisors, one for each pair.
    record Rotate(Value x, Value positions, Optional<Value> factors, RopeAttributes rope) implements Op {
        @Override
        public List<Value> operands() {
            return new OperandList().add(x).add(positions).add(factors).list();
        }
    }

    /// Appends the batch's keys and values to a slot. `slot` numbers the occurrence, `layer` says whose it is; a
    /// token's attention sees its own position and those before it, `window` in all where it is not 0.
    record KvWrite(Value keys, Value values, int slot, int layer, int window) implements Op {
        public KvWrite {
            if (slot < 0 || layer < 0 || window < 0) {
                throw new IllegalArgumentException("slot %d of layer %d, window %d".formatted(slot, layer, window));
            }
        }

        @Override
        public List<Value> operands() {
            return List.of(keys, values);
        }
    }

    /// `y_h = Σ_p softmax_p(scale · q_h · K_p,h') V_p,h'` over the positions p that the cache shows the token;
    /// `h' = h / (queries / keyValues)` (grouped-query attention, arXiv 2305.13245)
    record Attention(Value queries, Value cache, Heads heads) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(queries, cache);
        }
    }

    /// `y = activation(x)`
    record Activate(Value x, Activation activation) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(x);
        }
    }

    /// `y = a ⊙ b`
    record Multiply(Value a, Value b) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(a, b);
        }
    }

    /// `y = Σ_i weight_i · term_i`: residuals, reducers and scales. The terms are added from left to right, each in one
    /// rounding: `y ← fma(weight_i, term_i, y)`, the first `weight_1 · term_1`.
    record Sum(List<Term> terms) implements Op {
        public Sum {
            terms = List.copyOf(terms);
            if (terms.isEmpty()) {
                throw new IllegalArgumentException("a sum without terms");
            }
        }

        @Override
        public List<Value> operands() {
            OperandList operands = new OperandList();
            terms.forEach(operands::add);
            return operands.list();
        }
    }

    /// The rows of the tokens whose logits were asked for.
    record SelectOutputs(Value x) implements Op {
        @Override
        public List<Value> operands() {
            return List.of(x);
        }
    }
}
