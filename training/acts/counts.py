"""How much of what the bank holds.

    python -m training.acts.counts [FOLDER]

Items by file, and by head and label; a head's first label says that the act is not there.
"""

import sys
from collections import Counter
from pathlib import Path

from coachlake.language.acts.labels import HEADS
from training.acts.read import BANK, read_bank

if __name__ == "__main__":
    items = read_bank(Path(sys.argv[1]) if len(sys.argv) > 1 else BANK)
    for source, count in sorted(Counter(item.source for item in items).items()):
        print(f"{source:20} {count:6}")
    print(f"{'all':20} {len(items):6}\n")
    for head, labels in HEADS.items():
        counts = Counter(item.labels[head] for item in items if head in item.labels)
        print(f"{head:12}", "  ".join(f"{label} {counts[index]}" for index, label in enumerate(labels)))
