@NullMarked
package io.layerplan.bench;

import org.jspecify.annotations.NullMarked;
