"""Times llama.cpp on a GGUF file: prefill and decode, the same work that `layerplan bench` times.

    python time_llama_cpp.py MODEL --threads 2 --rounds 5 --prompt-length 512 --context 128 -n 32

Prints one JSON object. It calls llama.cpp's C functions through llama-cpp-python: per round one `llama_decode` of the
whole prompt, and one for each decoded token, logits of the last token each time, nothing sampled. Other settings are
llama.cpp's own defaults for a CPU, flash attention and repacked weights among them.
"""

import argparse
import ctypes
import json
import statistics
import sys
import time

import llama_cpp as ll


@ctypes.CFUNCTYPE(None, ctypes.c_int, ctypes.c_char_p, ctypes.c_void_p)
def silence(level, text, data):
    if level >= 4:
        sys.stderr.write(text.decode(errors="replace"))


class Peer:
    def __init__(self, arguments):
        self.prompt = arguments.prompt_length
        self.context_length = arguments.context
        self.tokens = arguments.n
        ll.llama_log_set(silence, None)
        ll.llama_backend_init()
        parameters = ll.llama_model_default_params()
        parameters.use_extra_bufts = not arguments.no_repack
        self.model = ll.llama_model_load_from_file(arguments.model.encode(), parameters)
        if not self.model:
            raise SystemExit(f"error: llama.cpp cannot load `{arguments.model}`")
        parameters = ll.llama_context_default_params()
        parameters.n_ctx = max(self.prompt, self.context_length + self.tokens) + 8
        parameters.n_batch = parameters.n_ubatch = 512
        parameters.n_threads = parameters.n_threads_batch = arguments.threads
        self.context = ll.llama_init_from_model(self.model, parameters)
        self.memory = ll.llama_get_memory(self.context)
        self.batch = ll.llama_batch_init(512, 0, 1)

    def forward(self, first, count):
        """Appends `count` tokens from position `first` on."""
        for done in range(0, count, 512):
            size = min(512, count - done)
            self.batch.n_tokens = size
            for i in range(size):
                self.batch.token[i] = (first + done + i) % 1000
                self.batch.pos[i] = first + done + i
                self.batch.n_seq_id[i] = 1
                self.batch.seq_id[i][0] = 0
                self.batch.logits[i] = done + i == count - 1
            code = ll.llama_decode(self.context, self.batch)
            if code:
                raise SystemExit(f"error: llama_decode returned {code}")
        ll.llama_get_logits_ith(self.context, -1)

    def prefill(self):
        ll.llama_memory_clear(self.memory, True)
        start = time.perf_counter()
        self.forward(0, self.prompt)
        return self.prompt / (time.perf_counter() - start)

    def decode(self):
        ll.llama_memory_clear(self.memory, True)
        self.forward(0, self.context_length)
        start = time.perf_counter()
        for i in range(self.tokens):
            self.forward(self.context_length + i, 1)
        return self.tokens / (time.perf_counter() - start)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--prompt-length", type=int, default=512)
    parser.add_argument("--context", type=int, default=128)
    parser.add_argument("-n", type=int, default=32)
    parser.add_argument("--no-repack", action="store_true", help="leave the weights as they lie in the file")
    arguments = parser.parse_args()
    peer = Peer(arguments)
    peer.prefill(), peer.decode()
    prefill, decode = [], []
    for _ in range(arguments.rounds):
        prefill.append(peer.prefill())
        decode.append(peer.decode())
    print(json.dumps({
        "peer": "llama.cpp",
        "version": f"llama-cpp-python {ll.__version__}",
        "features": ll.llama_print_system_info().decode().strip(),
        "prefill": statistics.median(prefill),
        "decode": statistics.median(decode),
        "rounds": {"prefill": prefill, "decode": decode},
    }))


if __name__ == "__main__":
    main()
