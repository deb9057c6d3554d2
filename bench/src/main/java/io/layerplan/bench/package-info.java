/// JMH benchmarks. `mvn -q -pl bench -am -DskipTests package exec:exec` runs them; `-Djmh="Decode -f 1"` chooses.
@NullMarked
package io.layerplan.bench;

import org.jspecify.annotations.NullMarked;
