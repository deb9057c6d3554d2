package io.layerplan.runtime.generate;

/// Why a generation ended.
public enum StopReason {
    /// The model drew an end-of-generation token.
    END_TOKEN,
    /// As many tokens as were asked for.
    LENGTH,
    /// The context is full.
    CONTEXT,
    /// The thread was interrupted; what was generated until then is in the result.
    INTERRUPTED
}
