"""The bare text of what Debian's `bible -f` prints, one verse a line."""

import re
import sys

VERSE = re.compile(r"(?:bible\(KJV\).*?> )?[1-3]?[A-Z][a-z]*\d+:\d+ (.*)")
verses = [match[1].strip() for match in map(VERSE.match, sys.stdin) if match]
print("\n".join(verses[1:]))  # it greets with Genesis 1:1
