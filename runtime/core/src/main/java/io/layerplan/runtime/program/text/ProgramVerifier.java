package io.layerplan.runtime.program.text;

import io.layerplan.runtime.program.Buffer.Rows;
import io.layerplan.runtime.program.Kernel;
import io.layerplan.runtime.program.KvSlot;
import io.layerplan.runtime.program.Launch;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.WeightReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What holds for every program:
/// - entries of the tables carry their place as their number, and what uses them names one that is there;
/// - views lie inside their buffers; weights, views, heads and slots of a kernel fit together ([KernelShapes]);
/// - what a launch reads was written by an earlier launch;
/// - the jobs of a launch are independent: none reads or writes what another of them writes, nor overwrites what it
///   reads itself, but for an attention and its queries; a slot is written once;
/// - the logits are rows for outputs, as wide as the vocabulary.
public final class ProgramVerifier {
    /// Far beyond any model's, and small enough that no product of two sizes of a row overflows.
    static final int WIDEST = 1 << 26;

    private final Program program;
    private final Regions written = new Regions();

    private ProgramVerifier(Program program) {
        this.program = program;
    }

    /// @throws IllegalStateException naming what is wrong and the text of the job, if a program that was made by code,
    ///                               not read, breaks a rule
    public static void verify(Program program) {
        check(program).ifPresent(fault -> {
            throw new IllegalStateException(
                    "program %s, %s: %s".formatted(program.name(), fault.place(), fault.message()));
        });
    }

    /// The first fault, in the order of the text.
    static Optional<Fault> check(Program program) {
        return new ProgramVerifier(program).check();
    }

    private Optional<Fault> check() {
        return at(new Place.Header(), this::header)
                .or(this::tables)
                .or(this::launches)
                .or(() -> at(new Place.Logits(), this::logits));
    }

    private static Optional<Fault> at(Place place, Runnable check) {
        try {
            check.run();
            return Optional.empty();
        } catch (FaultException e) {
            return Optional.of(new Fault(place, e.fault()));
        }
    }

    private void header() {
        require(1, program.vocabulary(), WIDEST, "the vocabulary");
        require(1, program.context(), Integer.MAX_VALUE, "the context");
        if (program.launches().isEmpty()) {
            throw new FaultException("the program has no launches");
        }
    }

    private Optional<Fault> tables() {
        for (int i = 0; i < program.weights().size(); i++) {
            int id = i;
            Optional<Fault> fault =
                    at(new Place.Weight(i), () -> weight(id, program.weights().get(id)));
            if (fault.isPresent()) {
                return fault;
            }
        }
        for (int i = 0; i < program.buffers().size(); i++) {
            int id = i;
            Optional<Fault> fault = at(new Place.BufferEntry(i), () -> {
                number(id, program.buffers().get(id).id());
                require(1, program.buffers().get(id).width(), WIDEST, "the width");
            });
            if (fault.isPresent()) {
                return fault;
            }
        }
        for (int i = 0; i < program.slots().size(); i++) {
            int id = i;
            Optional<Fault> fault =
                    at(new Place.Slot(i), () -> slot(id, program.slots().get(id)));
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    private static void weight(int id, WeightReference weight) {
        number(id, weight.id());
        if (weight.name().isEmpty()) {
            throw new FaultException("a weight without a name");
        }
        require(1, weight.rows(), Integer.MAX_VALUE, "the number of rows");
        require(1, weight.columns(), WIDEST, "the number of columns");
        if (weight.columns() % weight.type().blockElements() != 0) {
            throw new FaultException("%d columns are no multiple of the %d of a block of %s"
                    .formatted(
                            weight.columns(),
                            weight.type().blockElements(),
                            weight.type().label()));
        }
    }

    private static void slot(int id, KvSlot slot) {
        number(id, slot.id());
        require(0, slot.layer(), Integer.MAX_VALUE, "the layer");
        require(1, slot.width(), WIDEST, "the width");
        require(0, slot.window(), Integer.MAX_VALUE, "the window");
    }

    private static void number(int expected, int id) {
        if (id != expected) {
            throw new FaultException("entry %d of the table has the number %d".formatted(expected, id));
        }
    }

    private static void require(int least, int value, int most, String what) {
        if (value < least || value > most) {
            throw new FaultException("%s is %d, expected %d to %d".formatted(what, value, least, most));
        }
    }

    private Optional<Fault> launches() {
        KernelShapes shapes = new KernelShapes(program);
        for (int i = 0; i < program.launches().size(); i++) {
            Launch launch = program.launches().get(i);
            List<Accesses> accesses = new ArrayList<>();
            for (int j = 0; j < launch.jobs().size(); j++) {
                Kernel kernel = launch.jobs().get(j);
                Optional<Fault> fault = at(new Place.Job(i, j), () -> shapes.check(kernel));
                if (fault.isPresent()) {
                    return fault;
                }
                accesses.add(Accesses.of(kernel));
            }
            Optional<Fault> fault = order(i, accesses);
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    private Optional<Fault> order(int launch, List<Accesses> jobs) {
        Regions own = new Regions();
        for (int j = 0; j < jobs.size(); j++) {
            List<Region> writes = jobs.get(j).writes();
            Optional<Fault> fault = at(new Place.Job(launch, j), () -> writes.forEach(region -> write(region, own)));
            if (fault.isPresent()) {
                return fault;
            }
        }
        for (int j = 0; j < jobs.size(); j++) {
            Accesses job = jobs.get(j);
            Optional<Fault> fault =
                    at(new Place.Job(launch, j), () -> job.reads().forEach(region -> read(region, job, own)));
            if (fault.isPresent()) {
                return fault;
            }
        }
        jobs.forEach(job -> job.writes().forEach(written::add));
        return Optional.empty();
    }

    private void write(Region region, Regions own) {
        if (own.intersects(region)) {
            throw new FaultException("writes %s, which another job of this launch writes".formatted(region));
        }
        if (region.space() != Region.Space.BUFFER && written.intersects(region)) {
            throw new FaultException("writes %s, which an earlier launch has written".formatted(region));
        }
        own.add(region);
    }

    private void read(Region region, Accesses job, Regions own) {
        if (own.intersects(region) && !job.replaces().equals(Optional.of(region))) {
            throw new FaultException("reads %s, which this launch writes".formatted(region));
        }
        readWritten(region);
    }

    private void readWritten(Region region) {
        if (!written.contains(region)) {
            throw new FaultException("reads %s, which no earlier launch has written".formatted(region));
        }
    }

    private void logits() {
        KernelShapes shapes = new KernelShapes(program);
        if (shapes.rows(program.logits()) != Rows.OUTPUTS) {
            throw new FaultException("the logits are no rows for outputs");
        }
        if (program.logits().width() != program.vocabulary()) {
            throw new FaultException("the logits are %d wide, the vocabulary has %d tokens"
                    .formatted(program.logits().width(), program.vocabulary()));
        }
        readWritten(Region.of(program.logits()));
    }
}
