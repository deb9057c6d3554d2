/// What a model is, read from its file: its traits, and its weights by name.
@NullMarked
package io.layerplan.compiler.model;

import org.jspecify.annotations.NullMarked;
