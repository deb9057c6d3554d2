package io.layerplan.runtime.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.runtime.InputException;
import org.junit.jupiter.api.Test;

/// The causes are what TornadoVM 5.2.0 throws without a driver, and with a native library that does not load.
class StartFailureTest {
    @Test
    void saysWhatTornadoVmSaysOfADriverThatIsMissing() {
        String said = "\u001B[31m[WARNING] No OpenCL platforms found. Deoptimizing to sequential execution.\u001B[0m";
        InputException failure = StartFailure.of(new ExceptionInInitializerError(new IllegalStateException(said)));
        assertThat(failure).hasMessage("TornadoVM does not start: No OpenCL platforms found");
        assertThat(failure.help()).hasValueSatisfying(help -> assertThat(help).contains("pocl-opencl-icd"));
    }

    @Test
    void saysWhatItSaysOfALibraryThatDoesNotLoad() {
        Throwable cause = new IllegalStateException("[ERROR] OpenCL JNI Library not found");
        assertThat(StartFailure.of(new ExceptionInInitializerError(cause)))
                .hasMessage("TornadoVM does not start: OpenCL JNI Library not found");
    }
}
