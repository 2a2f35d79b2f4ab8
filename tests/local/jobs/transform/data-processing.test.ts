import assert from "node:assert/strict";
import { type Batching, batches, recordsOf, requestText } from "../../../../local/jobs/transform/batches.ts";
import { recordProcessing } from "../../../../local/jobs/transform/data-processing.ts";
import { parseJsonPath, select } from "../../../../local/jobs/transform/json-path.ts";
import { writtenAnswer } from "../../../../local/jobs/transform/written-answer.ts";

describe("a JSONPath of batch transform", () => {
  const row = ["a", "b", "c", "d"];
  const record = { id: 1, features: [1, 2, 3], "odd key": { x: null } };
  const selects: readonly [string, unknown, unknown][] = [
    ["$", row, row],
    ["$[1:]", row, ["b", "c", "d"]],
    ["$[0]", row, "a"],
    ["$[-1]", row, "d"],
    ["$[0,-1]", row, ["a", "d"]],
    ["$[0,2:]", row, ["a", "c", "d"]],
    ["$[:-1]", row, ["a", "b", "c"]],
    ["$[7:]", row, []],
    ["$.features", record, [1, 2, 3]],
    ["$.features[1:]", record, [2, 3]],
    ["$['id','features']", record, { id: 1, features: [1, 2, 3] }],
    ["$['odd key'].x", record, null],
  ];
  for (const [path, value, expected] of selects) {
    it(`selects by ${path}`, () => assert.deepEqual(select(value as never, parseJsonPath(path)), expected));
  }
  for (const path of ["", "features", "$features", "$[", "$[]", "$[a]", "$..x", "$[0,]"]) {
    it(`rejects '${path}'`, () =>
      assert.throws(() => parseJsonPath(path), /is not a JSONPath that batch transform supports/));
  }
  it("names the element that a record lacks", () => {
    assert.throws(() => select(row, parseJsonPath("$[4]")), /selects the index 4 of a record with 4 element/);
    assert.throws(() => select(record, parseJsonPath("$.other")), /selects 'other', which a record lacks/);
  });
});

describe("a request of a transform job", () => {
  const line = (more: Partial<Batching> = {}): Batching => ({
    split: "Line",
    strategy: "MultiRecord",
    maxBytes: 6,
    ...more,
  });
  const made: readonly [string, string, Batching, string[][]][] = [
    [
      "as many records as fit",
      "1,2\n3\n4\n5\n",
      line(),
      [
        ["1,2", "3"],
        ["4", "5"],
      ],
    ],
    ["one record with SingleRecord", "1\n2\n", line({ strategy: "SingleRecord" }), [["1"], ["2"]]],
    ["all records without a limit", "1\n2\n3", line({ maxBytes: 0 }), [["1", "2", "3"]]],
    ["the whole object without a SplitType", "1\n2\n", line({ split: "None" }), [["1\n2\n"]]],
    ["no records of an empty object", "", line(), []],
  ];
  for (const [what, text, batching, expected] of made) {
    it(`contains ${what}`, () => assert.deepEqual(batches(recordsOf(text, batching.split), batching), expected));
  }
  it("ends each line with a newline, and keeps a whole object unchanged", () => {
    assert.equal(requestText(["1", "2"], "Line"), "1\n2\n");
    assert.equal(requestText(["1\n2"], "None"), "1\n2");
  });
  it("rejects a record that is larger than MaxPayloadInMB", () => {
    assert.throws(() => batches(["1234567"], line()), /a record has 8 bytes, but MaxPayloadInMB allows 6/);
  });
});

describe("the output of a transform job", () => {
  type Given = Parameters<typeof recordProcessing>[0];
  const csv = "text/csv";
  const jsonLines = "application/jsonlines";
  const written: readonly [string, Given, string, string[], string, string, string[], string][] = [
    // Title, filters, content type, records, answer, AssembleWith, records as sent to the model, output.
    ["answers, one per line", {}, csv, ["1,2"], "0.5\n", "Line", ["1,2"], "0.5\n"],
    ["unchanged answers", {}, csv, ["1,2"], "0.5", "None", ["1,2"], "0.5"],
    [
      "answers to rows that were sent without their id",
      { InputFilter: "$[1:]" },
      csv,
      ["7,1,2", "8,3,4"],
      "0.1\n0.2\n",
      "Line",
      ["1,2", "3,4"],
      "0.1\n0.2\n",
    ],
    [
      "the id of each row and its answer",
      { InputFilter: "$[1:]", JoinSource: "Input", OutputFilter: "$[0,-1]" },
      csv,
      ['"a,b",1,2', "8,,4"],
      "0.1\n0.2\n",
      "Line",
      ["1,2", ",4"],
      '"a,b",0.1\n8,0.2\n',
    ],
    [
      "rows joined with their answers",
      { JoinSource: "Input" },
      csv,
      ["1,2"],
      "0.1,0.9\n",
      "Line",
      ["1,2"],
      "1,2,0.1,0.9\n",
    ],
    [
      "objects joined with their answers",
      { InputFilter: "$.features", JoinSource: "Input", OutputFilter: "$['id','SageMakerOutput']" },
      jsonLines,
      ['{"id":1,"features":[1,2]}'],
      '{"score":0.5}\n',
      "Line",
      ["[1,2]"],
      '{"id":1,"SageMakerOutput":{"score":0.5}}\n',
    ],
    [
      "lists joined with their answers",
      { JoinSource: "Input" },
      jsonLines,
      ["[1,2]"],
      "0.5\n",
      "Line",
      ["[1,2]"],
      '{"SageMakerInput":[1,2],"SageMakerOutput":0.5}\n',
    ],
  ];
  for (const [what, filters, type, records, answer, assemble, sent, expected] of written) {
    it(`contains ${what}`, () => {
      const processing = recordProcessing(filters, type, type);
      assert.deepEqual(records.map(processing.before), sent);
      assert.equal(writtenAnswer(records, answer, processing, assemble), expected);
    });
  }

  it("is rejected if answers cannot be assigned to records", () => {
    const processing = recordProcessing({ JoinSource: "Input" }, csv, csv);
    assert.throws(
      () => writtenAnswer(["1", "2"], "0.1,0.2", processing, "Line"),
      /answered 1 line\(s\) to 2 record\(s\)/,
    );
    assert.throws(
      () => recordProcessing({ JoinSource: "Input" }, csv, "application/json"),
      /JoinSource Input needs answers/,
    );
    assert.throws(
      () => recordProcessing({ InputFilter: "$[0]" }, "image/png", csv),
      /does not support the content type image\/png:/,
    );
  });
});
