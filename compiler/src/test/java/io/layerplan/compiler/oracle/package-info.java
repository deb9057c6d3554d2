/// Gemma 3 270M against llama.cpp and transformers. The numbers are made by `src/test/resources/oracle/gemma_oracle.py`
/// and found by the system property `layerplan.oracle`; without it these tests are skipped.
@NullMarked
package io.layerplan.compiler.oracle;

import org.jspecify.annotations.NullMarked;
