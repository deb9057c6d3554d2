/// Measures programs: what runs, until when it is warmed up, in which order rounds are taken, and what they amount to.
@NullMarked
package io.layerplan.bench.measure;

import org.jspecify.annotations.NullMarked;
