package io.layerplan.compiler.graph;

/// What the operations are called in printed graphs.
public final class OpNames {
    private OpNames() {}

    /// The word for `op`.
    public static String of(Op op) {
        return switch (op) {
            case Op.Weight _ -> "weight";
            case Op.Embed _ -> "embed";
            case Op.Norm _ -> "norm";
            case Op.MatMul _ -> "matmul";
            case Op.GatedMatMul _ -> "gated_matmul";
            case Op.AddBias _ -> "add_bias";
            case Op.Rotate _ -> "rotate";
            case Op.KvWrite _ -> "kv_write";
            case Op.Attention _ -> "attention";
            case Op.Activate _ -> "activate";
            case Op.Multiply _ -> "multiply";
            case Op.Sum _ -> "sum";
            case Op.SelectOutputs _ -> "select_outputs";
        };
    }
}
