/// How a batch of tokens goes through the stages of a program: workers claim units, and wait for each other between
/// stages.
@NullMarked
package io.layerplan.runtime.cpu.pass;

import org.jspecify.annotations.NullMarked;
