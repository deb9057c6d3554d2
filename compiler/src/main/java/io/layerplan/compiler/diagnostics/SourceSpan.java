package io.layerplan.compiler.diagnostics;

/// The part of a source that something was said in: the UTF-16 units `start .. end - 1`. An empty span is a place
/// between two characters. A span made by [#whole(SourceText)] is about the source and no particular part of it.
public record SourceSpan(SourceText source, int start, int end) {
    private static final int NOWHERE = -1;

    public SourceSpan {
        boolean whole = start == NOWHERE && end == NOWHERE;
        if (!whole && (start < 0 || end < start || end > source.text().length())) {
            throw new IllegalArgumentException("%d..%d of %s".formatted(start, end, source));
        }
    }

    /// The source itself: a plan as a whole, or a flag.
    public static SourceSpan whole(SourceText source) {
        return new SourceSpan(source, NOWHERE, NOWHERE);
    }

    /// Whether there is a part of the source to show.
    public boolean hasPlace() {
        return start != NOWHERE;
    }

    /// From the start of this span to the end of another one of the same source.
    public SourceSpan to(SourceSpan last) {
        return new SourceSpan(source, start, last.end);
    }

    /// As text: `draft.plan:1:35`, or the source's name alone.
    public String location() {
        return hasPlace() ? source.name() + ":" + lineAndColumn() : source.name();
    }

    /// `1:35`, for a span that has a place.
    public String lineAndColumn() {
        SourceText.Position position = source.position(start);
        return position.line() + ":" + position.column();
    }
}
