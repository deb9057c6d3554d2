"""Train the small tokenizers of the tests: python3 train.py (pip install tokenizers)

One byte-level BPE for each pre-tokenizer, named as in `tokenizer.ggml.pre`, and two BPEs with byte fallback, as converters write
SentencePiece models: `sentencepiece` (as Gemma) and `sentencepiece-prefix` (as Llama 2, a space before every text).
`texts.json` is what they are trained on and tested with.
"""
import json, pathlib
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

HERE = pathlib.Path(__file__).parent
TEXTS = json.loads((HERE / "texts.json").read_text(encoding="utf-8"))
SIZE = 640

GPT_2 = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
CONTRACTIONS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|"
SPACES = r"|\s*[\r\n]+|\s+(?!\S)|\s+"
WORDS = CONTRACTIONS + r"[^\r\n\p{L}\p{N}]?\p{L}+|%s| ?[^\s\p{L}\p{N}]+[\r\n]*" + SPACES
UPPER, LOWER = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]", r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"
TEKKEN = (rf"[^\r\n\p{{L}}\p{{N}}]?{UPPER}*{LOWER}+|[^\r\n\p{{L}}\p{{N}}]?{UPPER}+{LOWER}*"
          r"|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*" + SPACES)
CJK = "[一-龥ࠀ-一가-퟿]+"
DEEPSEEK_V3 = (r"""[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+"""
               r"| ?[\p{P}\p{S}]+[\r\n]*" + SPACES)
CASED = json.loads((HERE / "deepseek-letters.json").read_text(encoding="utf-8"))


def split(*expressions):
    return [pre_tokenizers.Split(Regex(e), "isolated") for e in expressions]


def byte_level(regex=False):
    return pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=regex)


STAGES = {
    "default": split(r"[\p{P}$+<=>^~|]+", GPT_2, r"\p{N}+", "[0-9][0-9][0-9]") + [byte_level()],
    "gpt-2": [byte_level(True)],
    "smollm": [pre_tokenizers.Digits(individual_digits=True), byte_level(True)],
    "falcon": [pre_tokenizers.Punctuation("contiguous"), byte_level(True), pre_tokenizers.Digits(individual_digits=False)]
              + split("[0-9][0-9][0-9]"),
    "llama-bpe": split(WORDS % r"\p{N}{1,3}") + [byte_level()],
    "smaug-bpe": split(WORDS % r"\p{N}{1,3}") + [byte_level()],
    "qwen2": split(WORDS % r"\p{N}") + [byte_level()],
    "deepseek-r1-qwen": split(WORDS % r"\p{N}") + [byte_level()],
    "tekken": split(TEKKEN) + [byte_level()],
    "deepseek-llm": split(r"[\r\n]", rf"\s?{CASED}+", r"\s?[!-/:-~！-／：-～‘-‟　-。]+", r"\s+$", CJK)
                    + [pre_tokenizers.Digits(individual_digits=False), byte_level()],
    "deepseek-coder": split(r"[\r\n]", r"\s?\p{L}+", r"\s?\p{P}+", CJK)
                      + [pre_tokenizers.Digits(individual_digits=True), byte_level()],
    "deepseek-v3": split(r"\p{N}{1,3}", "[一-龥぀-ゟ゠-ヿ]+", DEEPSEEK_V3) + [byte_level()],
}
WHOLE_PIECES_FIRST = {"llama-bpe", "tekken"}
SPECIAL = [AddedToken(t, special=True, normalized=False) for t in ("<|begin|>", "<|im_start|>", "<|im_end|>", "<|im|>")]
USER_DEFINED = [AddedToken(t, special=False, normalized=False) for t in ("<table>", "<tablet>", "\t\t\t")]


def train_byte_level(name, stages):
    tokenizer = Tokenizer(models.BPE(ignore_merges=name in WHOLE_PIECES_FIRST))
    if name == "qwen2":
        tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(stages)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(vocab_size=SIZE, initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()), show_progress=False)
    tokenizer.train_from_iterator(TEXTS, trainer)
    add_whole_pieces(tokenizer)
    tokenizer.add_tokens(USER_DEFINED)
    tokenizer.add_special_tokens(SPECIAL)
    write(tokenizer, name)


def add_whole_pieces(tokenizer):
    """Tokens that no merge makes, so that "whole pieces first" shows."""
    saved = json.loads(tokenizer.to_str())
    for piece in ("Ġtransformers", "Ġzebra", "Straße"):
        if piece not in saved["model"]["vocab"]:
            saved["model"]["vocab"][piece] = len(saved["model"]["vocab"])
    tokenizer.__setstate__(json.dumps(saved).encode())


def train_sentencepiece(name, prefix):
    """Merges as converters derive them: every split of every token, the tokens in their order."""
    replace = normalizers.Replace(" ", "▁")
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>", byte_fallback=True, fuse_unk=True))
    tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), replace]) if prefix else replace
    head = ["<unk>", "<s>", "</s>"] + [f"<0x{i:02X}>" for i in range(256)]
    trainer = trainers.BpeTrainer(vocab_size=SIZE, special_tokens=head, limit_alphabet=90, show_progress=False)
    tokenizer.train_from_iterator(TEXTS, trainer)
    saved = json.loads(tokenizer.to_str())
    vocabulary = saved["model"]["vocab"]
    saved["model"]["merges"] = [
        [token[:i], token[i:]] for token in sorted(vocabulary, key=vocabulary.get) if token not in head
        for i in range(1, len(token)) if token[:i] in vocabulary and token[i:] in vocabulary]
    saved["added_tokens"] = []
    tokenizer = Tokenizer.from_str(json.dumps(saved))
    tokenizer.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()])
    tokenizer.add_special_tokens([AddedToken(t, special=True, normalized=False) for t in ("<unk>", "<s>", "</s>")])
    tokenizer.add_special_tokens(SPECIAL[1:])
    tokenizer.add_tokens([AddedToken(t, special=False, normalized=False) for t in
                          ["<table>", "<tablet>"] + ["\n" * n for n in range(1, 9)] + [" " * n for n in range(2, 9)]])
    write(tokenizer, name)


def write(tokenizer, name):
    (HERE / f"{name}.json").write_text(json.dumps(json.loads(tokenizer.to_str()), ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    for name, stages in STAGES.items():
        train_byte_level(name, stages)
    train_sentencepiece("sentencepiece", prefix=False)
    train_sentencepiece("sentencepiece-prefix", prefix=True)
