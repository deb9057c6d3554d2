package io.layerplan.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.layerplan.runtime.program.Activation;
import io.layerplan.runtime.program.Heads;
import io.layerplan.runtime.program.Input;
import io.layerplan.runtime.program.Kernel;
import io.layerplan.runtime.program.Launch;
import io.layerplan.runtime.program.Target;
import io.layerplan.runtime.program.Term;
import io.layerplan.runtime.program.View;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class LaunchHazardsTest {
    private static final View X = new View(0, 0, 8);
    private static final View Y = new View(1, 0, 8);

    private static void accepts(Kernel... jobs) {
        assertThatCode(() -> LaunchHazards.check(new Launch(List.of(jobs)))).doesNotThrowAnyException();
    }

    private static void refuses(Kernel... jobs) {
        assertThatThrownBy(() -> LaunchHazards.check(new Launch(List.of(jobs))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is read and written in one launch");
    }

    private static Kernel product(View x, View y) {
        return new Kernel.MatMul(Input.plain(x), 0, OptionalInt.empty(), Optional.empty(), new Target.Activations(y));
    }

    private static Kernel sum(View y, Term... terms) {
        return new Kernel.Sum(List.of(terms), y);
    }

    @Test
    void rowsMayBeOverwrittenInPlace() {
        accepts(new Kernel.Activate(X, Activation.SILU, X));
        accepts(new Kernel.Norm(X, 0, 1e-5f, 2, X));
        accepts(sum(X, new Term.Plain(Y, 1), new Term.Plain(X, 1)));
        accepts(sum(X, new Term.Plain(Y, 1), new Term.Normed(X, 0, 1e-5f, 1)));
    }

    @Test
    void aProductCannotOverwriteItsInput() {
        accepts(product(X, Y));
        refuses(product(X, X));
        refuses(product(new View(0, 0, 8), new View(0, 7, 8)));
    }

    @Test
    void aSumWithAProductCannotOverwriteWhatItReadsWhole() {
        Term product = new Term.Product(Input.plain(X), 0, OptionalInt.empty(), 1);
        accepts(sum(Y, new Term.Plain(Y, 1), product));
        refuses(sum(X, new Term.Plain(X, 1), product));
        refuses(sum(Y, new Term.Normed(Y, 0, 1e-5f, 1), product));
    }

    @Test
    void rowsCannotBeOverwrittenByTheirNeighbours() {
        refuses(new Kernel.Activate(new View(0, 0, 8), Activation.SILU, new View(0, 4, 8)));
    }

    @Test
    void jobsCannotTouchWhatAnotherWrites() {
        View z = new View(2, 0, 8);
        accepts(product(X, Y), product(X, z));
        refuses(product(X, Y), product(Y, z));
        refuses(product(X, Y), product(X, new View(1, 4, 8)));
        refuses(product(X, Y), new Kernel.Activate(Y, Activation.SILU, Y));
    }

    @Test
    void aSlotIsNotReadWhileItIsWritten() {
        Kernel attention = new Kernel.Attention(X, 3, new Heads(1, 1, 8, 1), Y);
        accepts(attention, new Kernel.KvWrite(X, X, 4));
        refuses(attention, new Kernel.KvWrite(X, X, 3));
    }
}
