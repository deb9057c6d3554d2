"""Writes TYPE.bin (raw blocks, 4 rows of 512 columns) and TYPE.f32 (the values they stand for, little endian) for every weight type.

Row 0 is noise and row 1 noise with outliers, constant blocks and zeros, both quantised: by gguf-py where it can, else by ggml. Row 2 is
random bytes and row 3 all zeros, all ones and random bytes by turns, under random, negative, zero and subnormal scales. The values are gguf-py's
(`gguf.quants.dequantize`), checked against ggml's own.

    pip install gguf numpy llama-cpp-python
    python3 make_dequantize.py
"""

import ctypes
from pathlib import Path

import gguf
import llama_cpp
import numpy as np
from gguf import GGMLQuantizationType as Type

HERE = Path(__file__).parent
ROWS, COLUMNS = 4, 512
# Byte offsets of the f16 fields in a block.
SCALES = {
    Type.Q8_0: [0],
    Type.Q4_0: [0],
    Type.Q4_1: [0, 2],
    Type.Q5_0: [0],
    Type.Q5_1: [0, 2],
    Type.Q4_K: [0, 2],
    Type.Q5_K: [0, 2],
    Type.Q6_K: [208],
}
AWKWARD_SCALES = [0.0, -0.0, 6e-8, -3e-5, 1.0, -1.0, 0.01, -0.37, 2.5]

ggml = ctypes.CDLL(str(next(Path(llama_cpp.__file__).parent.rglob("libggml-base.so*"))))


class TypeTraits(ctypes.Structure):
    """`struct ggml_type_traits`"""

    _fields_ = [
        ("type_name", ctypes.c_char_p),
        ("block_size", ctypes.c_int64),
        ("interleave", ctypes.c_int64),
        ("type_size", ctypes.c_size_t),
        ("is_quantized", ctypes.c_bool),
        ("to_float", ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64)),
        ("from_float_ref", ctypes.c_void_p),
    ]


ggml.ggml_get_type_traits.restype = ctypes.POINTER(TypeTraits)
ggml.ggml_quantize_chunk.restype = ctypes.c_size_t
ggml.ggml_quantize_chunk.argtypes = [
    ctypes.c_int,
    ctypes.c_void_p,
    ctypes.c_void_p,
    ctypes.c_int64,
    ctypes.c_int64,
    ctypes.c_int64,
    ctypes.c_void_p,
]


def quantize(values, kind):
    try:
        return gguf.quants.quantize(values, kind).view(np.uint8)
    except NotImplementedError:
        block, size = gguf.GGML_QUANT_SIZES[kind]
        blocks = np.zeros((values.shape[0], values.shape[1] // block * size), np.uint8)
        written = ggml.ggml_quantize_chunk(kind, values.ctypes.data, blocks.ctypes.data, 0, *values.shape, None)
        assert written == blocks.nbytes
        return blocks


def dequantize_with_ggml(blocks, kind):
    values = np.zeros((ROWS, COLUMNS), np.float32)
    traits = ggml.ggml_get_type_traits(kind).contents
    traits.to_float(blocks.ctypes.data, values.ctypes.data, values.size)
    return values


def noise(random):
    rows = random.standard_normal((2, COLUMNS)).astype(np.float32)
    rows[1, :256] *= 0.02
    rows[1, 40] = 11.0
    rows[1, 300] = -70.0
    rows[1, 64:96] = 0.0
    rows[1, 96:128] = 0.75
    rows[1, 128:160] = -0.75
    return rows


def awkward_blocks(random, kind):
    block, size = gguf.GGML_QUANT_SIZES[kind]
    count = 2 * COLUMNS // block
    blocks = random.integers(0, 256, (count, size), dtype=np.uint8)
    for n in range(count // 2, count):
        if n % 3 != 2:
            blocks[n] = [0x00, 0xFF][n % 3]
    for n in range(count):
        for field in SCALES[kind]:
            scale = random.choice(AWKWARD_SCALES) if n % 2 else random.standard_normal() * 0.1
            blocks[n, field : field + 2] = np.array([scale], np.float16).view(np.uint8)
    return blocks.reshape(2, -1)


def awkward_halves(random, kind):
    """Random finite bit patterns of F16 or BF16, subnormals and both zeros among them."""
    exponent = 0x7C00 if kind == Type.F16 else 0x7F80
    bits = random.integers(0, 1 << 16, (2, COLUMNS), dtype=np.uint16)
    bits[1, :128] &= 0x8000 | (exponent & -exponent) - 1
    bits[1, :2] = [0x0000, 0x8000]
    bits[(bits & exponent) == exponent] ^= exponent & -exponent
    return bits.view(np.uint8)


def main():
    for seed, kind in enumerate([Type.F16, Type.BF16, *SCALES]):
        random = np.random.default_rng(seed)
        awkward = awkward_blocks if kind in SCALES else awkward_halves
        blocks = np.ascontiguousarray(np.concatenate([quantize(noise(random), kind), awkward(random, kind)]))
        values = gguf.quants.dequantize(blocks.view(np.float16) if kind == Type.F16 else blocks, kind)
        assert values.shape == (ROWS, COLUMNS) and values.dtype == np.float32 and np.isfinite(values).all()
        difference = np.abs(values - dequantize_with_ggml(blocks, kind))
        assert (difference <= 1e-6 * np.abs(values)).all(), kind
        name = kind.name.lower()
        (HERE / f"{name}.bin").write_bytes(blocks.tobytes())
        (HERE / f"{name}.f32").write_bytes(values.astype("<f4").tobytes())
        print(f"{name}: {blocks.nbytes} bytes, largest value {np.abs(values).max():.4g}, differs from ggml by {difference.max():.3g}")


if __name__ == "__main__":
    main()
