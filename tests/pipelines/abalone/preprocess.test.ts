import assert from "node:assert/strict";
import { Container, type ScriptResult } from "../../local/jobs/processing-container.ts";
import { WarmPython } from "../../local/jobs/warm-python.ts";
import { abaloneText } from "./abalone-text.ts";

const parts = ["train", "validation", "test"] as const;
type Split = Readonly<Record<(typeof parts)[number], readonly string[]>>;
type Files = Readonly<Record<string, string | Uint8Array>>;

interface Preprocessed extends ScriptResult {
  readonly split: Split;
  readonly rule: unknown;
  /** The exit message that the script wrote for SageMaker. */
  readonly message: string | undefined;
}

let python: WarmPython;
before(async () => {
  python = await WarmPython.start();
});
after(() => python.stop());

/** Runs the script on these input files. */
async function preprocess(files: Files): Promise<Preprocessed> {
  const container = await Container.make();
  try {
    for (const [name, content] of Object.entries(files))
      await container.write(`processing/input/data/${name}`, content);
    const ended = await python.run(container, "pipelines/abalone/preprocess.py", []);
    const lines = async (part: string) => {
      const text = await container.text(`processing/${part}/${part}.csv`).catch(() => "");
      return text === "" ? [] : text.trimEnd().split("\n");
    };
    const [train, validation, test] = (await Promise.all(parts.map(lines))) as [string[], string[], string[]];
    return {
      ...ended,
      split: { train, validation, test },
      rule: await container.json("processing/test/split.json").catch(() => undefined),
      message: await container.text("output/message").catch(() => undefined),
    };
  } finally {
    await container.remove();
  }
}

async function splitOf(files: Files): Promise<Split> {
  const { code, stderr, split } = await preprocess(files);
  assert.equal(stderr, "");
  assert.equal(code, 0);
  return split;
}

/** Returns the part of each distinct row. */
function placesOf(split: Split): Map<string, string> {
  return new Map(parts.flatMap((part) => split[part].map((row) => [row, part] as const)));
}

const good = "M,0.455,0.365,0.095,0.514,0.2245,0.101,0.15,15";

describe("preprocess.py on the real data", function () {
  this.timeout(180_000);
  let text: string;
  let rows: readonly string[];
  let split: Split;
  before(async () => {
    text = await abaloneText();
    rows = text.trimEnd().split("\n");
    split = await splitOf({ "abalone.csv": text });
  });

  it("splits the rows into 70, 15 and 15 per cent for training, validation and test", () => {
    assert.deepEqual(
      parts.map((part) => split[part].length),
      [2938, 633, 606],
    );
  });

  it("writes the split rule, the label and the features to split.json", async () => {
    const { rule, stdout } = await preprocess({ "abalone.csv": text });
    assert.deepEqual(rule, {
      rule: "sha256-of-canonical-row-70-15-15/1",
      rows: { train: 2938, validation: 633, test: 606 },
      header: false,
      label: "rings",
      features:
        "sex F,sex I,sex M,length,diameter,height,whole_weight,shucked_weight,viscera_weight,shell_weight".split(","),
    });
    assert.equal(stdout, "preprocess: rows train 2938, validation 633, test 606\n");
  });

  it("writes the label, then sex as one-hot columns F, I, M, then the measures", () => {
    const all = parts.flatMap((part) => split[part]);
    const expected = rows.map((row) => {
      const [sex, ...numbers] = row.split(",");
      const [label, ...measures] = [Number(numbers.pop()), ...numbers.map(Number)];
      return [label, ...["F", "I", "M"].map((one) => Number(one === sex)), ...measures].join();
    });
    assert.deepEqual(all.map((row) => row.split(",").map(Number).join()).sort(), expected.sort());
    assert.equal(new Set(all.map((row) => row.split(",").length)).size, 1);
  });

  it("writes identical files for identical data", async () => {
    assert.deepEqual(await splitOf({ "abalone.csv": text }), split);
  });

  const changes: readonly [string, (rows: readonly string[]) => Files][] = [
    ["the rows are in another order", (all) => ({ "a.csv": all.toReversed().join("\n") })],
    [
      "the rows are in two files",
      (all) => ({ "b.csv": all.slice(0, 99).join("\n"), "a/c.csv": all.slice(99).join("\n") }),
    ],
    ["other rows are added", (all) => ({ "a.csv": [...all.map((row) => row.replace("0.", "7.")), ...all].join("\n") })],
    ["every row is duplicated", (all) => ({ "a.csv": [...all, ...all].join("\n") })],
    ["numbers have more zeros", (all) => ({ "a.csv": all.map((row) => row.replace(/(\.\d+)/g, "$100")).join("\n") })],
    ["numbers have exponents", (all) => ({ "a.csv": all.map((row) => row.replace(/(\d+)$/, "$1.0e0")).join("\n") })],
    ["numbers lack the leading zero", (all) => ({ "a.csv": all.map((row) => row.replace(/,0\./g, ",+.")).join("\n") })],
    [
      "cells have spaces and quotes",
      (all) => ({ "a.csv": all.map((row) => ` "${row.replace(",", ' " , ')} `.replace(/^ /, "")).join("\r\n") }),
    ],
    ["the file has a byte-order mark and blank lines", (all) => ({ "a.csv": `\uFEFF${all.join("\n\n")}\n\n` })],
  ];
  for (const [what, change] of changes)
    it(`keeps the part of each row when ${what}`, async () => {
      const after = placesOf(await splitOf(change(rows)));
      for (const [row, part] of placesOf(split)) assert.equal(after.get(row), part, row);
    });

  it("keeps the part of each row when half of the rows are removed", async () => {
    const before = placesOf(split);
    const after = placesOf(await splitOf({ "a.csv": rows.filter((_, index) => index % 2 === 0).join("\n") }));
    for (const [row, part] of after) assert.equal(before.get(row), part, row);
  });

  it("puts equal rows into one part although their numbers are written differently", async () => {
    const spellings = ["1,-0,0,2", "1.0,0,-0.0,2.00", "1.00,0.000,0,+2", " 1 , 0e5,0, 2e0"].map(
      (values) => `F,${values},0.3,0.1,0.2,9`,
    );
    const { train, validation, test } = await splitOf({ "abalone.csv": [...rows, ...spellings].join("\n") });
    const places = [train, validation, test].map(
      (part) => part.filter((row) => row.startsWith("9.0,1.0,0.0,0.0,1.0,0.0,0.0,2.0,")).length,
    );
    assert.deepEqual(places.sort(), [0, 0, 4]);
  });

  it("puts duplicated rows into the same part", async () => {
    const twice = await splitOf({ "abalone.csv": `${text}${text}` });
    const all = parts.flatMap((part) => [...new Set(twice[part])]);
    assert.equal(new Set(all).size, all.length);
  });

  it("writes an empty cell for a missing measure", async () => {
    const missing = await splitOf({ "abalone.csv": `${text}I,0.1,,0.2,0.3, ,0.4,0.5,7\n` });
    const incomplete = parts.flatMap((part) => missing[part]).filter((row) => row.includes(",,"));
    assert.deepEqual(incomplete, ["7.0,0.0,1.0,0.0,0.1,,0.2,0.3,,0.4,0.5"]);
  });
});

/** Returns a valid row with one cell replaced. */
function withCell(index: number, cell: string): string {
  return good.split(",").with(index, cell).join();
}

describe("preprocess.py on malformed data", function () {
  this.timeout(180_000);
  const table: readonly [string, Files, readonly string[]][] = [
    [
      "a missing column",
      { "a.csv": `${good}\n${good.slice(0, -3)}` },
      ["a.csv row 2, column rings: missing; expected 9 columns, got 8"],
    ],
    [
      "an additional column",
      { "a.csv": `${good},1` },
      ["a.csv row 1, column 10: one too many; expected 9 columns, got 10"],
    ],
    [
      "a word instead of a number",
      { "a.csv": `${good}\n\n${withCell(3, "high")}` },
      ["a.csv row 3, column height: 'high' is not a number; expected a decimal number"],
    ],
    ...["nan", "NaN", "inf", "-Infinity", "1e999", "1_000", "0x1F", "1,5".replace(",", ";"), "--1"].map(
      (cell): [string, Files, readonly string[]] => [
        `${cell} instead of a number`,
        { "a.csv": withCell(7, cell) },
        [`a.csv row 1, column shell_weight: '${cell}' is not a number; expected a decimal number`],
      ],
    ),
    [
      "nan instead of a label",
      { "a.csv": withCell(8, "nan") },
      ["a.csv row 1, column rings: 'nan' is not a number; expected a decimal number"],
    ],
    [
      "an unknown sex",
      { "a.csv": withCell(0, "X") },
      ["a.csv row 1, column sex: 'X' is unknown; expected one of F, I, M"],
    ],
    [
      "a lower-case letter as the sex",
      { "a.csv": withCell(0, "m") },
      ["a.csv row 1, column sex: 'm' is unknown; expected one of F, I, M"],
    ],
    ["an empty sex", { "a.csv": withCell(0, "") }, ["a.csv row 1, column sex: '' is unknown; expected one of F, I, M"]],
    ["an empty label", { "a.csv": withCell(8, "") }, ["a.csv row 1, column rings: empty; every row needs a value"]],
    ["an empty file", { "a.csv": "" }, ["a.csv: the file is empty; expected rows of 9 columns"]],
    ["a file with only blank lines", { "a.csv": "\n \n\n" }, ["a.csv: the file is empty; expected rows of 9 columns"]],
    [
      "bytes that are not UTF-8",
      { "a.csv": Buffer.from([0x4d, 0x2c, 0xff, 0xfe]) },
      ["a.csv: not a CSV file in UTF-8 ('utf-8' codec can't decode byte 0xff in position 2: invalid start byte)"],
    ],
    [
      "a header",
      { "a.csv": `sex,length,diameter,height,whole,shucked,viscera,shell,rings\n${good}` },
      [
        "a.csv row 1, column sex: 'sex' is unknown; expected one of F, I, M",
        "a.csv row 1, column length: 'length' is not a number; expected a decimal number",
      ],
    ],
    ["too few rows", { "a.csv": `${good}\n` }, []],
    [
      "problems in several rows and files",
      { "a.csv": withCell(0, "X"), "sub/b.csv": `${good}\n${withCell(1, "x").replace(/15$/, "")}`, "c.csv": good },
      [
        "a.csv row 1, column sex: 'X' is unknown; expected one of F, I, M",
        "sub/b.csv row 2, column length: 'x' is not a number; expected a decimal number",
        "sub/b.csv row 2, column rings: empty; every row needs a value",
      ],
    ],
  ];
  for (const [what, files, expected] of table)
    it(`names the file, row and column of each problem: ${what}`, async () => {
      const { code, stderr, stdout, message } = await preprocess(files);
      assert.equal(code, 1);
      assert.equal(stdout, "");
      const lines = stderr.trimEnd().split("\n");
      for (const line of lines) assert.match(line, /^preprocess: /);
      assert.deepEqual(
        lines.slice(0, expected.length),
        expected.map((line) => `preprocess: ${line}`),
      );
      assert.equal(message, lines.join("\n"), "the job's exit message has the same text");
    });

  it("reports the number of rows in each part that has too few", async () => {
    const { stderr } = await preprocess({ "a.csv": `${good}\n` });
    assert.match(stderr, /^preprocess: too few rows: [01] of 1 for train; expected at least 50\n/);
    assert.match(stderr, /^preprocess: too few rows: [01] of 1 for test; expected at least 10$/m);
  });

  it("rejects an input folder without files", async () => {
    const { code, stderr } = await preprocess({});
    assert.equal(code, 1);
    assert.match(stderr, /^preprocess: there is no data in \S+input\/data; give the S3 URI of a CSV file\n$/);
  });

  it("prints ten problems and the number of the others", async () => {
    const { stderr } = await preprocess({ "a.csv": Array(13).fill(withCell(0, "X")).join("\n") });
    const lines = stderr.trimEnd().split("\n");
    assert.equal(lines.length, 11);
    assert.match(lines[9] ?? "", /^preprocess: a.csv row 10, column sex/);
    assert.equal(lines[10], "preprocess: and 3 more");
  });
});
