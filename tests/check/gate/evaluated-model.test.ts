import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { checkEvaluatedModel } from "../../../check/gate/evaluated-model.ts";
import { ExitError } from "../../../exit-code.ts";
import { bucket, put } from "../../local/local-aws.ts";
import { useLocalAws } from "../../local/use-local-aws.ts";

describe("checkEvaluatedModel", function () {
  this.timeout(60_000);
  const aws = useLocalAws();
  before(async () => {
    await put(aws, "right", "model");
    await put(aws, "wrong", "another model");
  });

  const sha256 = createHash("sha256").update("model").digest("hex");
  /** Checks a package that has a container for each of these objects. */
  const check = (...keys: readonly string[]) => {
    const Containers = keys.map((key) => ({ Image: "image", ModelDataUrl: `s3://${bucket}/${key}` }));
    const described = {
      ModelPackageArn: "arn:p",
      InferenceSpecification: { Containers },
      ModelPackageName: undefined,
      CreationTime: undefined,
      ModelPackageStatus: undefined,
      ModelPackageStatusDetails: undefined,
    };
    return checkEvaluatedModel(aws, described, sha256);
  };

  it("accepts a package if one of its containers has the evaluated model", async () => {
    await check("right");
    await check("wrong", "right");
  });

  const refused: readonly (readonly [string, readonly string[], RegExp])[] = [
    ["another", ["wrong"], /^The model of arn:p at s3:\S+\/wrong is not the one that was evaluated, .*: restore it/],
    ["gone", ["no-such"], /^The model of arn:p at s3:\S+\/no-such is gone, although it was evaluated: restore it/],
    ["not named", [], /^The candidate arn:p names no model data\.$/],
  ];
  for (const [what, keys, message] of refused)
    it(`ends with exit code 5 if the model is ${what}`, () =>
      assert.rejects(
        check(...keys),
        (error) => error instanceof ExitError && error.code === 5 && message.test(error.message),
      ));
});
