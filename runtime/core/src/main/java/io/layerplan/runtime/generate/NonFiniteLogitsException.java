package io.layerplan.runtime.generate;

/// A model computed something that is no number. A failure at run time (exit code 1), not a mistake of the user's:
/// damaged weights, or a plan that drives activations out of the range of floats.
public final class NonFiniteLogitsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NonFiniteLogitsException(int token, float logit) {
        super("the model's logit of token %d is %s".formatted(token, logit));
    }
}
