"""numpy, on the same draws as the bench of a drawn proposal.

    WHOLEPLACE_BENCH_KEEP=kept cargo bench --bench appraisal_draws
    python -m venv peers && peers/bin/pip install numpy
    peers/bin/python benches/peers/draws.py kept

The bench leaves the drawn figures there, and its own gains. The chain from people to cash is worked out here for
all draws at once, partner by partner and year by year, as one writes it in numpy; its gains are held against the
bench's before the time is shown. The figures are not drawn again: our time has the drawing in it, this one has not.
"""

import sys
import time
from pathlib import Path

import numpy

PEOPLE, BASE, KEPT, SHARE = 100.0, 2.0, 0.85, 0.25
PERSIST = numpy.array([1.0, 0.9, 0.8, 0.7, 0.6])
# The same several times; the quickest counts, as any disturbance only adds.
TIMES = 10


def gains(impact, deadweight, unit, cost):
    """Net saving, and cash, of every draw in pence of the first year."""
    draws, years, partners = impact.shape[0], cost.shape[1], unit.shape[1]
    per_person = impact * (1.0 - deadweight) * PEOPLE * BASE
    net, cash = numpy.zeros(draws), numpy.zeros(draws)
    for year in range(years):
        factor = (200.0 / 207.0) ** year
        # Who entered so many years before.
        there = sum(PERSIST[later] for later in range(len(PERSIST)) if later + 1 <= year)
        for partner in range(partners):
            worth = per_person * there * unit[:, partner, None] * 100.0 * KEPT
            saved = worth.sum(axis=1)
            net += saved * factor
            cash += saved * SHARE * factor
        net -= cost[:, year] * 100.0 * factor
    return net, cash


def main(folder):
    names = ["impact", "deadweight", "unit", "cost", "net"]
    read = {
        name: numpy.loadtxt(Path(folder) / "draws" / f"{name}.csv", delimiter=",", ndmin=2)
        for name in names
    }
    wanted = read.pop("net")[:, 0]
    quickest = float("inf")
    for _ in range(TIMES):
        start = time.perf_counter()
        net, _ = gains(**read)
        quickest = min(quickest, time.perf_counter() - start)
    off = numpy.abs(net - wanted).max() / numpy.abs(wanted).max()
    if off > 1e-9:
        sys.exit(f"gains differ by {off}")
    print(f"numpy {numpy.__version__}: {1e3 * quickest:.1f} ms, {len(net)} draws agree")


if __name__ == "__main__":
    main(sys.argv[1])
