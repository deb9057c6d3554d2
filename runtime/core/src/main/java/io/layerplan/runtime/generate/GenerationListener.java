package io.layerplan.runtime.generate;

/// Hears of a generation while it runs, on the thread that runs it.
public interface GenerationListener {
    /// Hears nothing.
    GenerationListener NONE = new GenerationListener() {};

    /// Some of the prompt has been read.
    default void promptProgress(int done, int total) {}

    /// A token was drawn, an end token too.
    default void token(int id) {}

    /// The next characters of the text: never empty, never a part of a character, never an end token.
    default void text(String piece) {}
}
