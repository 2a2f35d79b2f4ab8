import assert from "node:assert/strict";
import { describeData, type Kind } from "../../../scripts/template/described-data.ts";
import { parseTable } from "../../../scripts/template/table.ts";

/** Returns a table of 120 rows, in which each column repeats the given cells. */
function csv(columns: Readonly<Record<string, readonly string[]>>, rows = 120): string {
  const cells = Object.values(columns);
  const row = (index: number) => cells.map((of) => of[index % of.length]).join(",");
  return [Object.keys(columns).join(","), ...Array.from({ length: rows }, (_, index) => row(index))].join("\n");
}

const described = (kind: Kind, label: string, text: string) => describeData(kind, label, parseTable(text));
const names = Array.from({ length: 60 }, (_, index) => `name ${index}`);

describe("the description of a table", () => {
  it("tells numbers, texts, and columns that a model cannot use apart", () => {
    const columns = {
      size: ["1", "-2.5e3", "", "NA"],
      colour: ["red", "blue", "?"],
      name: names,
      "": ["0"],
      y: ["1", "3"],
    };
    assert.deepEqual(described("regression", "y", csv(columns)), {
      label: "y",
      features: { size: "number", colour: ["blue", "red"] },
      ignored: ["name", ""],
      ceiling: 1,
    });
  });

  it("lists the classes of a classification, and takes the entropy of the label as its ceiling", () => {
    const columns = { x: ["1"], y: ["10", "9", "9", "9"] };
    const { classes, ceiling } = described("classification", "y", csv(columns));
    assert.deepEqual(classes, ["9", "10"]);
    assert.equal(ceiling, 0.563, "-(ln(0.25) / 4 + ln(0.75) * 3 / 4) = 0.5623, rounded up");
  });

  const y = ["1", "2"];
  const rejected: readonly (readonly [string, Kind, string, string])[] = [
    ["another separator", "regression", "a;b\n1;2\n", "its columns are not separated by commas; convert it"],
    [
      "no header",
      "regression",
      "a,5.1\n1,2\n",
      "its first row has the number 5.1; begin the file with the columns' names",
    ],
    ["a name twice", "regression", "a,y,a\n1,2,3\n", 'two columns have the name "a"; rename one of them'],
    [
      "a row of another length",
      "regression",
      'a,y\n1,"2,3"\n1,2,3\n',
      "its row 2 below the header has 3 cells and the header has 2; correct the row",
    ],
    ["few rows", "regression", csv({ x: ["1"], y }, 119), "it has 119 rows; give at least 120"],
    ["another label", "regression", csv({ x: ["1"], z: y }), 'no column has the name "y"; its columns are x, z'],
    [
      "rows without a label",
      "regression",
      csv({ x: ["1"], y: ["1", "2", ""] }),
      "40 rows have no y; remove them, because a model cannot learn from them",
    ],
    [
      "one label",
      "classification",
      csv({ x: ["1"], y: ["1"] }),
      "every row has the y 1; give data with different labels",
    ],
    [
      "texts in a regression",
      "regression",
      csv({ x: ["1"], y: ["1", "many"] }),
      'the y "many" is not a number; add --kind classification, or correct it',
    ],
    [
      "very many classes",
      "classification",
      csv({ x: ["1"], y: names }),
      "y has 60 different values; a classification has at most 50, so use --kind regression or another label",
    ],
    [
      "nothing to learn from",
      "regression",
      csv({ x: names, y }),
      "no column besides y has numbers or few enough texts; add one",
    ],
  ];
  for (const [what, kind, text, message] of rejected)
    it(`is rejected in one sentence: ${what}`, () => {
      assert.throws(() => described(kind, "y", text), { message });
    });

  it("keeps commas, quotes and line ends in quoted cells", () => {
    const { names: header, rows } = parseTable(`"a, b","say ""x""",c\r\n${'" 1 ","two\nlines",\r\n'.repeat(120)}\n`);
    assert.deepEqual(header, ["a, b", 'say "x"', "c"]);
    assert.deepEqual([rows.length, rows[119]], [120, ["1", "two\nlines", ""]]);
  });
});
