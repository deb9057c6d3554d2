package io.layerplan.runtime.tornado;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.backend.WeightSource;
import io.layerplan.runtime.kernel.scalar.ScalarDequantize;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.WeightReference;
import io.layerplan.runtime.tensor.Matrix;
import io.layerplan.runtime.tornado.task.Constants;
import io.layerplan.runtime.tornado.task.DeviceFormat;
import io.layerplan.runtime.tornado.task.DeviceMatrix;
import io.layerplan.runtime.tornado.task.DeviceProgram;
import io.layerplan.runtime.tornado.task.DeviceVector;
import io.layerplan.runtime.tornado.task.TileLayout;
import io.layerplan.runtime.tornado.task.WeightPacking;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// The arrays that a lowered program works on, filled with its weights.
final class DeviceArrays {
    private final DeviceProgram lowered;
    private final WeightSource source;
    final IntArray words;
    final FloatArray floats;
    final FloatArray buffers;
    final FloatArray cache;
    final FloatArray angles;
    final FloatArray logits;

    DeviceArrays(DeviceProgram lowered, WeightSource source) {
        this.lowered = lowered;
        this.source = source;
        DeviceProgram.Sizes sizes = lowered.sizes();
        this.words = new IntArray(sizes.words());
        this.floats = new FloatArray(sizes.floats());
        this.buffers = new FloatArray(sizes.buffers());
        this.cache = new FloatArray(sizes.cache());
        this.angles = new FloatArray(sizes.angles());
        this.logits = new FloatArray(sizes.logits());
        floats.init(0f);
        words.init(0);
        fillConstants();
        lowered.vectors().forEach(this::fill);
        lowered.matrices().forEach(this::fill);
    }

    private void fillConstants() {
        for (int exponent = 0; exponent < Constants.EXPONENTS; exponent++) {
            floats.set(Constants.POWERS + exponent, Constants.power(exponent));
        }
        int ones = lowered.program().buffers().stream()
                .mapToInt(buffer -> buffer.width())
                .max()
                .orElse(1);
        for (int i = 0; i < ones; i++) {
            floats.set(Constants.ONES + i, 1f);
        }
        lowered.numbers().forEach(floats::set);
    }

    private void fill(DeviceVector vector) {
        copy(ScalarDequantize.row(weight(vector.weight()), 0), vector.offset());
    }

    private void fill(DeviceMatrix place) {
        MemorySegment target = place.format() == DeviceFormat.F32 ? floats.getSegment() : words.getSegment();
        String name = lowered.program().weights().get(place.weight()).name();
        Optional<MemorySegment> stored = source.stored(name);
        if (stored.isPresent()) {
            TileLayout.copy(stored.get(), place, target);
            return;
        }
        WeightPacking.pack(weight(place.weight()), place, target);
    }

    private void copy(float[] values, int offset) {
        MemorySegment.copy(
                values, 0, floats.getSegment(), ValueLayout.JAVA_FLOAT, (long) Float.BYTES * offset, values.length);
    }

    /// The weight of a number.
    ///
    /// @throws InputException if the model has none like that
    Matrix weight(int id) {
        Program program = lowered.program();
        WeightReference reference = program.weights().get(id);
        Matrix matrix = source.matrix(reference.name());
        if (matrix == null
                || matrix.type() != reference.type()
                || matrix.rows() != reference.rows()
                || matrix.columns() != reference.columns()) {
            throw new InputException(
                    "the model has no weight `%s` of %s, %d x %d"
                            .formatted(
                                    reference.name(), reference.type().label(), reference.rows(), reference.columns()),
                    "run the plan with the model that it was compiled for");
        }
        return matrix;
    }
}
