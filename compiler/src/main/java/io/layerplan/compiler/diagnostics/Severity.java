package io.layerplan.compiler.diagnostics;

/// How bad it is. Errors stop the compilation; `--strict` makes warnings as bad as errors; notes never stop anything.
public enum Severity {
    ERROR("error"),
    WARNING("warning"),
    NOTE("note");

    private final String word;

    Severity(String word) {
        this.word = word;
    }

    /// The word that opens a rendered diagnostic.
    public String word() {
        return word;
    }
}
