package io.layerplan.runtime.kernel.vector;

import static jdk.incubator.vector.VectorOperators.*;

import io.layerplan.runtime.kernel.QuantisedPanels;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;

/// The register tile of [TiledCodes] for formats that have a scale and a minimum for each block. The
/// products of a unit's codes and their sums stay in registers as 16-bit integers. A sum begins as a product, since the
/// JVM would not know the class of a vector of zeros that comes round the loop.
final class TileOfCodesAndMinima {
    private static final long BYTES = 4L * Lanes.COUNT;
    private static final int LOW = 0xFFFF;

    /// The sum `n` of the two halves of a lane becomes a float without a conversion: the float `1.5 · 2^23 + n` has the
    /// bits of `1.5 · 2^23`, and `n` added to them. With its highest bit turned over, the low half counts from `-2^15`.
    private static final float ZERO = 0x1.8p23f + (1 << 15);

    private static final int BITS = Float.floatToRawIntBits(0x1.8p23f) ^ 1 << 15;

    private TileOfCodesAndMinima() {}

    /// As [CodeFormat#multiply] says.
    ///
    /// @param units       that share numbers
    /// @param pairsOfUnit pairs of columns of a unit, up to those of a block
    static void multiply(
            int units,
            int pairsOfUnit,
            QuantisedPanels x,
            int stretch,
            MemorySegment tile,
            int row,
            float[] sums,
            int sum,
            int stride) {
        int[] pairs = x.pairs();
        float[] scales = x.scales();
        float[] negatedSums = x.negatedSums();
        IntVector low = IntVector.broadcast(Lanes.INTS, LOW);
        IntVector bits = IntVector.broadcast(Lanes.INTS, BITS);
        FloatVector zero = FloatVector.broadcast(Lanes.FLOATS, ZERO);
        for (int unit = 0; unit < units; unit++) {
            int pair = stretch * CodeStrips.PAIRS + unit * pairsOfUnit * CodeStrips.TOKENS;
            int number = (stretch + unit * pairsOfUnit / CodeStrips.BLOCK_PAIRS) * CodeStrips.TOKENS;
            long at = (long) unit * (pairsOfUnit + 2) * CodeFormat.ROW_BYTES + 4L * row;
            long numbers = at + (long) pairsOfUnit * CodeFormat.ROW_BYTES;
            int from = pair;
            long code = at;
            ShortVector u0 = IntVector.fromMemorySegment(Lanes.INTS, tile, code, Lanes.ORDER)
                    .reinterpretAsShorts();
            ShortVector u1 = IntVector.fromMemorySegment(Lanes.INTS, tile, code + BYTES, Lanes.ORDER)
                    .reinterpretAsShorts();
            ShortVector a0 = IntVector.broadcast(Lanes.INTS, pairs[from]).reinterpretAsShorts();
            ShortVector s00 = a0.mul(u0);
            ShortVector s01 = a0.mul(u1);
            ShortVector a1 = IntVector.broadcast(Lanes.INTS, pairs[from + 1]).reinterpretAsShorts();
            ShortVector s10 = a1.mul(u0);
            ShortVector s11 = a1.mul(u1);
            ShortVector a2 = IntVector.broadcast(Lanes.INTS, pairs[from + 2]).reinterpretAsShorts();
            ShortVector s20 = a2.mul(u0);
            ShortVector s21 = a2.mul(u1);
            ShortVector a3 = IntVector.broadcast(Lanes.INTS, pairs[from + 3]).reinterpretAsShorts();
            ShortVector s30 = a3.mul(u0);
            ShortVector s31 = a3.mul(u1);
            ShortVector a4 = IntVector.broadcast(Lanes.INTS, pairs[from + 4]).reinterpretAsShorts();
            ShortVector s40 = a4.mul(u0);
            ShortVector s41 = a4.mul(u1);
            ShortVector a5 = IntVector.broadcast(Lanes.INTS, pairs[from + 5]).reinterpretAsShorts();
            ShortVector s50 = a5.mul(u0);
            ShortVector s51 = a5.mul(u1);
            for (int p = 1; p < pairsOfUnit; p++) {
                from += CodeStrips.TOKENS;
                code += CodeFormat.ROW_BYTES;
                ShortVector w0 = IntVector.fromMemorySegment(Lanes.INTS, tile, code, Lanes.ORDER)
                        .reinterpretAsShorts();
                ShortVector w1 = IntVector.fromMemorySegment(Lanes.INTS, tile, code + BYTES, Lanes.ORDER)
                        .reinterpretAsShorts();
                ShortVector x0 = IntVector.broadcast(Lanes.INTS, pairs[from]).reinterpretAsShorts();
                s00 = x0.mul(w0).add(s00);
                s01 = x0.mul(w1).add(s01);
                ShortVector x1 =
                        IntVector.broadcast(Lanes.INTS, pairs[from + 1]).reinterpretAsShorts();
                s10 = x1.mul(w0).add(s10);
                s11 = x1.mul(w1).add(s11);
                ShortVector x2 =
                        IntVector.broadcast(Lanes.INTS, pairs[from + 2]).reinterpretAsShorts();
                s20 = x2.mul(w0).add(s20);
                s21 = x2.mul(w1).add(s21);
                ShortVector x3 =
                        IntVector.broadcast(Lanes.INTS, pairs[from + 3]).reinterpretAsShorts();
                s30 = x3.mul(w0).add(s30);
                s31 = x3.mul(w1).add(s31);
                ShortVector x4 =
                        IntVector.broadcast(Lanes.INTS, pairs[from + 4]).reinterpretAsShorts();
                s40 = x4.mul(w0).add(s40);
                s41 = x4.mul(w1).add(s41);
                ShortVector x5 =
                        IntVector.broadcast(Lanes.INTS, pairs[from + 5]).reinterpretAsShorts();
                s50 = x5.mul(w0).add(s50);
                s51 = x5.mul(w1).add(s51);
            }
            FloatVector scale0 = FloatVector.fromMemorySegment(Lanes.FLOATS, tile, numbers, Lanes.ORDER);
            FloatVector shift0 =
                    FloatVector.fromMemorySegment(Lanes.FLOATS, tile, numbers + CodeFormat.ROW_BYTES, Lanes.ORDER);
            FloatVector scale1 = FloatVector.fromMemorySegment(Lanes.FLOATS, tile, numbers + BYTES, Lanes.ORDER);
            FloatVector shift1 = FloatVector.fromMemorySegment(
                    Lanes.FLOATS, tile, numbers + CodeFormat.ROW_BYTES + BYTES, Lanes.ORDER);
            int sum0 = sum;
            FloatVector xScale0 = FloatVector.broadcast(Lanes.FLOATS, scales[number]);
            FloatVector rest0 = FloatVector.broadcast(Lanes.FLOATS, negatedSums[number]);
            IntVector products00Lanes = s00.reinterpretAsInts();
            FloatVector products00 = products00Lanes
                    .and(low)
                    .lanewise(XOR, bits)
                    .add(products00Lanes.lanewise(ASHR, 16))
                    .reinterpretAsFloats()
                    .sub(zero);
            shift0.fma(rest0, products00.fma(scale0.mul(xScale0), FloatVector.fromArray(Lanes.FLOATS, sums, sum0)))
                    .intoArray(sums, sum0);
            IntVector products01Lanes = s01.reinterpretAsInts();
            FloatVector products01 = products01Lanes
                    .and(low)
                    .lanewise(XOR, bits)
                    .add(products01Lanes.lanewise(ASHR, 16))
                    .reinterpretAsFloats()
                    .sub(zero);
            shift1.fma(
                            rest0,
                            products01.fma(
                                    scale1.mul(xScale0), FloatVector.fromArray(Lanes.FLOATS, sums, sum0 + Lanes.COUNT)))
                    .intoArray(sums, sum0 + Lanes.COUNT);
            int sum1 = sum + stride;
            FloatVector xScale1 = FloatVector.broadcast(Lanes.FLOATS, scales[number + 1]);
            FloatVector rest1 = FloatVector.broadcast(Lanes.FLOATS, negatedSums[number + 1]);
            IntVector products10Lanes = s10.reinterpretAsInts();
            FloatVector products10 = products10Lanes
                    .and(low)
                    .lanewise(XOR, bits)
                    .add(products10Lanes.lanewise(ASHR, 16))
                    .reinterpretAsFloats()
                    .sub(zero);
            shift0.fma(rest1, products10.fma(scale0.mul(xScale1), FloatVector.fromArray(Lanes.FLOATS, sums, sum1)))
                    .intoArray(sums, sum1);
            IntVector products11Lanes = s11.reinterpretAsInts();
            FloatVector products11 = products11Lanes
                    .and(low)
                    .lanewise(XOR, bits)
                    .add(products11Lanes.lanewise(ASHR, 16))
                    .reinterpretAsFloats()
                    .sub(zero);
            shift1.fma(
                            rest1,
                            products11.fma(
                                    scale1.mul(xScale1), FloatVector.fromArray(Lanes.FLOATS, sums, sum1 + Lanes.COUNT)))
                    .intoArray(sums, sum1 + Lanes.COUNT);
            int sum2 = sum + 2 * stride;
            FloatVector xScale2 = FloatVector.broadcast(Lanes.FLOATS, scales[number + 2]);
            FloatVector rest2 = FloatVector.broadcast(Lanes.FLOATS, negatedSums[number + 2]);
            IntVector products20Lanes = s20.reinterpretAsInts();
            FloatVector products20 = products20Lanes
                    .and(low)
                    .lanewise(XOR, bits)
                    .add(products20Lanes.lanewise(ASHR, 16))
                    .reinterpretAsFloats()
                    .sub(zero);
            shift0.fma(rest2, products20.fma(scale0.mul(xScale2), FloatVector.fromArray(Lanes.FLOATS, sums, sum2)))
                    .intoArray(sums, sum2);
            IntVector products21Lanes = s21.reinterpretAsInts();
            FloatVector products21 = products21Lanes
                    .and(low)
                    .lanewise(XOR, bits)
                    .add(products21Lanes.lanewise(ASHR, 16))
                    .reinterpretAsFloats()
                    .sub(zero);
            shift1.fma(
                            rest2,
                            products21.fma(
                                    scale1.mul(xScale2), FloatVector.fromArray(Lanes.FLOATS, sums, sum2 + Lanes.COUNT)))
                    .intoArray(sums, sum2 + Lanes.COUNT);
            int sum3 = sum + 3 * stride;
            FloatVector xScale3 = FloatVector.broadcast(Lanes.FLOATS, scales[number + 3]);
            FloatVector rest3 = FloatVector.broadcast(Lanes.FLOATS, negatedSums[number + 3]);
            IntVector products30Lanes = s30.reinterpretAsInts();
            FloatVector products30 = products30Lanes
                    .and(low)
                    .lanewise(XOR, bits)
                    .add(products30Lanes.lanewise(ASHR, 16))
                    .reinterpretAsFloats()
                    .sub(zero);
            shift0.fma(rest3, products30.fma(scale0.mul(xScale3), FloatVector.fromArray(Lanes.FLOATS, sums, sum3)))
                    .intoArray(sums, sum3);
            IntVector products31Lanes = s31.reinterpretAsInts();
            FloatVector products31 = products31Lanes
                    .and(low)
                    .lanewise(XOR, bits)
                    .add(products31Lanes.lanewise(ASHR, 16))
                    .reinterpretAsFloats()
                    .sub(zero);
            shift1.fma(
                            rest3,
                            products31.fma(
                                    scale1.mul(xScale3), FloatVector.fromArray(Lanes.FLOATS, sums, sum3 + Lanes.COUNT)))
                    .intoArray(sums, sum3 + Lanes.COUNT);
            int sum4 = sum + 4 * stride;
            FloatVector xScale4 = FloatVector.broadcast(Lanes.FLOATS, scales[number + 4]);
            FloatVector rest4 = FloatVector.broadcast(Lanes.FLOATS, negatedSums[number + 4]);
            IntVector products40Lanes = s40.reinterpretAsInts();
            FloatVector products40 = products40Lanes
                    .and(low)
                    .lanewise(XOR, bits)
                    .add(products40Lanes.lanewise(ASHR, 16))
                    .reinterpretAsFloats()
                    .sub(zero);
            shift0.fma(rest4, products40.fma(scale0.mul(xScale4), FloatVector.fromArray(Lanes.FLOATS, sums, sum4)))
                    .intoArray(sums, sum4);
            IntVector products41Lanes = s41.reinterpretAsInts();
            FloatVector products41 = products41Lanes
                    .and(low)
                    .lanewise(XOR, bits)
                    .add(products41Lanes.lanewise(ASHR, 16))
                    .reinterpretAsFloats()
                    .sub(zero);
            shift1.fma(
                            rest4,
                            products41.fma(
                                    scale1.mul(xScale4), FloatVector.fromArray(Lanes.FLOATS, sums, sum4 + Lanes.COUNT)))
                    .intoArray(sums, sum4 + Lanes.COUNT);
            int sum5 = sum + 5 * stride;
            FloatVector xScale5 = FloatVector.broadcast(Lanes.FLOATS, scales[number + 5]);
            FloatVector rest5 = FloatVector.broadcast(Lanes.FLOATS, negatedSums[number + 5]);
            IntVector products50Lanes = s50.reinterpretAsInts();
            FloatVector products50 = products50Lanes
                    .and(low)
                    .lanewise(XOR, bits)
                    .add(products50Lanes.lanewise(ASHR, 16))
                    .reinterpretAsFloats()
                    .sub(zero);
            shift0.fma(rest5, products50.fma(scale0.mul(xScale5), FloatVector.fromArray(Lanes.FLOATS, sums, sum5)))
                    .intoArray(sums, sum5);
            IntVector products51Lanes = s51.reinterpretAsInts();
            FloatVector products51 = products51Lanes
                    .and(low)
                    .lanewise(XOR, bits)
                    .add(products51Lanes.lanewise(ASHR, 16))
                    .reinterpretAsFloats()
                    .sub(zero);
            shift1.fma(
                            rest5,
                            products51.fma(
                                    scale1.mul(xScale5), FloatVector.fromArray(Lanes.FLOATS, sums, sum5 + Lanes.COUNT)))
                    .intoArray(sums, sum5 + Lanes.COUNT);
        }
    }
}
