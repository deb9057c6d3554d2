@NullMarked
package io.layerplan.runtime.tornado.kernel;

import org.jspecify.annotations.NullMarked;
