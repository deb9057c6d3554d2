/// What runs on the device: TornadoVM compiles these methods. One class for each family of operations.
@NullMarked
package io.layerplan.runtime.tornado.kernel;

import org.jspecify.annotations.NullMarked;
