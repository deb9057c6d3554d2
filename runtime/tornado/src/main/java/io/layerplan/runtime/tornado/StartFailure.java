package io.layerplan.runtime.tornado;

import io.layerplan.runtime.InputException;

/// A TornadoVM that does not start. Its classes fail to initialise where a backend finds no driver, or where its native
/// library does not load: that is a matter of what is installed.
final class StartFailure {
    private static final String COLOURS = "\u001B\\[[0-9;]*m";
    private static final String TAGS = "\\[(ERROR|WARNING)] *";

    /// What it says of a bailout that is turned off here.
    private static final String BAILOUT = " *Deoptimizing to sequential execution\\.?";

    private StartFailure() {}

    static InputException of(LinkageError error) {
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String said = String.valueOf(cause.getMessage())
                .replaceAll(COLOURS, "")
                .replaceAll(TAGS, "")
                .replaceAll(BAILOUT, "")
                .strip()
                .replaceAll("\\.$", "");
        return new InputException(
                "TornadoVM does not start: " + said,
                "install the driver of your device: OpenCL for the processor (Debian, Ubuntu: `apt-get install"
                        + " pocl-opencl-icd`), or the one of your GPU; releases of TornadoVM also need the C++ library"
                        + " of GCC 13 or newer");
    }
}
