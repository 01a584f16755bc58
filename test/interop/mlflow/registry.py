"""What MlflowClient does with registered models, versions, stages and aliases. Asserts as it goes."""

import json
import os
import tempfile

import mlflow
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException

three = int(mlflow.__version__.split(".")[0]) >= 3
client = MlflowClient()
mlflow.set_experiment("registry")


def refused(code, action):
    try:
        action()
    except MlflowException as error:
        assert error.error_code == code, (error.error_code, str(error))
        return str(error)
    raise AssertionError(f"{code} was expected")


class Doubler(mlflow.pyfunc.PythonModel):
    def __init__(self, factor=2):
        self.factor = factor

    def predict(self, context, model_input, params=None):
        return [value * self.factor for value in model_input]


# A model of a script's own, logged by a run, registered by its address, loaded by version and alias.
with mlflow.start_run() as run:
    run_id = run.info.run_id
    named = {"name" if three else "artifact_path": "doubler"}
    # Named, so that the client does not go and look for what the model imports.
    logged = mlflow.pyfunc.log_model(
        **named, python_model=Doubler(), pip_requirements=["mlflow-skinny"]
    )
first = mlflow.register_model(logged.model_uri, "doubler", tags={"how": "by uri"})
assert (first.name, str(first.version), first.run_id) == ("doubler", "1", run_id), first
assert first.status == "READY" and first.current_stage == "None" and first.tags == {"how": "by uri"}
second = mlflow.register_model(f"runs:/{run_id}/doubler", "doubler")
assert str(second.version) == "2" and second.run_id == run_id
assert mlflow.pyfunc.load_model("models:/doubler/1").predict([1, 2]) == [2, 4]
assert mlflow.pyfunc.load_model("models:/doubler/2").predict([3]) == [6]
assert mlflow.pyfunc.load_model("models:/doubler/latest").predict([3]) == [6]
client.set_registered_model_alias("doubler", "champion", 1)
assert mlflow.pyfunc.load_model("models:/doubler@champion").predict([5]) == [10]
assert str(client.get_model_version_by_alias("doubler", "champion").version) == "1"
assert client.get_model_version("doubler", "1").aliases == ["champion"]
client.set_registered_model_alias("doubler", "champion", 2)
assert client.get_registered_model("doubler").aliases == {"champion": "2"}
client.delete_registered_model_alias("doubler", "champion")
client.delete_registered_model_alias("doubler", "champion")
refused("INVALID_PARAMETER_VALUE", lambda: client.get_model_version_by_alias("doubler", "champion"))
refused("INVALID_PARAMETER_VALUE", lambda: client.set_registered_model_alias("doubler", "v7", 1))
refused("INVALID_PARAMETER_VALUE", lambda: client.set_registered_model_alias("doubler", "Latest", 1))
refused("RESOURCE_DOES_NOT_EXIST", lambda: client.set_registered_model_alias("doubler", "a", 99))
uri = client.get_model_version_download_uri("doubler", "1")
with tempfile.TemporaryDirectory() as folder:
    path = mlflow.artifacts.download_artifacts(uri, dst_path=folder)
    assert os.path.exists(os.path.join(path, "MLmodel")), os.listdir(path)

# Stages.
client.transition_model_version_stage("doubler", "1", "production")
client.transition_model_version_stage("doubler", "2", "Production", archive_existing_versions=True)
assert client.get_model_version("doubler", "1").current_stage == "Archived"
assert client.get_model_version("doubler", "2").current_stage == "Production"
latest = {v.current_stage: str(v.version) for v in client.get_latest_versions("doubler")}
assert latest == {"Archived": "1", "Production": "2"}, latest
assert [str(v.version) for v in client.get_latest_versions("doubler", ["Production"])] == ["2"]
assert client.get_latest_versions("doubler", ["Staging"]) == []
refused(
    "INVALID_PARAMETER_VALUE",
    lambda: client.transition_model_version_stage("doubler", "1", "Nowhere"),
)
assert mlflow.pyfunc.load_model("models:/doubler/Production").predict([1]) == [2]

# A version may be copied to another model.
copied = client.copy_model_version("models:/doubler/2", "copied")
assert copied.source == "models:/doubler/2" and copied.run_id == run_id, copied
assert mlflow.pyfunc.load_model("models:/copied/1").predict([4]) == [8]

# Descriptions, tags, names.
client.update_model_version("doubler", "2", "The better one.")
assert client.get_model_version("doubler", "2").description == "The better one."
client.set_model_version_tag("doubler", "2", "checked by", "ada")
client.set_model_version_tag("doubler", "2", "gone", "1")
client.delete_model_version_tag("doubler", "2", "gone")
assert client.get_model_version("doubler", "2").tags == {"checked by": "ada"}
client.create_registered_model("other", tags={"team": "blue"}, description="Another.")
refused("RESOURCE_ALREADY_EXISTS", lambda: client.create_registered_model("other"))
refused("INVALID_PARAMETER_VALUE", lambda: client.create_registered_model("a/b"))
refused("INVALID_PARAMETER_VALUE", lambda: client.create_registered_model("a:b"))
refused("RESOURCE_DOES_NOT_EXIST", lambda: client.get_registered_model("nobody"))
refused("RESOURCE_DOES_NOT_EXIST", lambda: client.get_model_version("doubler", "77"))
client.set_registered_model_tag("other", "team", "green")
client.set_registered_model_tag("other", "gone", "x" * 90_000)
client.delete_registered_model_tag("other", "gone")
other = client.get_registered_model("other")
assert other.tags == {"team": "green"} and other.description == "Another."
client.update_registered_model("other", "Changed.")
assert client.get_registered_model("other").description == "Changed."
client.rename_registered_model("doubler", "renamed")
refused("RESOURCE_DOES_NOT_EXIST", lambda: client.get_registered_model("doubler"))
assert client.get_model_version("renamed", "2").tags == {"checked by": "ada"}
refused("RESOURCE_ALREADY_EXISTS", lambda: client.rename_registered_model("renamed", "other"))

# Search.
names = lambda **more: [m.name for m in client.search_registered_models(**more)]
assert names() == ["copied", "other", "renamed"]
assert names(order_by=["name DESC"]) == ["renamed", "other", "copied"]
assert names(filter_string="name = 'other'") == ["other"]
assert names(filter_string="name ILIKE '%E%' AND tags.team = 'green'") == ["other"]
assert names(filter_string="name LIKE 're%'") == ["renamed"]
page = client.search_registered_models(max_results=2)
assert [m.name for m in page] == ["copied", "other"] and page.token
assert names(max_results=2, page_token=page.token) == ["renamed"]
versions = lambda text: [
    (v.name, str(v.version))
    for v in client.search_model_versions(text, order_by=["name ASC", "version_number ASC"])
]
assert versions("name = 'renamed'") == [("renamed", "1"), ("renamed", "2")]
assert versions(f"run_id = '{run_id}'") == [("copied", "1"), ("renamed", "1"), ("renamed", "2")]
assert versions(f"run_id IN ('{run_id}', 'b') AND name = 'copied'") == [("copied", "1")]
assert versions("name = 'renamed' AND version_number > 1") == [("renamed", "2")]
assert versions("source_path = 'models:/doubler/2'") == [("copied", "1")]
assert versions("tags.`checked by` = 'ada'") == [("renamed", "2")]
refused("INVALID_PARAMETER_VALUE", lambda: client.search_model_versions("nothing = 'a'"))

# Deletion: a number is not given twice; a model takes its versions along.
client.delete_model_version("renamed", "2")
refused("RESOURCE_DOES_NOT_EXIST", lambda: client.get_model_version("renamed", "2"))
again = client.create_model_version("renamed", f"runs:/{run_id}/doubler", run_id=run_id)
assert str(again.version) == "3", again.version
client.delete_registered_model("renamed")
assert versions("name = 'renamed'") == []
client.create_registered_model("renamed")
assert client.get_latest_versions("renamed") == []

# Sources that lead elsewhere.
for source in [
    "/etc/passwd",
    "file:///etc",
    f"mlflow-artifacts:/{run_id}/../../x",
    f"mlflow-artifacts:/{run_id}/%2e%2e/x",
    f"runs:/{run_id}/../x",
    "models:/m-00000000000000000000000000000000",
]:
    refused(
        "INVALID_PARAMETER_VALUE",
        lambda: client.create_model_version("renamed", source, run_id=run_id),
    )
print(json.dumps({"run": run_id}))
