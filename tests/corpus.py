"""Synthetic papers in our own words, as many as a test needs; the same number, the same paper."""

import json
from pathlib import Path

METHODS = ["BERT", "PPO", "ResNet", "Go-Explore", "GPT-3", "DQN", "U-Net", "word2vec"]
TASKS = ["machine translation", "image classification", "question answering", "object detection"]
DATASETS = ["ImageNet", "SQuAD", "MuJoCo", "Atari", "COCO", "GLUE"]


def record(number: int) -> dict[str, object]:
    """Return one paper as its JSON record."""
    method, other = METHODS[number % 8], METHODS[(number * 3 + 1) % 8]
    task, dataset = TASKS[number % 4], DATASETS[number % 6]
    name = f"Net{number}"
    return {
        "id": f"made:{number}",
        "title": f"{name}: {method} for {task}",
        "abstract": (
            f"We study {task}. We propose {name}, which extends {method}. "
            f"{name} is evaluated on {dataset} and outperforms {other}. "
            f"It does not improve on {method} for paper {number}."
        ),
        "year": 2015 + number % 10,
    }


def write_corpus(path: Path, count: int) -> Path:
    """Write so many papers as JSON Lines."""
    lines = (json.dumps(record(number)) + "\n" for number in range(count))
    path.write_text("".join(lines), encoding="utf-8")
    return path
