"""Layerplan against llama.cpp: the same files, threads, lengths and machine, in turns.

    python bench/peers/compare.py MODEL.gguf… --threads 2

For every model, blocks of rounds of the one and of the other take turns, each in a process of its own; what is printed is
the median over the blocks, and of their ratios. Needs llama-cpp-python in this Python (or in the one that --python
names), see README.md; and a Layerplan that is built.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent


def run(command):
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"error: `{' '.join(map(str, command))}` ended with {done.returncode}")
    return json.loads(done.stdout)


def lengths(arguments):
    return ["--threads", str(arguments.threads), "--rounds", str(arguments.rounds),
            "--prompt-length", str(arguments.prompt_length), "--context", str(arguments.context),
            "-n", str(arguments.n)]


def warm_up(arguments):
    return ["--warm-up", str(arguments.warm_up)] if arguments.warm_up is not None else []


def layerplan(model, arguments):
    numeric = ["--numeric", arguments.numeric] if arguments.numeric else []
    numeric += ["--kv", arguments.kv] if arguments.kv else []
    report = run([arguments.layerplan, "bench", "-e", arguments.plan, "--only", "fused", "--json", "--model", model]
                 + numeric + lengths(arguments) + warm_up(arguments))
    plan = report["plans"][0]
    decode = next(p for p in plan["details"]["fused"]["phases"] if p["phase"] == "decode")
    return {"decode": plan["decode"]["fused"], "prefill": plan["prefill"]["fused"], "numeric": plan["numeric"],
            "kernels": report["kernels"], "steady": report["warm_up"]["steady"],
            "bandwidth": report["memory_bandwidth"]["gigabytes_per_second"],
            "achieved": decode["gigabytes_per_second"], "machine": report["machine"]}


def llama(model, arguments):
    return run([arguments.python, HERE / "time_llama_cpp.py", model] + lengths(arguments))


def compare(model, arguments):
    ours, theirs = [], []
    for block in range(arguments.blocks):
        print(f"{pathlib.Path(model).name}: block {block + 1} of {arguments.blocks} …", file=sys.stderr)
        ours.append(layerplan(model, arguments))
        theirs.append(llama(model, arguments))
    result = {"model": pathlib.Path(model).name, "layerplan": ours, "llama.cpp": theirs}
    for phase in ("decode", "prefill"):
        result[phase] = {
            "layerplan": statistics.median(block[phase] for block in ours),
            "llama.cpp": statistics.median(block[phase] for block in theirs),
            "ratio": statistics.median(a[phase] / b[phase] for a, b in zip(ours, theirs)),
        }
    return result


def row(result):
    cells = [result["model"]]
    for phase in ("decode", "prefill"):
        figures = result[phase]
        cells += [f"{figures['layerplan']:.1f}", f"{figures['llama.cpp']:.1f}", f"{figures['ratio']:.2f}"]
    achieved = statistics.median(block["achieved"] / block["bandwidth"] for block in result["layerplan"])
    cells.append(f"{statistics.median(block['achieved'] for block in result['layerplan']):.1f} GB/s, {achieved:.0%}")
    return "| " + " | ".join(cells) + " |"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", nargs="+", metavar="MODEL")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--blocks", type=int, default=3, help="turns of each (default 3)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds in a block (default 5)")
    parser.add_argument("--prompt-length", type=int, default=512)
    parser.add_argument("--context", type=int, default=128)
    parser.add_argument("-n", type=int, default=32, help="tokens to decode in a round (default 32)")
    parser.add_argument("--warm-up", type=float, help="the longest warm-up of Layerplan in seconds (default: its own)")
    parser.add_argument("--plan", default="run all", help="Layerplan's plan (default: run all)")
    parser.add_argument("--numeric", choices=["f32", "q8"], help="Layerplan's numeric mode (default: its own)")
    parser.add_argument("--kv", choices=["f32", "f16"], help="how Layerplan stores keys and values (default: its own)")
    parser.add_argument("--layerplan", default=str(HERE.parent.parent / "layerplan"), help="the launcher")
    parser.add_argument("--python", default=sys.executable, help="a Python that has llama-cpp-python")
    parser.add_argument("--json", action="store_true", help="print everything as JSON")
    arguments = parser.parse_args()
    results = [compare(model, arguments) for model in arguments.models]
    if arguments.json:
        print(json.dumps(results, indent=2))
        return
    first = results[0]
    ours, theirs = first["layerplan"][0], first["llama.cpp"][0]
    print(f"Layerplan, {arguments.plan}, numeric mode {ours['numeric']}, {ours['kernels']}; {theirs['version']}")
    print(f"{ours['machine']['cpu']}, {arguments.threads} threads; tokens/s, decode after {arguments.context},"
          f" prefill of {arguments.prompt_length}; medians of {arguments.blocks} blocks of {arguments.rounds} rounds\n")
    print(f"llama.cpp: {theirs['features']}\n")
    print("| model | decode | llama.cpp | ratio | prefill | llama.cpp | ratio | decode reads, of memory's bandwidth |")
    print("|---|---|---|---|---|---|---|---|")
    for result in results:
        print(row(result))


if __name__ == "__main__":
    main()
