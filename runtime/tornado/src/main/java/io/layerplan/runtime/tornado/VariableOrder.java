package io.layerplan.runtime.tornado;

import java.util.List;

/// Has TornadoVM write the source of a kernel the same way in every JVM, so that a driver finds what it compiled in an
/// earlier run. TornadoVM declares a kernel's variables in the order of a hash table whose keys depend on the identity
/// hashes of the constants of its kinds of values, and those are random numbers. Where the JVM counts instead
/// (`-XX:hashCode=3`, which the launcher asks for), the count is brought to a round number, and the constants get those
/// that follow.
final class VariableOrder {
    /// More than any start has used up before.
    private static final int LEAST = 1 << 16;

    private static final int MOST = 1 << 24;

    /// The enums of kinds, one for each driver; those that are not installed are left out.
    private static final List<String> KINDS = List.of(
            "uk.ac.manchester.tornado.drivers.opencl.graal.lir.OCLKind",
            "uk.ac.manchester.tornado.drivers.cuda.graal.lir.CUDAKind",
            "uk.ac.manchester.tornado.drivers.ptx.graal.lir.PTXKind");

    private static boolean fixed;

    private VariableOrder() {}

    /// Gives the constants their hashes, once and before TornadoVM asks for them; nothing where the JVM does not count.
    static synchronized void fix() {
        if (fixed) {
            return;
        }
        fixed = true;
        int now = hash();
        if (hash() != now + 1) {
            return;
        }
        int target = LEAST;
        while (target <= now + 1 && target < MOST) {
            target *= 2;
        }
        while (hash() < target - 1) {
            // Only the count matters.
        }
        for (String name : KINDS) {
            try {
                for (Object kind : Class.forName(name).getEnumConstants()) {
                    System.identityHashCode(kind);
                }
            } catch (ClassNotFoundException e) {
                // This driver is not installed.
            }
        }
    }

    private static int hash() {
        return System.identityHashCode(new Object());
    }
}
