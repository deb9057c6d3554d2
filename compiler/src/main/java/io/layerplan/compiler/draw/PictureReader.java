package io.layerplan.compiler.draw;

import io.layerplan.compiler.draw.DataFlow.Job;
import io.layerplan.runtime.program.Kernel;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.ProgramCost;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;

/// Reads a program into a picture: finds out from its launches what is a layer, and what runs side by side.
final class PictureReader {
    private record BoxKey(int firstLane, int lastLane, NavigableSet<Integer> layers, Class<?> kind) {}

    private final Program program;
    private final DataFlow flow;

    private PictureReader(Program program) {
        this.program = program;
        this.flow = DataFlow.of(program);
    }

    static List<Block> read(Program program) {
        PictureReader reader = new PictureReader(program);
        return blocks(Stretch.of(reader.flow).stream().map(reader::section).toList());
    }

    private Section section(Stretch stretch) {
        Lanes lanes = Lanes.of(stretch, flow);
        Map<Job, Caption> captions = Captions.of(program, flow, stretch);
        Map<Integer, List<Job>> launches = new TreeMap<>();
        stretch.jobs()
                .forEach(job -> launches.computeIfAbsent(job.launch(), _ -> new ArrayList<>())
                        .add(job));
        List<Band> bands = new ArrayList<>();
        launches.forEach((launch, jobs) -> bands.add(new Band(
                launch,
                jobs.stream()
                        .anyMatch(job -> stretch.stream()
                                .filter(flow.producers(job)::contains)
                                .isPresent()),
                boxes(jobs, lanes, captions),
                jobs.stream().mapToLong(this::kvBytes).sum())));
        return new Section(
                lanes.count(),
                bands,
                has(stretch, Kernel.Embed.class),
                has(stretch, Kernel.Attention.class),
                has(stretch, Kernel.GatedMatMul.class) || has(stretch, Kernel.Activate.class));
    }

    private List<Box> boxes(List<Job> jobs, Lanes lanes, Map<Job, Caption> captions) {
        Map<BoxKey, Box> boxes = new LinkedHashMap<>();
        for (Job job : jobs) {
            Caption caption = captions.get(job);
            if (caption == null) {
                throw new IllegalStateException("job " + job.number() + " without a caption");
            }
            boxes.merge(
                    new BoxKey(
                            lanes.first(job),
                            lanes.last(job),
                            caption.layers(),
                            job.kernel().getClass()),
                    new Box(
                            lanes.first(job),
                            lanes.last(job),
                            caption,
                            ProgramCost.weightBytes(program, job.kernel()),
                            1),
                    Box::and);
        }
        return List.copyOf(boxes.values());
    }

    private long kvBytes(Job job) {
        return job.kernel() instanceof Kernel.Attention attention
                ? 2L * Float.BYTES * program.slots().get(attention.slot()).width()
                : 0;
    }

    private static boolean has(Stretch stretch, Class<? extends Kernel> kind) {
        return stretch.jobs().stream().anyMatch(job -> kind.isInstance(job.kernel()));
    }

    /// An attention and the feed-forward of the same layers behind it are one block, and so are the pieces of the head.
    private static List<Block> blocks(List<Section> sections) {
        List<List<Section>> groups = new ArrayList<>();
        for (Section section : sections) {
            if (!groups.isEmpty() && belongs(groups.getLast(), section)) {
                groups.getLast().add(section);
            } else {
                groups.add(new ArrayList<>(List.of(section)));
            }
        }
        Map<NavigableSet<Integer>, Integer> turns = new HashMap<>();
        groups.forEach(group -> turns.merge(group.getFirst().layers(), 1, Integer::sum));
        Map<NavigableSet<Integer>, Integer> done = new HashMap<>();
        List<Block> blocks = new ArrayList<>();
        for (List<Section> group : groups) {
            NavigableSet<Integer> layers = group.getFirst().layers();
            boolean counted = !layers.isEmpty();
            blocks.add(new Block(
                    layers,
                    counted ? done.merge(layers, 1, Integer::sum) : 1,
                    counted ? turns.getOrDefault(layers, 1) : 1,
                    group));
        }
        return blocks;
    }

    private static boolean belongs(List<Section> group, Section section) {
        Section last = group.getLast();
        boolean head = last.layers().isEmpty() && section.layers().isEmpty() && !last.embeds();
        boolean secondHalf = last.attends() && !last.activates() && section.activates() && !section.attends();
        return head || (secondHalf && last.layers().equals(section.layers()));
    }
}
