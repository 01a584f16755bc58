"""MLflow's filters, each with the runs that it should find; and what Cairn has beyond them."""

import mlflow
from mlflow import MlflowClient
from mlflow.entities import ViewType
from mlflow.exceptions import MlflowException

client = MlflowClient()
experiment = client.create_experiment("search")
runs = {}
for index, name in enumerate(["a", "b", "c", "d", "e"]):
    run = client.create_run(
        experiment, start_time=1_700_000_000_000 + index * 1000, run_name=f"run {name}"
    )
    runs[run.info.run_id] = name
    if name != "e":
        client.log_param(run.info.run_id, "lr", str(0.1 * (index + 1)))
        client.log_metric(run.info.run_id, "loss", index, step=1)
    client.log_param(run.info.run_id, "kind of model", "Tree" if index % 2 else "forest")
    client.log_metric(run.info.run_id, "val/acc", float("nan") if name == "d" else index / 10)
    client.set_tag(run.info.run_id, "team", "blue" if index < 2 else "Green")
    client.set_tag(run.info.run_id, "quote", "it's")
    client.set_terminated(
        run.info.run_id,
        status="FAILED" if name == "c" else "FINISHED",
        end_time=1_700_000_000_000 + index * 1000 + 500,
    )
ids = {name: id for id, name in runs.items()}


def find(filter_string, order_by=("attributes.start_time ASC",), view=ViewType.ACTIVE_ONLY):
    found = client.search_runs([experiment], filter_string, view, order_by=list(order_by))
    return "".join(runs[run.info.run_id] for run in found)


cases = {
    "": "abcde",
    "metrics.loss = 1": "b",
    "metrics.loss != 1": "acd",
    "metrics.loss > 1": "cd",
    "metrics.loss >= 1": "bcd",
    "metrics.loss < 1": "a",
    "metrics.loss <= 1.0": "ab",
    "metric.loss > -1e3": "abcd",
    "metrics.`val/acc` > 0.05 and metrics.loss < 3": "bc",
    'metrics."val/acc" >= 0.4': "e",
    "params.lr = '0.1'": "a",
    'params.lr != "0.1"': "bcd",
    "params.lr LIKE '0.%'": "abcd",
    "param.`kind of model` = 'Tree'": "bd",
    "params.`kind of model` LIKE 'tree'": "",
    "params.`kind of model` ILIKE 'tree'": "bd",
    "parameters.`kind of model` LIKE 'f_rest'": "ace",
    "tags.team = 'blue'": "ab",
    "tag.team != 'blue'": "cde",
    "tags.team LIKE 'Gr%'": "cde",
    "tags.team ILIKE 'gr%'": "cde",
    'tags.quote = "it\'s"': "abcde",
    "tags.`mlflow.runName` = 'run b'": "b",
    "attributes.status = 'FAILED'": "c",
    "status != 'FINISHED'": "c",
    "attribute.run_name = 'run d'": "d",
    "attributes.run_name LIKE 'run %'": "abcde",
    "attributes.run_name ILIKE 'RUN A'": "a",
    "run_name != 'run a'": "bcde",
    f"attributes.run_id = '{ids['c']}'": "c",
    f"run_id IN ('{ids['a']}', '{ids['e']}')": "ae",
    f"attributes.run_id NOT IN ('{ids['a']}', '{ids['e']}')": "bcd",
    "attributes.start_time > 1700000002000": "de",
    "start_time <= 1700000001000": "ab",
    "end_time = 1700000000500": "a",
    "params.lr = '0.1' AND tags.team = 'blue' AND metrics.loss = 0": "a",
    "params.lr IS NULL": "e",
    "params.lr IS NOT NULL": "abcd",
    "tags.nowhere IS NULL": "abcde",
    # What MLflow's own server refuses.
    "params.lr = '0.1' OR metrics.loss = 2": "ac",
    "NOT (tags.team = 'blue' OR status = 'FAILED')": "de",
    "run_name IN ('run a', 'run d')": "ad",
    "tags.team IN ('blue') AND metrics.loss BETWEEN 1 AND 5": "b",
}
for filter_string, expected in cases.items():
    assert find(filter_string) == expected, (filter_string, find(filter_string), expected)

orders = {
    ("metrics.loss DESC",): "dcbae",
    ("metrics.loss ASC",): "abcde",
    # Values, then NaN, then what has none.
    ("metrics.`val/acc` DESC",): "ecbad",
    ("params.lr DESC",): "dcbae",
    ("tags.team ASC", "start_time DESC"): "edcba",
    ("attributes.run_name DESC",): "edcba",
    (): "edcba",
}
for order_by, expected in orders.items():
    found = find("", order_by)
    assert found == expected, (order_by, found, expected)

# Pages.
names, token = "", None
while True:
    page = client.search_runs(
        [experiment], max_results=2, order_by=["start_time ASC"], page_token=token
    )
    assert len(page) <= 2
    names += "".join(runs[run.info.run_id] for run in page)
    token = page.token
    if not token:
        break
assert names == "abcde", names

# The trash.
client.delete_run(ids["b"])
assert find("") == "acde"
assert find("", view=ViewType.DELETED_ONLY) == "b"
assert find("", view=ViewType.ALL) == "abcde"

for bad in ("lr = 1", "metrics.loss = 'x'", "metrics.loss =", "metrics.loss ~ 3"):
    try:
        find(bad)
    except MlflowException as error:
        assert error.error_code == "INVALID_PARAMETER_VALUE", (bad, error.error_code)
    else:
        raise AssertionError(bad)

frame = mlflow.search_runs([experiment], "metrics.loss >= 0")
assert len(frame) == 3 and "metrics.loss" in frame.columns
