package io.layerplan.runtime.tornado.task;

import io.layerplan.runtime.program.Buffer;
import io.layerplan.runtime.program.Rope;
import io.layerplan.runtime.tornado.task.TaskJob.HeadWork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A task as integers, which is how the kernels read it: for each workgroup what it does ([MapLayout]), then the jobs
/// ([JobLayout], [AttentionLayout], [EmbeddingLayout]). Places of jobs are counted from the table's beginning.
public final class TaskTable {
    /// Neighbouring elements of a result that a workgroup computes, where there are no heads.
    public static final int GROUP_ELEMENTS = 16;

    private final List<int[]> map = new ArrayList<>();
    private final List<Integer> records = new ArrayList<>();

    private TaskTable() {}

    /// The integers of a task.
    public static final class Encoded {
        private final int groups;
        private final int[] integers;

        private Encoded(int groups, int[] integers) {
            this.groups = groups;
            this.integers = integers;
        }

        /// Workgroups for one row.
        public int groups() {
            return groups;
        }

        public int size() {
            return integers.length;
        }

        public int get(int index) {
            return integers[index];
        }
    }

    public static Encoded encode(DeviceTask task) {
        TaskTable table = new TaskTable();
        for (TaskJob job : task.jobs()) {
            table.add(job);
        }
        int mapSize = table.map.size() * MapLayout.SIZE;
        int[] integers = new int[mapSize + table.records.size()];
        for (int group = 0; group < table.map.size(); group++) {
            int[] entry = table.map.get(group);
            integers[group * MapLayout.SIZE + MapLayout.JOB] = mapSize + entry[0];
            integers[group * MapLayout.SIZE + MapLayout.FIRST] = entry[1];
            integers[group * MapLayout.SIZE + MapLayout.COUNT] = entry[2];
        }
        for (int i = 0; i < table.records.size(); i++) {
            integers[mapSize + i] = table.records.get(i);
        }
        return new Encoded(table.map.size(), integers);
    }

    private void add(TaskJob job) {
        int at = records.size();
        switch (job) {
            case TaskJob.Embed embed -> {
                groups(at, embed.table().format().units(embed.table().columns()), EmbeddingLayout.GROUP_UNITS);
                record(EmbeddingLayout.record(embed));
            }
            case TaskJob.Project project -> {
                int step = project.heads().map(HeadWork::size).orElse(GROUP_ELEMENTS);
                groups(at, project.store().rows().width(), step);
                record(job(project));
                project.terms().forEach(term -> record(term(term, project.store())));
            }
            case TaskJob.Attend attend -> {
                groups(at, attend.heads().queries(), 1);
                record(AttentionLayout.record(attend));
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
            int units = matrix.format().units(matrix.columns());
            record[TermLayout.UNITS] = units;
            record[TermLayout.BLOCKS] = matrix.format().blocks(matrix.columns());
            record[TermLayout.A] = matrix.a();
            record[TermLayout.B] = matrix.b();
            record[TermLayout.C] = matrix.c();
            record[TermLayout.D] = matrix.d();
            record[matrix.format().place()] = units;
        });
        return record;
    }

    /// 1 for a row for each output.
    static int outputs(Buffer.Rows rows) {
        return rows == Buffer.Rows.OUTPUTS ? 1 : 0;
    }
}
