"""Tests canonical values, splits, sketches and the reading of tables."""

import ast
import contextlib
import io
import json
import shutil
import unittest
from pathlib import Path

import model_evaluation
import numpy as np
import pandas as pd
from model_evaluation import BASE, Problem, canonical_rows, choice, number, read_table, sketches, split
from model_evaluation.canonical import canonical_value

CSV = "id,size,colour\n1,1.0,red\n2,,blue\n3,0.1,\n"


def write_input(**files):
    folder = BASE / "processing" / "input" / "data"
    shutil.rmtree(BASE / "processing", ignore_errors=True)
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text)


def quietly(work):
    with contextlib.redirect_stdout(io.StringIO()):
        return work()


def rows(count, seed=1):
    generator = np.random.default_rng(seed)
    return pd.DataFrame({"x": generator.normal(size=count), "y": generator.integers(0, 9, count)})


def row_set(table):
    return set(canonical_rows(table))


class CanonicalValues(unittest.TestCase):
    def test_spellings_of_a_number_are_equal(self):
        for value in (1, 1.0, "1", "1.0", " 1.00 ", "+1", "1e0", "01", np.int64(1), np.float32(1), np.float64(1)):
            self.assertEqual(canonical_value(value), "1", repr(value))
        for value in (0.1, "0.1", ".1", "0.10", "1e-1", np.float32(0.1), np.float16(0.1), np.float64(0.1)):
            self.assertEqual(canonical_value(value), "0.1", repr(value))
        for value in (0, -0.0, "-0", "0e5", "-0.0"):
            self.assertEqual(canonical_value(value), "0", repr(value))

    def test_different_numbers_differ(self):
        self.assertEqual(len({canonical_value(value) for value in (0.1, 0.10000000000000002, 1e16, 1e17, -1)}), 5)

    def test_missing_values_are_equal(self):
        for value in (None, float("nan"), pd.NA, pd.NaT, "", " ", "NA", "nan", "NULL", np.float32("nan")):
            self.assertEqual(canonical_value(value), "", repr(value))

    def test_truth_values_times_and_texts_have_one_form(self):
        self.assertEqual({canonical_value(value) for value in (True, np.True_, "True", "true")}, {"true"})
        times = (pd.Timestamp("2024-05-01"), "2024-05-01", pd.Timestamp("2024-05-01").date())
        self.assertEqual({canonical_value(value) for value in times}, {"2024-05-01"})
        self.assertEqual(canonical_value(" Red "), "Red")

    def test_rows_of_a_file_and_of_any_kind_of_frame_are_equal(self):
        frames = [
            pd.read_csv(io.StringIO(CSV)),
            pd.read_csv(io.StringIO(CSV), dtype=str),
            pd.read_csv(io.StringIO(CSV), dtype=str, keep_default_na=False),
            pd.read_csv(io.StringIO(CSV)).convert_dtypes(),
            pd.read_csv(io.StringIO(CSV)).astype({"size": "float32", "colour": "category"}),
            pd.read_csv(io.StringIO(CSV)).astype(object),
        ]
        for frame in frames:
            self.assertEqual(canonical_rows(frame), ["1,1,red", "2,,blue", "3,0.1,"], frame.dtypes)

    def test_a_comma_in_a_cell_separates_no_cells(self):
        frame = pd.DataFrame({"a": ["x,y", "x"], "b": ["z", "y,z"]})
        self.assertEqual(len(row_set(frame)), 2)
        self.assertEqual(canonical_rows(pd.DataFrame({"a": ['say "x"'], "b": [True], "c": [1]})), ['"say ""x""",true,1'])
        self.assertEqual(canonical_rows(pd.DataFrame({"a": [True, 1, 1.0]}, dtype=object)), ["true", "1", "1"])


class Splits(unittest.TestCase):
    def parts(self, table, **options):
        return {name: row_set(part) for name, part in split(table, 0.7, 0.15, 0.15, **options).tables.items()}

    def test_every_row_gets_one_part_of_about_its_fraction(self):
        parts = split(rows(20000), train=0.7, validation=0.15, test=0.15)
        self.assertEqual(list(parts.tables), ["train", "validation", "test"])
        self.assertEqual(sum(map(len, parts.tables.values())), 20000)
        for name, fraction in (("train", 0.7), ("validation", 0.15), ("test", 0.15)):
            self.assertAlmostEqual(len(parts.tables[name]) / 20000, fraction, delta=0.015)

    def test_rows_keep_their_part_when_others_are_added_removed_or_reordered(self):
        table = rows(2000)
        before = self.parts(table)
        grown = self.parts(pd.concat([rows(500, 2), table.sample(frac=1, random_state=3)]))
        for name, part in before.items():
            self.assertLessEqual(part, grown[name])
        smaller = self.parts(table[::2])
        for name, part in smaller.items():
            self.assertLessEqual(part, before[name])

    def test_rows_with_the_same_key_stay_together(self):
        table = rows(3000)
        parts = split(table, train=0.8, test=0.2, by=["y"], minimum={"train": 1, "test": 1})
        self.assertFalse(set(parts.tables["train"]["y"]) & set(parts.tables["test"]["y"]))
        self.assertEqual(parts.rule, "sha256-of-canonical-y-80-20/1")

    def test_the_rule_has_a_name_for_its_settings(self):
        self.assertEqual(split(rows(2000), 0.7, 0.15, 0.15).rule, "sha256-of-canonical-row-70-15-15/1")
        self.assertEqual(split(rows(2000), train=0.8, test=0.2).rule, "sha256-of-canonical-row-80-20/1")
        self.assertEqual(split(rows(2000), train=0.875, test=0.125).rule, "sha256-of-canonical-row-87.5-12.5/1")

    def test_wrong_fractions_and_too_few_rows_are_rejected(self):
        for fractions in ({"train": 0.7, "test": 0.2}, {"train": 1.2, "test": -0.2}):
            with self.assertRaisesRegex(ValueError, "give positive numbers whose sum is 1"):
                split(rows(100), **fractions)
        with self.assertRaisesRegex(Problem, r"too few rows: \d+ of 40 for train; expected at least 50"):
            split(rows(40), train=0.8, test=0.2)

    def test_files_have_the_label_first_and_a_description(self):
        parts = split(rows(1000), train=0.8, test=0.2)
        quietly(lambda: parts.write("y"))
        folder = BASE / "processing"
        self.assertEqual((folder / "train" / "train.csv").read_text().split("\n")[0], "y,x")
        description = json.loads((folder / "test" / "split.json").read_text())
        self.assertEqual((description["label"], description["features"], description["header"]), ("y", ["x"], True))
        self.assertEqual(sum(description["rows"].values()), 1000)
        quietly(lambda: parts.write("y", encode=lambda part: part.assign(z=1.5)[["z", "y"]], header=False))
        self.assertRegex((folder / "test" / "test.csv").read_text(), r"^\d,1\.5\n")
        # The encoding of the features is not part of the rows that are compared.
        self.assertEqual(json.loads((folder / "test" / "sketches.json").read_text())["columns"], ["x", "y"])


class Sketches(unittest.TestCase):
    def hashes(self, sketch):
        text = sketch["hashes"]
        return [text[at : at + 16] for at in range(0, len(text), 16)]

    def test_a_sketch_has_the_smallest_hashes_of_the_distinct_rows(self):
        parts = split(rows(3000), 0.7, 0.15, 0.15).keys
        small, whole = sketches(parts, size=100), sketches(parts, size=10**6)
        self.assertEqual(small["columns"], ["x", "y"])
        self.assertEqual(sketches(parts)["size"], 1024)
        for name, part in parts.items():
            self.assertEqual((small[name]["rows"], small[name]["distinct"]), (len(part), len(part)))
            self.assertEqual(self.hashes(small[name]), sorted(self.hashes(whole[name]))[:100])
        doubled = sketches({name: pd.concat([part, part]) for name, part in parts.items()}, size=100)
        self.assertEqual(doubled["train"]["hashes"], small["train"]["hashes"])
        self.assertEqual(doubled["train"]["distinct"] * 2, doubled["train"]["rows"])

    def test_a_sketch_does_not_use_the_hash_of_the_split(self):
        parts = split(rows(6000), 0.7, 0.15, 0.15).keys
        for name in parts:
            smallest = self.hashes(sketches(parts, size=100)[name])[0]
            self.assertLess(int(smallest, 16) / 2**64, 0.05, name)

    def test_rows_in_both_parts_are_counted(self):
        table = rows(100)
        both = sketches({"train": table, "test": table[:30]})
        self.assertEqual(both["test"]["also_in_train"], 30)
        self.assertEqual(sketches(split(rows(1000), train=0.8, test=0.2).keys)["test"]["also_in_train"], 0)


class Tables(unittest.TestCase):
    columns = {"id": number(required=True), "colour": choice("red", "blue"), "size": number()}

    def problems(self, columns=None, header=True, **files):
        write_input(**files)
        with self.assertRaises(Problem) as caught:
            read_table(columns, header)
        return list(caught.exception.lines)

    def test_a_column_has_numbers_if_all_of_its_cells_are_numbers(self):
        write_input(a=CSV, b="colour,id,size\n\n 7 , 4,NA\n")
        table = read_table()
        self.assertEqual(table["id"].tolist(), [1, 2, 3, 4])
        self.assertEqual(table["colour"].tolist(), ["red", "blue", None, "7"])
        self.assertEqual(canonical_rows(table)[3], "4,,7")

    def test_named_columns_are_read_with_and_without_a_header(self):
        write_input(a="1,red,2\n")
        self.assertEqual(canonical_rows(read_table(self.columns, header=False)), ["1,red,2"])
        write_input(a="size,id,colour\n2,1,red\n")
        self.assertEqual(canonical_rows(read_table(self.columns)), ["1,red,2"])

    def test_problems_name_the_file_the_row_and_the_column(self):
        found = self.problems(self.columns, False, a="1,red,2\n,green,high\n1,red\n", b="1,red,2,3\n")
        self.assertEqual(
            found,
            [
                "a.csv row 2, column id: empty; every row needs a value",
                "a.csv row 2, column colour: 'green' is unknown; expected one of red, blue",
                "a.csv row 2, column size: 'high' is not a number; expected a decimal number",
                "a.csv row 3, column size: missing; expected 3 columns, got 2",
                "b.csv row 1, column 4: one too many; expected 3 columns, got 4",
            ],
        )

    def test_headers_that_differ_are_rejected(self):
        fix = "; correct the file, or the columns that the script reads (data.json in a template)"
        self.assertEqual(self.problems(a=CSV, b="id,colour\n1,red\n"), [f"b.csv row 1: the header lacks size{fix}"])
        self.assertEqual(
            self.problems(self.columns, a="id,age\n1,2\n"),
            [f"a.csv row 1: the header lacks colour, size and has age in addition{fix}"],
        )
        self.assertRegex(self.problems(a="id,id\n1,2\n")[0], "the header has a name twice")
        self.assertRegex(self.problems(a="id\n")[0], "the file is empty")
        self.assertRegex(self.problems()[0], "there is no data in")


class Syntax(unittest.TestCase):
    def test_the_package_runs_in_python_3_8(self):
        newer = {"removeprefix", "removesuffix", "pairwise", "batched", "is_relative_to", "with_stem"}
        for file in Path(model_evaluation.__file__).parent.glob("*.py"):
            tree = ast.parse(file.read_text(), feature_version=(3, 8))
            used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
            self.assertFalse(used & newer, file.name)
            keywords = {node.arg for node in ast.walk(tree) if isinstance(node, ast.keyword)}
            self.assertNotIn("strict", keywords, file.name)
