package io.layerplan.compiler.syntax;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// The comments of a file, each handed out once.
final class CommentQueue {
    private final List<Comment> comments;
    private final BitSet taken = new BitSet();
    private int next;

    CommentQueue(List<Comment> comments) {
        this.comments = comments;
    }

    /// The first comment left, if it starts before a place in the source.
    Optional<Comment> pollBefore(int place) {
        next = taken.nextClearBit(next);
        return next < comments.size() && start(next) < place ? Optional.of(take(next)) : Optional.empty();
    }

    /// The first comment left that starts between two places in the source.
    Optional<Comment> pollBetween(int from, int to) {
        int index = taken.nextClearBit(firstAtOrAfter(from));
        return index < comments.size() && start(index) < to ? Optional.of(take(index)) : Optional.empty();
    }

    /// The same, without taking it.
    Optional<Comment> peekBetween(int from, int to) {
        int index = taken.nextClearBit(firstAtOrAfter(from));
        return index < comments.size() && start(index) < to ? Optional.of(comments.get(index)) : Optional.empty();
    }

    private Comment take(int index) {
        taken.set(index);
        return comments.get(index);
    }

    private int start(int index) {
        return comments.get(index).span().start();
    }

    private int firstAtOrAfter(int place) {
        int low = 0;
        int high = comments.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (start(middle) < place) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
