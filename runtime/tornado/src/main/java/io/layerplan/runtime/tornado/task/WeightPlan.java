package io.layerplan.runtime.tornado.task;

import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.WeightReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where weights and constants lie on the device: each once, however many jobs use it.
final class WeightPlan {
    private final Program program;
    private final Arena floats = new Arena("the weights in 32-bit floats");
    private final Arena words = new Arena("the quantised weights");
    private final Map<Integer, DeviceMatrix> matrices = new LinkedHashMap<>();
    private final Map<Integer, DeviceVector> vectors = new LinkedHashMap<>();
    private final Map<Float, Integer> numbers = new LinkedHashMap<>();

    /// @param widest elements of the widest row
    WeightPlan(Program program, int widest) {
        this.program = program;
        floats.take(Constants.ONES + (long) widest);
        numbers.put(0f, Constants.ZERO);
        numbers.put(1f, Constants.ONES);
    }

    /// The offset of a number.
    int number(float value) {
        return numbers.computeIfAbsent(value, _ -> floats.take(1));
    }

    /// The offset of a gain or a bias.
    int vector(int weight) {
        return vectors.computeIfAbsent(weight, id -> {
                    int size = program.weights().get(id).columns();
                    return new DeviceVector(id, size, floats.take(size));
                })
                .offset();
    }

    DeviceMatrix matrix(int weight) {
        return matrices.computeIfAbsent(weight, this::place);
    }

    private DeviceMatrix place(int weight) {
        WeightReference reference = program.weights().get(weight);
        int rows = reference.rows();
        int columns = reference.columns();
        DeviceFormat format = DeviceFormat.of(reference.type());
        int a = (format == DeviceFormat.F32 ? floats : words).take(format.words(rows, columns));
        int d = format.scaleWords(columns) == 0 ? 0 : words.take(format.scales(rows, columns));
        return new DeviceMatrix(weight, format, rows, columns, a, d);
    }

    List<DeviceMatrix> matrices() {
        return List.copyOf(matrices.values());
    }

    List<DeviceVector> vectors() {
        return List.copyOf(vectors.values());
    }

    /// Offsets of numbers; 0 and 1 are among the constants.
    Map<Integer, Float> numbers() {
        Map<Integer, Float> byOffset = new LinkedHashMap<>();
        numbers.forEach((value, offset) -> {
            if (offset > Constants.ONES) {
                byOffset.put(offset, value);
            }
        });
        return byOffset;
    }

    int floats() {
        return floats.size();
    }

    int words() {
        return words.size();
    }
}
