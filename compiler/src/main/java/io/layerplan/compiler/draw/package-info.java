/// Pictures and figures of a program: the SVG of `explain --draw`, the Graphviz text of `explain --dot`, and the table
/// of fused against unfused.
///
/// A program is read into a picture (blocks of bands of boxes, [io.layerplan.compiler.draw.Block]), the picture is put
/// on a page, and the page is written as SVG.
@NullMarked
package io.layerplan.compiler.draw;

import org.jspecify.annotations.NullMarked;
