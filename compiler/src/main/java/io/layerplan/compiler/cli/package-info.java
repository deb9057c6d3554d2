/// The command line. Commands read options, call the other packages and print; nothing here is needed by an
/// application that embeds the compiler, and nothing depends on it.
@NullMarked
package io.layerplan.compiler.cli;

import org.jspecify.annotations.NullMarked;
