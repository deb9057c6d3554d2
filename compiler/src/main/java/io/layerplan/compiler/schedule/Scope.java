package io.layerplan.compiler.schedule;

import io.layerplan.compiler.diagnostics.Diagnostics;
import io.layerplan.compiler.diagnostics.NearestWord;
import io.layerplan.compiler.diagnostics.SourceSpan;
import io.layerplan.compiler.syntax.Expression;
import io.layerplan.compiler.syntax.Name;
import io.layerplan.compiler.syntax.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The names of a plan, inside those that stand beside all plans of the file.
final class Scope {
    private static final List<String> WORDS = List.of("last", "mid", "layers", "all", "rest");

    private final Optional<Scope> outer;
    private final Map<String, Definition> definitions = new LinkedHashMap<>();
    /// Names that are defined further down, with the first place.
    private final Map<String, SourceSpan> upcoming = new HashMap<>();
    /// Names that were used without a meaning.
    private final Set<String> reported = new HashSet<>();

    private Scope(Optional<Scope> outer, List<Statement> statements) {
        this.outer = outer;
        for (Statement statement : statements) {
            switch (statement) {
                case Statement.Let let -> announce(let.name());
                case Statement.Param param -> announce(param.name());
                case Statement.Plan plan -> announce(plan.name());
                case Statement.Run _, Statement.Skip _, Statement.Parallel _, Statement.Loop _, Statement.Group _ -> {}
            }
        }
    }

    /// The scope of a file, whose names are defined by these statements.
    static Scope outermost(List<Statement> statements) {
        return new Scope(Optional.empty(), statements);
    }

    /// The scope of one plan.
    Scope inner(List<Statement> statements) {
        return new Scope(Optional.of(this), statements);
    }

    private void announce(Name name) {
        upcoming.putIfAbsent(name.text(), name.span());
    }

    /// Adds a name; a name that is taken keeps its first meaning, and the second one is reported.
    void define(Name name, Definition definition, Diagnostics diagnostics) {
        Optional<Definition> first = lookup(name.text());
        if (first.isPresent()) {
            diagnostics.report(ScheduleMessages.redefined(
                    name.span(), name.text(), first.get().span()));
        } else {
            definitions.put(name.text(), definition);
        }
    }

    private Optional<Definition> lookup(String name) {
        Definition own = definitions.get(name);
        return own == null && outer.isPresent() ? outer.get().lookup(name) : Optional.ofNullable(own);
    }

    /// What a name means. That it has no meaning is reported once for a name.
    Definition resolve(Expression.Reference reference, Diagnostics diagnostics) {
        String name = reference.name();
        Optional<Definition> known = lookup(name);
        if (known.isPresent()) {
            return known.get();
        }
        if (reported.add(name)) {
            SourceSpan later = upcoming.get(name);
            diagnostics.report(
                    later == null
                            ? ScheduleMessages.unknownName(reference.span(), name, NearestWord.help(name, candidates()))
                            : ScheduleMessages.usedBeforeDefinition(reference.span(), name, later));
        }
        return new Definition.Broken(reference.span());
    }

    private List<String> candidates() {
        var names = new ArrayList<String>(definitions.keySet());
        outer.ifPresent(scope -> names.addAll(scope.definitions.keySet()));
        names.addAll(WORDS);
        return names;
    }
}
