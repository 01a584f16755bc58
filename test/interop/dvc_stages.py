"""Prints what DVC makes of every dvc.yaml below the current folder, as JSON."""

import json

from dvc.dependency import ParamsDependency
from dvc.repo import Repo

stages = {}
for stage in Repo().index.stages:
    stages[stage.addressing] = {
        "cmd": stage.cmd,
        "deps": [dep.def_path for dep in stage.deps if not isinstance(dep, ParamsDependency)],
        "params": {
            dep.def_path: dep.params for dep in stage.deps if isinstance(dep, ParamsDependency)
        },
        "outs": [[out.def_path, out.use_cache, bool(out.persist)] for out in stage.outs],
        "frozen": stage.frozen,
    }
print(json.dumps(stages))
