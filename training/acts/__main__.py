"""Train the act model and write it where the judge loads it from.

    python -m training.acts [--persuasion FILE] [--to FOLDER] [--epochs N] [--times N] [--seed N]

`--persuasion`: persuader_sentences.csv of Persuasion for Good (Apache-2.0), learned from beside the bank.
"""

import argparse
import logging
from pathlib import Path

from coachlake.language.acts.model import SHIPPED
from training.acts.fit import Plan
from training.acts.read import read_bank, read_persuasion
from training.acts.train import train

if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--persuasion", type=Path)
    parser.add_argument("--to", type=Path, default=SHIPPED)
    parser.add_argument("--epochs", type=int, default=Plan().epochs)
    parser.add_argument("--times", type=int, default=Plan().times)
    parser.add_argument("--seed", type=int, default=Plan().seed)
    parser.add_argument("--threads", type=int, default=Plan().threads)
    asked = parser.parse_args()
    items = read_bank() + (read_persuasion(asked.persuasion) if asked.persuasion else [])
    plan = Plan(asked.epochs, seed=asked.seed, times=asked.times, threads=asked.threads)
    card = train(items, asked.to, plan)
    for head, found in card["figures"].items():
        figures = f"macro-F1 {found['macro_f1']:.3f}  calibration {found['calibration_error']:.3f}"
        print(f"{head:10} n {found['n']:4}  {figures}")
