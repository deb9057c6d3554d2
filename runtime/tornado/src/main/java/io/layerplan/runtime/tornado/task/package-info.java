/// A program lowered to tasks as plain data: what runs on a device, over which grid, with which tables. Nothing here
/// loads a class of TornadoVM.
@NullMarked
package io.layerplan.runtime.tornado.task;

import org.jspecify.annotations.NullMarked;
