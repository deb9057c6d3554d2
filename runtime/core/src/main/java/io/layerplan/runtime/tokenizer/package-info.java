/// From text to token ids and back, as the vocabulary in a GGUF file says: byte-level BPE (`gpt2`) with the
/// pre-tokenizers that models name, and SentencePiece-BPE (`llama`) with byte fallback.
@NullMarked
package io.layerplan.runtime.tokenizer;

import org.jspecify.annotations.NullMarked;
