package io.layerplan.runtime.program.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.runtime.program.Kernel;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ProgramTextTest {
    private static final int PROGRAMS = 1_000;

    @Test
    void readsBackWhatItPrints() {
        for (int seed = 0; seed < PROGRAMS; seed++) {
            Program program = RandomProgram.of(seed);
            String text = ProgramPrinter.print(program);
            Program read = ProgramReader.read("seed " + seed, text);
            assertThat(read).as("seed %d", seed).isEqualTo(program);
            assertThat(ProgramPrinter.print(read)).isEqualTo(text);
        }
    }

    @Test
    void theRandomProgramsHoldEveryFormOfEveryKernel() {
        List<Kernel> kernels = IntStream.range(0, 200)
                .mapToObj(RandomProgram::of)
                .flatMap(program -> program.launches().stream())
                .flatMap(launch -> launch.jobs().stream())
                .toList();
        Set<Class<?>> kinds = kernels.stream().map(Object::getClass).collect(Collectors.toSet());
        assertThat(kinds).containsExactlyInAnyOrder(Kernel.class.getPermittedSubclasses());
        Set<Class<?>> terms = kernels.stream()
                .flatMap(kernel -> kernel instanceof Kernel.Sum(var all, var _) ? all.stream() : Stream.empty())
                .map(Object::getClass)
                .collect(Collectors.toSet());
        assertThat(terms).containsExactlyInAnyOrder(Term.class.getPermittedSubclasses());
        List<String> forms = new ArrayList<>();
        for (Kernel kernel : kernels) {
            if (kernel instanceof Kernel.MatMul(var x, var _, var bias, var heads, var y)) {
                forms.add(x.norm().isPresent() + " " + bias.isPresent() + " "
                        + heads.map(h -> h.norm().isPresent() + " " + h.rope().isPresent())
                                .orElse("-")
                        + " " + y.getClass().getSimpleName());
            }
        }
        assertThat(Set.copyOf(forms)).hasSize(2 * 2 * 5 * 3);
    }

    @Test
    void theTextDoesNotDependOnTheLocale() {
        Program program = RandomProgram.of(7);
        String text = ProgramPrinter.print(program);
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(ProgramPrinter.print(program)).isEqualTo(text);
            assertThat(ProgramReader.read("arabic", text)).isEqualTo(program);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void readsLikeAPaper() {
        assertThat(ProgramPrinter.print(ProgramReader.read("sample", SampleProgram.TEXT)))
                .isEqualTo(SampleProgram.TEXT);
    }
}
