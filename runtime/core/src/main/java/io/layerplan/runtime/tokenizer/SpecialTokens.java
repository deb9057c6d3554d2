package io.layerplan.runtime.tokenizer;

import java.util.Arrays;

/// Finds control, user-defined and unknown tokens in a text: a trie over their bytes, children in linked lists.
final class SpecialTokens {
    private static final int NONE = -1;

    private final Vocabulary vocabulary;
    /// The node of each first byte.
    private final int[] roots = new int[256];

    private byte[] labels = new byte[64];
    private int[] children = new int[64];
    private int[] siblings = new int[64];
    /// The token that ends at a node.
    private int[] tokens = new int[64];

    private int nodes;

    SpecialTokens(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        Arrays.fill(roots, NONE);
        for (int id = 0; id < vocabulary.size(); id++) {
            if (vocabulary.type(id).isSpecial()) {
                insert(vocabulary.bytes(id), id);
            }
        }
    }

    /// The longest special token at `text[at]`, or -1.
    ///
    /// @param control whether control and unknown tokens count, or user-defined ones only
    int longestAt(byte[] text, int at, boolean control) {
        int found = NONE;
        int node = roots[text[at] & 0xFF];
        int next = at + 1;
        while (node != NONE) {
            int token = tokens[node];
            if (token != NONE && (control || vocabulary.type(token) == TokenType.USER_DEFINED)) {
                found = token;
            }
            node = next < text.length ? childOf(node, text[next]) : NONE;
            next++;
        }
        return found;
    }

    private void insert(byte[] text, int id) {
        if (text.length == 0) {
            return;
        }
        int root = text[0] & 0xFF;
        if (roots[root] == NONE) {
            roots[root] = add(text[0], NONE);
        }
        int node = roots[root];
        for (int i = 1; i < text.length; i++) {
            int child = childOf(node, text[i]);
            if (child == NONE) {
                child = add(text[i], children[node]);
                children[node] = child;
            }
            node = child;
        }
        tokens[node] = id;
    }

    private int childOf(int node, byte label) {
        int child = children[node];
        while (child != NONE && labels[child] != label) {
            child = siblings[child];
        }
        return child;
    }

    private int add(byte label, int sibling) {
        if (nodes == labels.length) {
            labels = Arrays.copyOf(labels, 2 * nodes);
            children = Arrays.copyOf(children, 2 * nodes);
            siblings = Arrays.copyOf(siblings, 2 * nodes);
            tokens = Arrays.copyOf(tokens, 2 * nodes);
        }
        labels[nodes] = label;
        children[nodes] = NONE;
        siblings[nodes] = sibling;
        tokens[nodes] = NONE;
        nodes++;
        return nodes - 1;
    }
}
