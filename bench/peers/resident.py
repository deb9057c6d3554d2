#!/usr/bin/env python3
"""The most memory that a command has resident beyond the model files that it maps, by Linux's /proc/PID/smaps:

    python bench/peers/resident.py ./layerplan run g.lpx --prompt "The capital of France is" -n 250 --stats

Keys, values and repacked weights count; `layerplan run --stats` says at the end what is resident without them.
"""

import collections
import re
import subprocess
import sys
import time

INTERVAL = 0.05
MAPPING = re.compile(r"[0-9a-f]+-[0-9a-f]+ +\S+ +\S+ +\S+ +\d+ *(.*)")


def kind(path):
    if path.endswith((".gguf", ".lpx")):
        return "weights"
    if path.endswith((".aot", ".jsa")):
        return "class archive"
    if ".so" in path or path.endswith("/java"):
        return "libraries"
    return "other files" if path.startswith("/") else "anonymous"


def look(pid):
    """Megabytes by kind of mapping."""
    megabytes = collections.Counter()
    current = "anonymous"
    with open(f"/proc/{pid}/smaps") as lines:
        for line in lines:
            if line.startswith("Rss:"):
                megabytes[current] += int(line.split()[1]) * 1024 / 1e6
            elif mapping := MAPPING.match(line):
                current = kind(mapping.group(1).strip())
    return megabytes


def beyond(megabytes):
    return sum(megabytes.values()) - megabytes["weights"]


def main():
    process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
    most = collections.Counter()
    while process.poll() is None:
        try:
            most = max(most, look(process.pid), key=beyond)
        except (FileNotFoundError, ProcessLookupError):
            break
        time.sleep(INTERVAL)
    parts = ", ".join(f"{name} {size:.0f}" for name, size in most.items() if name != "weights")
    print(f"resident beyond weights: {beyond(most):.0f} MB ({parts})")
    sys.exit(process.wait())


if __name__ == "__main__":
    main()
