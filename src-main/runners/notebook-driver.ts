/**
 * The Python program that executes a notebook with papermill or nbconvert, says which cell is on,
 * and leaves the executed copy also when a cell fails. Tested against both in test/interop.
 */
export const notebookDriver = `"""Executes a notebook for Cairn. Usage: notebook.py TASK.json"""
import json
import os
import re
import sys

import nbformat

with open(sys.argv[1], encoding="utf-8") as file:
    task = json.load(file)

escapes = re.compile(r"\\x1b\\[[0-9;]*[A-Za-z]")
state = {"cell": 0, "total": 0, "error": None}


def save_state():
    temporary = task["progress"] + ".new"
    with open(temporary, "w", encoding="utf-8") as file:
        json.dump(state, file)
    os.replace(temporary, task["progress"])


def begin(number, source):
    state["cell"] = number
    save_state()
    first = next((line for line in source.splitlines() if line.strip()), "")
    print("[%d/%d] %s" % (number, state["total"], first[:100]), flush=True)


def say(outputs):
    for output in outputs:
        if output.output_type == "stream":
            print(output.text, end="" if output.text.endswith("\\n") else "\\n", flush=True)
        elif output.output_type == "error":
            trace = "\\n".join(output.get("traceback", []))
            state["error"] = {
                "cell": state["cell"],
                "name": output.get("ename", ""),
                "value": output.get("evalue", ""),
                "trace": escapes.sub("", trace),
            }
            save_state()
            print(trace, flush=True)
        elif "text/plain" in output.get("data", {}):
            print(output.data["text/plain"], flush=True)


def forget_places():
    # The copy travels; where it was made is nobody's business.
    try:
        copy = nbformat.read(task["output"], as_version=nbformat.NO_CONVERT)
    except Exception:
        return
    told = copy.metadata.get("papermill")
    if told is not None:
        for name in ("input_path", "output_path"):
            told[name] = os.path.basename(task["input"])
        told.pop("environment_variables", None)
        nbformat.write(copy, task["output"])


notebook = nbformat.read(task["input"], as_version=4)
if task["parameters"] is not None:
    tagged = lambda tag: [
        index
        for index, cell in enumerate(notebook.cells)
        if tag in cell.get("metadata", {}).get("tags", [])
    ]
    cell = nbformat.v4.new_code_cell(task["parameters"])
    cell.metadata["tags"] = ["injected-parameters"]
    if (notebook.nbformat, notebook.nbformat_minor) < (4, 5):
        cell.pop("id", None)
    injected, declared = tagged("injected-parameters"), tagged("parameters")
    if injected:
        notebook.cells[injected[0]] = cell
    else:
        notebook.cells.insert(declared[0] + 1 if declared else 0, cell)

runs = [c.cell_type == "code" and bool(c.source.strip()) for c in notebook.cells]
state["total"] = sum(runs)
save_state()


def number_of(index):
    return sum(runs[: index + 1])


if task["engine"] == "papermill":
    import papermill
    from papermill.engines import NotebookExecutionManager as Manager

    nbformat.write(notebook, task["prepared"])
    start, complete = Manager.cell_start, Manager.cell_complete
    said = set()

    def cell_start(self, cell, cell_index=None, **rest):
        if cell.cell_type == "code" and cell.source.strip():
            # An error of an earlier run puts a cell in front.
            begin(sum(c.cell_type == "code" and bool(c.source.strip()) for c in self.nb.cells[: cell_index + 1]), cell.source)
        return start(self, cell, cell_index, **rest)

    def cell_complete(self, cell, cell_index=None, **rest):
        if cell_index not in said:
            said.add(cell_index)
            say(cell.get("outputs", []))
        return complete(self, cell, cell_index, **rest)

    Manager.cell_start, Manager.cell_complete = cell_start, cell_complete
    try:
        papermill.execute_notebook(
            task["prepared"],
            task["output"],
            cwd=task["cwd"],
            kernel_name=task["kernel"],
            progress_bar=False,
            log_output=False,
        )
    except papermill.exceptions.PapermillExecutionError as error:
        if state["error"] is None:
            state["error"] = {
                "cell": state["cell"],
                "name": error.ename,
                "value": error.evalue,
                "trace": escapes.sub("", "\\n".join(error.traceback)),
            }
            save_state()
        sys.exit(1)
    finally:
        forget_places()
else:
    from nbconvert.preprocessors import CellExecutionError, ExecutePreprocessor

    class Executor(ExecutePreprocessor):
        def preprocess_cell(self, cell, resources, index):
            if not runs[index]:
                return cell, resources
            begin(number_of(index), cell.source)
            try:
                return super().preprocess_cell(cell, resources, index)
            finally:
                say(cell.get("outputs", []))
                nbformat.write(self.nb, task["output"])

    executor = Executor(timeout=None, kernel_name=task["kernel"])
    try:
        executor.preprocess(notebook, {"metadata": {"path": task["cwd"]}})
    except CellExecutionError:
        sys.exit(1)
    finally:
        nbformat.write(notebook, task["output"])
`;
