/// Text from an executor: sampling, and the loop from a prompt to the token it stops at. Nothing here prints.
@NullMarked
package io.layerplan.runtime.generate;

import org.jspecify.annotations.NullMarked;
