/// What is known of the machine: its processors, its memory.
@NullMarked
package io.layerplan.runtime.cpu.machine;

import org.jspecify.annotations.NullMarked;
