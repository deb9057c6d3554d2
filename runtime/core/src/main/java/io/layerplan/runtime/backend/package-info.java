/// What a program can be run on. Backends are found by [java.util.ServiceLoader], so that the command line reaches
/// those that are installed beside it and depends on none.
@NullMarked
package io.layerplan.runtime.backend;

import org.jspecify.annotations.NullMarked;
