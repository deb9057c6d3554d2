package io.layerplan.compiler.schedule;

/// How much of layer i an occurrence runs. With `A_i` its attention block and `F_i` its feed-forward block, each with
/// the norms that belong to it:
public enum Half {
    /// `x + A_i(x) + F_i(x + A_i(x))`
    WHOLE,
    /// `x + A_i(x)`
    ATTENTION,
    /// `x + F_i(x)`
    FEED_FORWARD
}
