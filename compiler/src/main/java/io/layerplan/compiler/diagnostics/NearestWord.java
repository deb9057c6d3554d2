package io.layerplan.compiler.diagnostics;

import java.util.Optional;

/// Finds the known word that a misspelt one was meant to be: the one with the fewest edits, at most two (at most one
/// for words under four letters). An edit inserts, removes, changes or swaps letters; their case
/// does not matter.
///
/// Nobody misspells a word of a hundred letters, or wants to wait for the nearest of a million: both are bounded.
public final class NearestWord {
    private static final int SHORT_WORD = 4;
    private static final int LONGEST_WORD = 64;
    private static final int MOST_CANDIDATES = 1_000;

    private NearestWord() {}

    /// The nearest of the known words, the first of several that are equally near.
    public static Optional<String> to(String word, Iterable<String> known) {
        int fewest = word.length() < SHORT_WORD ? 2 : 3;
        int candidates = 0;
        Optional<String> nearest = Optional.empty();
        for (String candidate : known) {
            if (word.length() > LONGEST_WORD || ++candidates > MOST_CANDIDATES) {
                break;
            }
            if (Math.abs(candidate.length() - word.length()) < fewest) {
                int edits = edits(word, candidate);
                if (edits < fewest) {
                    fewest = edits;
                    nearest = Optional.of(candidate);
                }
            }
        }
        return nearest;
    }

    /// `did you mean … ?` for the nearest of the known words.
    public static Optional<String> help(String word, Iterable<String> known) {
        return to(word, known).map(nearest -> "did you mean `" + nearest + "`?");
    }

    /// Optimal string alignment: row i holds the edits from the first i letters of one word to the first j of the
    /// other.
    private static int edits(String one, String other) {
        int[] beforeLast = new int[other.length() + 1];
        int[] last = new int[other.length() + 1];
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int change = same(one, i, other, j) ? 0 : 1;
                row[j] = Math.min(last[j - 1] + change, Math.min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && same(one, i, other, j - 1) && same(one, i - 1, other, j)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + change);
                }
            }
        }
        return row[other.length()];
    }

    private static boolean same(String one, int i, String other, int j) {
        return Character.toLowerCase(one.charAt(i - 1)) == Character.toLowerCase(other.charAt(j - 1));
    }
}
