package io.layerplan.runtime.tornado.task;

import io.layerplan.runtime.program.Buffer;
import io.layerplan.runtime.program.Rope;
import io.layerplan.runtime.tornado.task.TaskJob.HeadWork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A task as integers, which is how the kernels read it: for each workgroup what it does ([MapLayout]), then the jobs
/// ([JobLayout], [AttentionLayout], [MergeLayout], [EmbeddingLayout]). Places of jobs are counted from the table's
/// beginning.
public final class TaskTable {
    /// Integers of a job's record, or more: as many zeros are a job that does nothing.
    static final int IDLE = 128;

    /// 32-element parts of an embedding that a workgroup decodes.
    private static final int GROUP_STEPS = 64;

    private final List<int[]> map = new ArrayList<>();
    private final List<Integer> records = new ArrayList<>();

    private final GroupShape shape;
    private int tokens = GroupShape.MOST_TOKENS;

    private TaskTable(GroupShape shape) {
        this.shape = shape;
    }

    /// The integers of a task.
    public static final class Encoded {
        private final int groups;
        private final boolean outputs;
        private final int[] integers;

        private Encoded(int groups, boolean outputs, int[] integers) {
            this.groups = groups;
            this.outputs = outputs;
            this.integers = integers;
        }

        /// Workgroups for the tokens that a group computes together.
        public int groups() {
            return groups;
        }

        /// How many tokens that are.
        public int tokens() {
            return integers[MapLayout.TOKENS];
        }

        /// Whether all results have a row for each output, and none for each token.
        public boolean outputs() {
            return outputs;
        }

        public int size() {
            return integers.length;
        }

        public int get(int index) {
            return integers[index];
        }
    }

    public static Encoded encode(DeviceTask task, GroupShape shape) {
        return encode(task, shape, 0);
    }

    /// @param room workgroups that there may be; those beyond the task's own do nothing
    static Encoded encode(DeviceTask task, GroupShape shape, int room) {
        TaskTable table = new TaskTable(shape);
        for (TaskJob job : task.jobs()) {
            table.add(job);
        }
        boolean outputs =
                task.jobs().stream().allMatch(job -> outputs(job.store().rows().kind()) == 1);
        return table.encoded(outputs, room);
    }

    private Encoded encoded(boolean outputs, int room) {
        int idle = Math.max(0, room - map.size());
        int mapSize = MapLayout.FIRST_GROUP + (map.size() + idle) * MapLayout.SIZE;
        int[] integers = new int[mapSize + records.size() + (idle > 0 ? IDLE : 0)];
        integers[MapLayout.TOKENS] = tokens;
        for (int group = map.size(); group < map.size() + idle; group++) {
            integers[group * MapLayout.SIZE + MapLayout.JOB] = mapSize + records.size();
        }
        for (int group = 0; group < map.size(); group++) {
            int[] entry = map.get(group);
            integers[group * MapLayout.SIZE + MapLayout.JOB] = mapSize + entry[0];
            integers[group * MapLayout.SIZE + MapLayout.FIRST] = entry[1];
            integers[group * MapLayout.SIZE + MapLayout.COUNT] = entry[2];
        }
        for (int i = 0; i < records.size(); i++) {
            integers[mapSize + i] = records.get(i);
        }
        return new Encoded(map.size(), outputs, integers);
    }

    private void add(TaskJob job) {
        int at = records.size();
        switch (job) {
            case TaskJob.Embed embed -> {
                tokens = 1;
                groups(at, Math.ceilDiv(embed.table().columns(), DeviceFormat.STEP), GROUP_STEPS);
                record(EmbeddingLayout.record(embed));
            }
            case TaskJob.Project project -> {
                int step = project.heads().map(HeadWork::size).orElse(shape.rows());
                tokens = Math.min(tokens, shape.tokens(step));
                groups(at, project.store().rows().width(), step);
                record(job(project));
                project.terms().forEach(term -> record(term(term, project.store())));
            }
            case TaskJob.Attend attend -> {
                tokens = 1;
                groups(at, attend.heads().queries() * attend.partials().spans(), 1);
                record(AttentionLayout.record(attend));
            }
            case TaskJob.Merge merge -> {
                tokens = 1;
                groups(at, merge.heads().queries(), 1);
                record(MergeLayout.record(merge));
            }
        }
    }

    private void groups(int job, int elements, int step) {
        for (int first = 0; first < elements; first += step) {
            map.add(new int[] {job, first, Math.min(step, elements - first)});
        }
    }

    private void record(int[] integers) {
        Arrays.stream(integers).forEach(records::add);
    }

    private static int[] job(TaskJob.Project job) {
        int[] record = new int[JobLayout.SIZE];
        record[JobLayout.ROWS] = outputs(job.store().rows().kind());
        record[JobLayout.TERMS] = job.terms().size();
        record[JobLayout.COMBINATION] = job.combination().code();
        record[JobLayout.TARGET] = job.store().array().code();
        record[JobLayout.Y] = job.store().rows().offset();
        record[JobLayout.STRIDE] = job.store().rows().stride();
        job.heads().ifPresent(heads -> {
            record[JobLayout.HEAD_NORMED] = heads.gain().isPresent() ? 1 : 0;
            record[JobLayout.HEAD_GAIN] = heads.gain().orElse(0);
            record[JobLayout.HEAD_EPSILON] = heads.epsilon();
            heads.rope().ifPresent(rope -> {
                record[JobLayout.PAIRS] = rope.dimensions() / 2;
                record[JobLayout.ADJACENT] = rope.pairing() == Rope.Pairing.ADJACENT ? 1 : 0;
                record[JobLayout.ANGLES] = heads.angles();
            });
        });
        return record;
    }

    private static int[] term(TaskTerm term, TaskJob.Store store) {
        int[] record = new int[TermLayout.SIZE];
        record[TermLayout.KIND] = term.matrix().isPresent() ? TermLayout.PRODUCT : TermLayout.ROW;
        record[TermLayout.X] = term.x().offset();
        record[TermLayout.STRIDE] = term.x().stride();
        record[TermLayout.SKIPS] =
                outputs(store.rows().kind()) - outputs(term.x().kind());
        record[TermLayout.WIDTH] = term.x().width();
        record[TermLayout.NORMED] = term.gain().isPresent() ? 1 : 0;
        record[TermLayout.GAIN] = term.gain().orElse(Constants.ONES);
        record[TermLayout.EPSILON] = term.epsilon();
        record[TermLayout.WEIGHT] = term.weight();
        record[TermLayout.BIASED] = term.bias().isPresent() ? 1 : 0;
        record[TermLayout.BIAS] = term.bias().orElse(Constants.ZERO);
        term.matrix().ifPresent(matrix -> {
            record[TermLayout.BLOCKS] = matrix.format().blocks(matrix.columns());
            record[TermLayout.SCALES] = matrix.format().scaleWords(matrix.columns());
            record[TermLayout.A] = matrix.a();
            record[TermLayout.D] = matrix.d();
            record[TermLayout.FORMATS + matrix.format().code()] = DeviceFormat.LANES;
        });
        return record;
    }

    /// 1 for a row for each output.
    static int outputs(Buffer.Rows rows) {
        return rows == Buffer.Rows.OUTPUTS ? 1 : 0;
    }
}
