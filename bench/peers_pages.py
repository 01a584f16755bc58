"""
Fills Aim (`RUNS` runs of 100 params and 10 metrics) or trackio (`RUNS` curves of `POINTS` points)
through its own Python interface. argv: TOOL FOLDER RUNS POINTS.
"""

import contextlib
import math
import sys

tool, folder, runs, points = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])


def fill_aim():
    from aim import Run

    for number in range(1, runs + 1):
        run = Run(repo=folder, experiment="table", log_system_params=False, capture_terminal_logs=False)
        run.name = f"run-{number}"
        run["hparams"] = {f"param_{key}": number * key % 1000 for key in range(100)}
        for key in range(10):
            run.track(math.sin(number * 12.9898 + key), name=f"metric_{key}", step=0)
        run.close()


def fill_trackio():
    import trackio

    for number in range(1, runs + 1):
        trackio.init(project="bench", name=f"run-{number}", embed=False)
        for step in range(points):
            value = number / 50 + math.exp(-3 * step / points) + 0.1 * math.sin(step * 12.9898)
            trackio.log({"loss": value}, step=step)
        trackio.finish()


with contextlib.redirect_stdout(sys.stderr):
    {"aim": fill_aim, "trackio": fill_trackio}[tool]()
