/// `layerplan bench`: its options, the plans it is given, and what it prints. The command line finds the command by
/// `META-INF/services`. The suites of JMH are among this module's tests.
@NullMarked
package io.layerplan.bench;

import org.jspecify.annotations.NullMarked;
