package io.layerplan.runtime.cpu.job;

import io.layerplan.runtime.cpu.pass.Batch;
import io.layerplan.runtime.cpu.pass.Worker;
import io.layerplan.runtime.kernel.KeyValueBlocks;
import io.layerplan.runtime.kernel.PartialAttention;
import io.layerplan.runtime.kernel.QueryRows;
import io.layerplan.runtime.kernel.RowKernels;
import io.layerplan.runtime.kernel.scalar.ScalarAttention;
import io.layerplan.runtime.program.Heads;
import java.util.concurrent.atomic.AtomicIntegerArray;

/// Attention over a slot. A group of rows, some tokens with the query heads that share a key/value head, sees the
/// context in spans of [#SPAN] positions, from the first on; what it makes of each is added to what it made of those
/// before. Where the partial results are small, as in decoding, each span of a group is a unit of its own, and whoever
/// ends a group's last one adds them up in the same order. So neither the grouping nor who does what changes a bit.
public final class AttentionJob implements Job {
    /// Positions of a span, from multiples of it: the only thing that rounding depends on.
    public static final int SPAN = 4 * KeyValueBlocks.POSITIONS;

    private static final int ROWS_OF_A_GROUP = 48;

    /// Where there is a single span, heads may take their own ways from here on: their keys stay in a cache.
    private static final long PRODUCTS_OF_A_GROUP = 32 << 10;

    /// Elements of partial results that may wait for the other spans.
    private static final long MOST_WAITING = 1 << 20;

    private final RowKernels kernels;
    private final Rows queries;
    private final int slot;
    private final int window;
    private final Heads heads;
    private final Rows y;
    private final int number;
    private final int workers;

    // The batch that is being run.
    private int rows;
    private int tokensOfGroup;
    private int headsOfGroup;
    private int partsOfHead;
    private int firstSpan;
    private int spans;
    private boolean apart;
    private AtomicIntegerArray remaining = new AtomicIntegerArray(0);

    /// @param number  of this attention in its launch
    /// @param workers how many the work is split over
    public AttentionJob(
            RowKernels kernels, Rows queries, int slot, int window, Heads heads, Rows y, int number, int workers) {
        this.kernels = kernels;
        this.queries = queries;
        this.slot = slot;
        this.window = window;
        this.heads = heads;
        this.y = y;
        this.number = number;
        this.workers = workers;
    }

    @Override
    public void begin(Batch batch) {
        rows = y.count(batch);
        if (rows == 0) {
            return;
        }
        int sharing = heads.queries() / heads.keyValues();
        int last = batch.position() + batch.tokens() - 1;
        firstSpan = ScalarAttention.firstVisible(last - rows + 1, window) / SPAN;
        spans = last / SPAN + 1 - firstSpan;
        tokensOfGroup = Math.min(rows, Math.max(1, ROWS_OF_A_GROUP / sharing));
        headsOfGroup = Math.ceilDiv(sharing, parts(sharing, last));
        partsOfHead = Math.ceilDiv(sharing, headsOfGroup);
        int stride = batch.slot(slot).valueStride();
        apart = spans > 1 && (long) rows * heads.queries() * spans * stride <= MOST_WAITING;
        if (apart) {
            int groups = groups();
            batch.partialAttention(number).reserve(groups * spans * tokensOfGroup * headsOfGroup, stride);
            if (remaining.length() < groups) {
                remaining = new AtomicIntegerArray(groups);
            }
            for (int group = 0; group < groups; group++) {
                remaining.set(group, spans);
            }
        }
    }

    /// Into how many parts the query heads of a key/value head are split: as many as workers would have nothing to do
    /// else. Each part reads all keys and values.
    private int parts(int sharing, int last) {
        int groups = Math.ceilDiv(rows, tokensOfGroup) * heads.keyValues();
        if (spans > 1 || groups >= workers) {
            return 1;
        }
        long products = (long) sharing * tokensOfGroup * heads.size() * (last + 1);
        return Math.clamp(products / PRODUCTS_OF_A_GROUP, 1, Math.min(sharing, workers / groups));
    }

    private int groups() {
        return Math.ceilDiv(rows, tokensOfGroup) * heads.keyValues() * partsOfHead;
    }

    @Override
    public int units(Batch batch) {
        return rows == 0 ? 0 : groups() * (apart ? spans : 1);
    }

    @Override
    public void run(Batch batch, int unit, Worker worker) {
        if (apart) {
            runSpan(batch, unit / spans, unit % spans, worker);
            return;
        }
        Group group = group(batch, unit);
        PartialAttention state = worker.partialAttention();
        state.reserve(group.rows.count(), batch.slot(slot).valueStride());
        state.clear(0, group.rows.count());
        for (int span = 0; span < spans; span++) {
            attend(batch, group, span, state, 0, worker);
        }
        finish(batch, group, state, 0);
    }

    private void runSpan(Batch batch, int number, int span, Worker worker) {
        Group group = group(batch, number);
        PartialAttention parts = batch.partialAttention(this.number);
        int room = tokensOfGroup * headsOfGroup;
        int first = number * spans * room;
        parts.clear(first + span * room, group.rows.count());
        attend(batch, group, span, parts, first + span * room, worker);
        if (remaining.decrementAndGet(number) == 0) {
            for (int other = 1; other < spans; other++) {
                kernels.merge(parts, first + other * room, parts, first, group.rows.count(), heads.size());
            }
            finish(batch, group, parts, first);
        }
    }

    private void attend(Batch batch, Group group, int span, PartialAttention to, int toRow, Worker worker) {
        int from = (firstSpan + span) * SPAN;
        kernels.attend(
                group.rows,
                group.position,
                batch.slot(slot),
                group.head,
                from,
                from + SPAN,
                window,
                (float) heads.scale(),
                to,
                toRow,
                worker.scratch());
    }

    private void finish(Batch batch, Group group, PartialAttention sums, int first) {
        for (int row = 0; row < group.rows.count(); row++) {
            int at = y.offset(batch, group.token + group.rows.token(row))
                    + (group.query + row % group.rows.heads()) * heads.size();
            float inverse = 1 / sums.total(first + row);
            kernels.scale(inverse, sums.values(), sums.offset(first + row), heads.size(), y.array(batch), at);
        }
    }

    /// Some tokens and some query heads of a key/value head.
    ///
    /// @param rows     their queries
    /// @param token    the first token's row in `y`
    /// @param position the first token's
    /// @param query    the first query head
    /// @param head     the key/value head
    private record Group(QueryRows rows, int token, int position, int query, int head) {}

    private Group group(Batch batch, int number) {
        int part = number % partsOfHead;
        int head = number / partsOfHead % heads.keyValues();
        int token = number / partsOfHead / heads.keyValues() * tokensOfGroup;
        int sharing = heads.queries() / heads.keyValues();
        int query = head * sharing + part * headsOfGroup;
        QueryRows queryRows = new QueryRows(
                queries.array(batch),
                queries.offset(batch, queries.firstFor(batch, rows) + token) + query * heads.size(),
                queries.stride(),
                Math.min(tokensOfGroup, rows - token),
                Math.min(headsOfGroup, sharing - part * headsOfGroup));
        return new Group(queryRows, token, batch.position() + batch.tokens() - rows + token, query, head);
    }
}
