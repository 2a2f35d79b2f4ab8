import assert from "node:assert/strict";
import { age, modelTable } from "../../../check/models/model-table.ts";

describe("the table of models", () => {
  const minute = 60_000;
  const ages: readonly (readonly [minutes: number, text: string])[] = [
    [-1, "0 min"],
    [0.5, "0 min"],
    [59.9, "59 min"],
    [60, "1 h"],
    [48 * 60 - 1, "47 h"],
    [48 * 60, "2 days"],
    [400 * 24 * 60, "400 days"],
  ];
  for (const [minutes, text] of ages)
    it(`shows an age of ${minutes} minutes as ${text}`, () => {
      assert.equal(age(minutes * minute), text);
    });

  it("has a line for each model, with dashes for what nobody recorded", () => {
    const now = Date.parse("2026-12-03T00:00:00Z");
    const arn = (version: number) => `arn:aws:sagemaker:eu-west-1:111122223333:model-package/tiny/${version}`;
    const commit = "52e0c1f6b4d852e0c1f6b4d852e0c1f6b4d852e0";
    const models = [
      { version: 10, modelPackageArn: arn(10), status: "PendingManualApproval", byPerson: false },
      {
        ...{ version: 9, modelPackageArn: arn(9), status: "Approved", byPerson: true, value: 5.44449 },
        ...{ verdict: "pass", registered: "2026-12-02T23:00:00Z", commit: `${commit}+changes` },
      },
    ];
    assert.deepEqual(modelTable(models, "MSE", now).split("\n"), [
      "version  MSE    verdict  status                 age  commit         model",
      `10       -      -        PendingManualApproval  -    -              ${arn(10)}`,
      `9        5.444  pass     Approved (person)      1 h  52e0c1f6b4d8+  ${arn(9)}`,
    ]);
  });
});
