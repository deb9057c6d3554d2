/// The results of a benchmark for people and for tools: text, JSON, CSV, and a page of HTML.
@NullMarked
package io.layerplan.bench.report;

import org.jspecify.annotations.NullMarked;
