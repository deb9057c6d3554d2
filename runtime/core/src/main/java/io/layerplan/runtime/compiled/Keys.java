package io.layerplan.runtime.compiled;

/// The metadata keys of a compiled plan's file. What begins with [#TOKENIZER] is as in the model's file.
final class Keys {
    static final String ARCHITECTURE = "general.architecture";
    static final String NAME = "general.name";
    static final String VERSION = "layerplan.version";
    static final String TARGET = "layerplan.target";
    static final String LAYOUT = "layerplan.layout";
    static final String SOURCE_NAME = "layerplan.source.name";
    static final String SOURCE_TEXT = "layerplan.source.text";
    static final String SETTINGS = "layerplan.settings";
    static final String PROGRAM = "layerplan.program";
    static final String MODEL_NAME = "layerplan.model.name";
    static final String MODEL_PATH = "layerplan.model.path";
    static final String MODEL_KEYS = "layerplan.model.keys";
    static final String MODEL_KEY_CHECKSUMS = "layerplan.model.keys.crc32c";
    static final String MODEL_WEIGHTS = "layerplan.model.weights";
    static final String MODEL_WEIGHT_CHECKSUMS = "layerplan.model.weights.crc32c";
    static final String STORED = "layerplan.stored";
    static final String STORED_CHECKSUMS = "layerplan.stored.crc32c";
    static final String ALIGNMENT = "general.alignment";
    static final String SECTIONS = "layerplan.sections";
    static final String SECTION_CHECKSUMS = "layerplan.sections.crc32c";
    static final String TOKENIZER = "tokenizer.";

    private Keys() {}
}
