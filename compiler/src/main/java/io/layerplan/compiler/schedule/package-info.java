/// The middle of the front end: a plan's syntax tree becomes a [Schedule] for a model of a given depth. Names, ranges,
/// seeds and expressions are evaluated here, and every mistake of meaning is reported here, all of them in one go.
@NullMarked
package io.layerplan.compiler.schedule;

import org.jspecify.annotations.NullMarked;
