/// The plan language as text: [PlanReader] parses it into a syntax tree of records with spans ([PlanFile] and below),
/// and [PlanFormatter] writes the tree back in the one canonical layout. This is the only package that knows ANTLR;
/// what a plan means is the business of the schedule package.
@NullMarked
package io.layerplan.compiler.syntax;

import org.jspecify.annotations.NullMarked;
