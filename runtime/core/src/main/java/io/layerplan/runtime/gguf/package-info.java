/// GGUF, the container in which models come: reading it as untrusted input over a read-only mapping, and writing it.
/// The layout is that of `docs/gguf.md` in ggml: magic, version, counts, metadata, tensor descriptions, padding, data.
@NullMarked
package io.layerplan.runtime.gguf;

import org.jspecify.annotations.NullMarked;
