/// The way from a plan to a program in one call.
@NullMarked
package io.layerplan.compiler;

import org.jspecify.annotations.NullMarked;
