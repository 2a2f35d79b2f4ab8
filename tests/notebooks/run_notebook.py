"""Runs a notebook from its first cell to its last, and prints what its cells show as JSON.

    run_notebook.py NOTEBOOK CHANGES

CHANGES is JSON with two members. `replace` maps the id of a cell to texts of its source and their replacements. `append` lists
cells to run after the last one: each has an `id`, the `source` to run first, the ids of the cells to run again (`again`), and
whether these must fail (`fails`).
"""

import json
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient


def shown(cell):
    """Returns the text that a cell shows, and the number of its pictures."""
    texts, pictures = [], 0
    for output in cell.outputs:
        data = output.get("data", {})
        pictures += "image/png" in data
        texts.append(output.get("text") or f"{data.get('text/plain') or output.get('evalue')}\n")
    return {"text": "".join(texts), "pictures": pictures}


path, changes = Path(sys.argv[1]), json.loads(sys.argv[2])
text = path.read_text()
notebook = nbformat.reads(text, as_version=nbformat.NO_CONVERT)
nbformat.validate(notebook)
formatted = nbformat.writes(notebook) + "\n" == text

cells = {cell.id: cell for cell in notebook.cells}
for name, texts in changes["replace"].items():
    for before, after in texts.items():
        assert before in cells[name].source, f"{name} has no {before}"
        cells[name].source = cells[name].source.replace(before, after)
for more in changes["append"]:
    source = "\n".join([more["source"], *(cells[name].source for name in more["again"])])
    tags = ["raises-exception"] if more["fails"] else []
    notebook.cells.append(nbformat.v4.new_code_cell(source, id=more["id"], metadata={"tags": tags}))

NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(path.parent)}}).execute()
code = {cell.id: shown(cell) for cell in notebook.cells if cell.cell_type == "code"}
print(json.dumps({"formatted": formatted, "cells": code}))
