package io.layerplan.compiler.schedule;

/// What a plan needs to know about the model: how many layers there are, and what to call it in messages.
public record ModelShape(String name, int layers) {
    /// More layers than any model has; it bounds what a plan that says `all` can cost.
    public static final int MOST_LAYERS = 100_000;

    public ModelShape {
        if (layers < 1 || layers > MOST_LAYERS) {
            throw new IllegalArgumentException(name + " with " + layers + " layers");
        }
    }

    /// For a check without a model.
    public static ModelShape ofLayers(int layers) {
        return new ModelShape("", layers);
    }

    /// The number of the last layer.
    public int last() {
        return layers - 1;
    }

    /// `mid`: half the number of layers, rounded down.
    public int mid() {
        return layers / 2;
    }

    boolean has(long layer) {
        return layer >= 0 && layer < layers;
    }

    /// One clause about how the layers are numbered, for the help of a message.
    String numbering() {
        String model = name.isEmpty() ? "the model" : "`" + name + "`";
        return layers == 1
                ? model + " has one layer, numbered 0"
                : model + " has " + layers + " layers, numbered 0.." + last();
    }
}
