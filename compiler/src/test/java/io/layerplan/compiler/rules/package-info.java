/// What `docs/language.md` promises under "Rules", on random plans and random small models.
@NullMarked
package io.layerplan.compiler.rules;

import org.jspecify.annotations.NullMarked;
