package io.layerplan.runtime.program.text;

/// Leaves a check at its first fault; never leaves the package.
final class FaultException extends RuntimeException {
    private static final long serialVersionUID = 1;

    FaultException(String message) {
        super(message, null, false, false);
    }

    String fault() {
        return String.valueOf(getMessage());
    }
}
