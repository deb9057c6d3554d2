package io.layerplan.runtime.kernel.grouped;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CodeDigitsTest {
    private static final int[][] FIVES = {
        {0, 5, 10, 15}, {0, 5, 10, 15}, {0, 5, 10, 15}, {0, 5, 10, 15}, {0, 5, 10, 15},
    };
    private static final int[][] SIXES = {
        {0, 6, 12}, {0, 6, 12}, {0, 6, 12, 14}, {0, 6, 12}, {0, 6, 12}, {0, 6, 12, 14},
    };
    private static final int BLOCKS = 3;
    private static final int ROW = 17;

    @Test
    void numbersOfFiveBitCodesAreMultipliedUncut() {
        isMultipliedUncut(CodeDigits.FIVE, 5, FIVES);
    }

    @Test
    void numbersOfSixBitCodesAreMultipliedUncut() {
        isMultipliedUncut(CodeDigits.SIX, 6, SIXES);
    }

    /// Numbers are shifted to each of their digits, and what follows it stays: the sum is that of the codes' products.
    private static void isMultipliedUncut(CodeDigits digits, int bits, int[][] shifts) {
        Random random = new Random(bits);
        for (int turn = 0; turn < 200; turn++) {
            int[] x = new int[16 * BLOCKS];
            Arrays.setAll(x, _ -> pair(random.nextInt(-127, 128), random.nextInt(-127, 128)));
            int[] multipliers = new int[digits.size() * BLOCKS];
            digits.multipliers(x, BLOCKS, multipliers);
            for (int block = 0; block < BLOCKS; block++) {
                int[] codes = new int[16];
                Arrays.setAll(codes, _ -> pair(random.nextInt(1 << bits), random.nextInt(1 << bits)));
                int[] numbers = new int[bits * GroupedLayout.ROWS];
                digits.put(codes, numbers, ROW);
                short even = 0;
                short odd = 0;
                int digit = block * digits.size();
                for (int v = 0; v < bits; v++) {
                    int number = numbers[v * GroupedLayout.ROWS + ROW];
                    for (int shift : shifts[v]) {
                        even += (short) (((number & 0xFFFF) >>> shift) * multipliers[digit]);
                        odd += (short) ((number >>> 16 >>> shift) * (multipliers[digit] >> 16));
                        digit++;
                    }
                }
                int evens = 0;
                int odds = 0;
                for (int i = 0; i < 16; i++) {
                    evens += (codes[i] & 0xFFFF) * (short) x[16 * block + i];
                    odds += (codes[i] >> 16) * (x[16 * block + i] >> 16);
                }
                assertThat(even).isEqualTo((short) evens);
                assertThat(odd).isEqualTo((short) odds);
            }
        }
    }

    @Test
    void aRowTakesItsOwnPlacesAndAllOfTheirBits() {
        for (int bits : new int[] {4, 5, 6}) {
            int[] numbers = new int[bits * GroupedLayout.ROWS];
            int[] codes = new int[16];
            Arrays.fill(codes, pair((1 << bits) - 1, (1 << bits) - 1));
            CodeDigits.of(bits).put(codes, numbers, ROW);
            for (int i = 0; i < numbers.length; i++) {
                assertThat(numbers[i]).isEqualTo(i % GroupedLayout.ROWS == ROW ? -1 : 0);
            }
        }
    }

    private static int pair(int low, int high) {
        return (low & 0xFFFF) | (high << 16);
    }
}
