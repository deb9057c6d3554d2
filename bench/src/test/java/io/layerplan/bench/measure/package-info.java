@NullMarked
package io.layerplan.bench.measure;

import org.jspecify.annotations.NullMarked;
