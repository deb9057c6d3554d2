package io.layerplan.runtime.tornado.kernel;

import io.layerplan.runtime.tornado.task.ReadLayout;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// Reads an array and does nothing else with it than add it up, as often as the grid has groups for ([ReadLayout]): how
/// fast a device's memory is read. Sums are in local memory because drivers for processors make vectors of loops that
/// end there, and none of sums in variables.
public final class ReadKernel {
    private ReadKernel() {}

    /// @param sums   for each item of a group; those of all groups are the same where all words are
    /// @param lanes  items of a group
    /// @param groups that read the array once; the next ones begin again
    /// @param piece  words of a group
    public static void read(KernelContext context, IntArray words, IntArray sums, int lanes, int groups, int piece) {
        int[] local = context.allocateIntLocalArray(ReadLayout.SUMS);
        int first = (context.groupIdx % groups) * piece;
        int lane = context.localIdx;
        for (int word = 0; word < ReadLayout.WORDS; word++) {
            local[word * lanes + lane] = 0;
        }
        for (int i = first; i < first + piece; i += ReadLayout.WORDS * lanes) {
            for (int word = 0; word < ReadLayout.WORDS; word++) {
                local[word * lanes + lane] += words.get(i + word * lanes + lane);
            }
        }
        int sum = 0;
        for (int word = 0; word < ReadLayout.WORDS; word++) {
            sum += local[word * lanes + lane];
        }
        sums.set(lane, sum);
    }
}
