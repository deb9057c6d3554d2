/// JMH suites. `mvn -q -pl bench -am -DskipTests test-compile exec:exec` runs them; `-Djmh="Decode -f 1"` chooses.
@NullMarked
package io.layerplan.bench.jmh;

import org.jspecify.annotations.NullMarked;
