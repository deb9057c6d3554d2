package io.layerplan.compiler.syntax;

import java.util.List;
import java.util.Optional;

/// The one canonical layout of a plan: a statement a line, blocks indented by two blanks, no needless parentheses, and
/// at most one empty line in a row. Comments stay with the statement that they stand before or behind; one inside the
/// parentheses of a statement moves up to a line of its own.
///
/// Reading the result gives the same tree as reading the original, spans aside, and formatting it again changes
/// nothing.
public final class PlanFormatter {
    private final String source;
    private final CommentQueue comments;
    private final StringBuilder text = new StringBuilder();
    /// Where in the source the last thing written ended.
    private int written;
    /// Nothing was written yet in this block, so that no empty line follows.
    private boolean opening = true;

    private PlanFormatter(PlanFile file) {
        this.source = file.source().text();
        this.comments = new CommentQueue(file.comments());
    }

    public static String format(PlanFile file) {
        var formatter = new PlanFormatter(file);
        formatter.statements(file.statements(), formatter.source.length(), 0);
        return formatter.text.toString();
    }

    /// @param end where in the source the block of these statements ends
    private void statements(List<Statement> statements, int end, int depth) {
        for (int i = 0; i < statements.size(); i++) {
            Statement statement = statements.get(i);
            int next = i + 1 < statements.size() ? statements.get(i + 1).span().start() : end;
            commentsBefore(statement.span().start(), depth);
            emptyLineBefore(statement.span().start());
            commentsInside(statement, depth);
            statement(statement, depth);
            written = statement.span().end();
            endLine(next);
        }
        commentsBefore(end, depth);
    }

    private void statement(Statement statement, int depth) {
        indent(depth).append(StatementPrinter.head(statement));
        Optional<Block> block = block(statement);
        if (block.isPresent()) {
            block(block.get(), depth);
            text.append(StatementPrinter.tail(statement));
        }
    }

    private void block(Block block, int depth) {
        int end = block.span().end() - 1;
        text.append('{');
        written = block.span().start() + 1;
        endLine(
                block.statements().isEmpty()
                        ? end
                        : block.statements().getFirst().span().start());
        opening = true;
        statements(block.statements(), end, depth + 1);
        opening = false;
        indent(depth).append('}');
    }

    private static Optional<Block> block(Statement statement) {
        return switch (statement) {
            case Statement.Parallel par -> block(par.body());
            case Statement.Loop loop -> block(loop.body());
            case Statement.Group group -> Optional.of(group.block());
            case Statement.Plan plan -> Optional.of(plan.block());
            case Statement.Run _, Statement.Skip _, Statement.Let _, Statement.Param _ -> Optional.empty();
        };
    }

    private static Optional<Block> block(Body body) {
        return switch (body) {
            case Block block -> Optional.of(block);
            case LayerList _ -> Optional.empty();
        };
    }

    /// The comments up to a place in the source, each on a line of its own.
    private void commentsBefore(int place, int depth) {
        for (Optional<Comment> comment = comments.pollBefore(place);
                comment.isPresent();
                comment = comments.pollBefore(place)) {
            emptyLineBefore(comment.get().span().start());
            comment(comment.get(), depth);
        }
    }

    /// The comments in the parentheses of a statement, without those in its block, on lines of their own.
    private void commentsInside(Statement statement, int depth) {
        int from = block(statement)
                .map(block -> block.span().end())
                .orElse(statement.span().start());
        int to = statement.span().end();
        for (Optional<Comment> comment = comments.pollBetween(from, to);
                comment.isPresent();
                comment = comments.pollBetween(from, to)) {
            comment(comment.get(), depth);
        }
    }

    private void comment(Comment comment, int depth) {
        indent(depth).append(comment.text()).append('\n');
        written = comment.span().end();
        opening = false;
    }

    /// Ends the line, behind the comment that stands on it in the source, if one does.
    ///
    /// @param next where in the source the line is over in any case
    private void endLine(int next) {
        Optional<Comment> behind = comments.peekBetween(written, next)
                .filter(comment -> lineEnds(written, comment.span().start()) == 0);
        if (behind.isPresent()) {
            Comment comment = behind.get();
            comments.pollBetween(written, next);
            text.append(' ').append(comment.text());
            written = comment.span().end();
        }
        text.append('\n');
        opening = false;
    }

    private void emptyLineBefore(int place) {
        if (!opening && lineEnds(written, place) > 1) {
            text.append('\n');
        }
    }

    private int lineEnds(int from, int to) {
        int lines = 0;
        for (int i = from; i < to; i++) {
            char c = source.charAt(i);
            boolean ends = c == '\n' || (c == '\r' && (i + 1 == source.length() || source.charAt(i + 1) != '\n'));
            lines += ends ? 1 : 0;
        }
        return lines;
    }

    private StringBuilder indent(int depth) {
        return text.append("  ".repeat(depth));
    }
}
