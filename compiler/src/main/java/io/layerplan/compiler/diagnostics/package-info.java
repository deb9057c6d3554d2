/// What the compiler says to the author of a plan: where ([SourceSpan]), how bad ([Severity]), what, and what to do
/// about it ([Diagnostic]). Diagnostics are data; [DiagnosticRenderer] turns them into text for people and
/// [DiagnosticReport] into a flat form for tools. Nothing here knows the plan language.
@NullMarked
package io.layerplan.compiler.diagnostics;

import org.jspecify.annotations.NullMarked;
