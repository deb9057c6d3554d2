package io.layerplan.compiler.testing;

import io.layerplan.compiler.model.Model;
import io.layerplan.runtime.tensor.ElementType;
import io.layerplan.runtime.tensor.Matrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/// How much a plan makes of rounding. Some amplify it: the same model with every norm's gain and every bias one unit in
/// the last place off shows by how much, whatever computes it.
public final class Sensitivity {
    private Sensitivity() {}

    /// A model with every vector's elements moved to a neighbouring float.
    public static Model nudged(Model model, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Matrix> weights = new LinkedHashMap<>(model.weights());
        weights.replaceAll((_, weight) -> isVector(weight) ? nudged(weight, random) : weight);
        return new Model(model.spec(), weights);
    }

    private static boolean isVector(Matrix weight) {
        return weight.rows() == 1 && weight.type() == ElementType.F32;
    }

    private static Matrix nudged(Matrix vector, SplittableRandom random) {
        MemorySegment data = MemorySegment.ofArray(vector.data().toArray(ValueLayout.JAVA_BYTE));
        for (int i = 0; i < vector.columns(); i++) {
            long at = (long) Float.BYTES * i;
            float element = data.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at);
            float next = random.nextBoolean() ? Math.nextUp(element) : Math.nextDown(element);
            data.set(ValueLayout.JAVA_FLOAT_UNALIGNED, at, next);
        }
        return new Matrix(vector.name(), vector.type(), vector.rows(), vector.columns(), data);
    }
}
