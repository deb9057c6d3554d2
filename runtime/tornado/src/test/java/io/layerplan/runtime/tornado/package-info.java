@NullMarked
package io.layerplan.runtime.tornado;

import org.jspecify.annotations.NullMarked;
