@NullMarked
package io.layerplan.runtime.tornado.task;

import org.jspecify.annotations.NullMarked;
