"""Fuzz one target, guided by coverage: ``python fuzz/run.py TARGET [SECONDS] [CORPUS]``.

Needs ``atheris``. What crashes is written beside the corpus; make it a case of tests/hostile.
"""

import sys
from pathlib import Path
from tempfile import gettempdir

import atheris

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "generator"), str(ROOT / "fuzz")]

with atheris.instrument_imports(include=["pincite"]):
    import targets

SEEDS = {
    "yaml": ("content/**/*.yaml", "tests/golden/*/content/**/*.yaml"),
    "records": ("content/**/*.yaml", "tests/golden/*/content/**/*.yaml"),
    "source": ("content/sources/*.md", "tests/golden/*/content/sources/*.md"),
    "markdown": ("content/pages/*.md", "tests/golden/*/content/pages/*.md", "docs/*.md"),
    "quotes": ("seeds/*.txt", "tests/golden/*/seeds/*.txt"),
    "importers": (
        "tests/importers/**/*.csv",
        "tests/importers/**/*.json",
        "tests/importers/**/*.xml",
    ),
    "webpage": ("tests/ingest/**/*.html",),
}
DATES = "2025-02-07 2025~ 2024-12/.. -0499 Y-17E7S3 [1667,1760-12] {..1983} 2004~-06 1950S2"


def main() -> None:
    name = sys.argv[1]
    seconds = sys.argv[2] if len(sys.argv) > 2 else "60"
    corpus = Path(sys.argv[3] if len(sys.argv) > 3 else Path(gettempdir()) / "pincite-fuzz" / name)
    corpus.mkdir(parents=True, exist_ok=True)
    files = [path for pattern in SEEDS.get(name, ()) for path in ROOT.glob(pattern)]
    for path in files:
        data = path.read_bytes()
        if len(data) < 20_000:
            kinds = range(9) if name == "importers" else (None,)
            for kind in kinds:
                lead = b"" if kind is None else bytes([kind])
                (corpus / f"seed-{path.stem}-{kind}").write_bytes(lead + data)
    for number, date in enumerate(DATES.split() if name == "edtf" else ()):
        (corpus / f"seed-{number}").write_text(date)
    options = [f"-max_total_time={seconds}", "-timeout=20", "-rss_limit_mb=2048", "-max_len=8000"]
    options += [f"-artifact_prefix={corpus.parent}/{name}-", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], str(corpus), *options], targets.TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
