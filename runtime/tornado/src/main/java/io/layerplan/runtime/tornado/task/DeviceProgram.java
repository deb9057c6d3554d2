package io.layerplan.runtime.tornado.task;

import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.Rope;
import java.util.List;
import java.util.Map;

/// A program lowered for a device: what its arrays hold and the tasks of a forward pass, in order.
///
/// @param extent   how much it has room for
/// @param sizes    elements of the arrays
/// @param numbers  constants by their offset in the array of floats
/// @param vectors  gains and biases in the array of floats
/// @param matrices in the array of words, or of floats
/// @param ropes    whose angles are sent with every execution
/// @param tasks    in order
public record DeviceProgram(
        Program program,
        Extent extent,
        Sizes sizes,
        Map<Integer, Float> numbers,
        List<DeviceVector> vectors,
        List<DeviceMatrix> matrices,
        List<PlacedRope> ropes,
        List<DeviceTask> tasks) {
    public DeviceProgram {
        numbers = Map.copyOf(numbers);
        vectors = List.copyOf(vectors);
        matrices = List.copyOf(matrices);
        ropes = List.copyOf(ropes);
        tasks = List.copyOf(tasks);
    }

    /// Elements of the arrays, each of 4 bytes.
    public record Sizes(int floats, int words, int buffers, int cache, int angles, int logits) {
        /// Bytes of all of them.
        public long bytes() {
            return 4L * ((long) floats + words + buffers + cache + angles + logits);
        }
    }

    /// A rope and where its angles begin: for each token of the batch the cosines of all pairs, then the sines.
    public record PlacedRope(Rope rope, int offset) {}
}
