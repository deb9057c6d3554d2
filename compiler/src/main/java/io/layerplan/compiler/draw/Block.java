package io.layerplan.compiler.draw;

import java.util.List;
import java.util.NavigableSet;

/// One occurrence of a layer, or of layers side by side, in the picture; or the embedding, or the output head.
///
/// @param layers   none for embedding and head
/// @param turn     how many blocks of these layers there were before, from 1
/// @param turns    how many there are
/// @param sections one, or two: attention and feed-forward
record Block(NavigableSet<Integer> layers, int turn, int turns, List<Section> sections) {
    Block {
        sections = List.copyOf(sections);
    }

    /// `4..11`
    String title() {
        if (layers.isEmpty()) {
            return sections.getFirst().embeds() ? "embed" : "head";
        }
        return Ranges.of(layers);
    }

    /// What is to be said about the title: which half of the layers it is, and which turn of several.
    List<String> notes() {
        boolean attends = sections.stream().anyMatch(Section::attends);
        boolean activates = sections.stream().anyMatch(Section::activates);
        String half = layers.isEmpty() || attends == activates ? "" : attends ? "attn only" : "ffn only";
        String turnText = turns == 1 ? "" : turn + " of " + turns;
        return List.of(half, turnText).stream().filter(note -> !note.isEmpty()).toList();
    }
}
