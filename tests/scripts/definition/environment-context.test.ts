import assert from "node:assert/strict";
import { ExitError } from "../../../exit-code.ts";
import { environmentContext } from "../../../scripts/definition/environment-context.ts";

describe("environmentContext", () => {
  const taken: readonly (readonly [string, Readonly<Record<string, string>>, object])[] = [
    [
      "no variables and uses the example account",
      {},
      {
        ...{ region: "us-east-1", bucket: "training-111122223333-us-east-1", prefix: "crickets" },
        ...{ roleArn: "arn:aws:iam::111122223333:role/training-execution" },
      },
    ],
    [
      "empty values like absent ones",
      { AWS_REGION: "", ARTIFACT_BUCKET: "", SAGEMAKER_PIPELINE_ROLE_ARN: "" },
      { region: "us-east-1", bucket: "training-111122223333-us-east-1" },
    ],
    ["a bucket by its name", { ARTIFACT_BUCKET: "lake.raw-1" }, { bucket: "lake.raw-1" }],
    ["a bucket by its ARN", { ARTIFACT_BUCKET: "arn:aws-cn:s3:::lake" }, { bucket: "lake" }],
    [
      "a role with a path, in another partition",
      { SAGEMAKER_PIPELINE_ROLE_ARN: "arn:aws-us-gov:iam::123456789012:role/team/a+b", AWS_REGION: "us-gov-west-1" },
      { roleArn: "arn:aws-us-gov:iam::123456789012:role/team/a+b", region: "us-gov-west-1" },
    ],
  ];
  for (const [what, environment, context] of taken)
    it(`accepts ${what}`, () => {
      const made = environmentContext("crickets", environment);
      assert.deepEqual(
        Object.fromEntries(Object.keys(context).map((key) => [key, made[key as keyof typeof made]])),
        context,
      );
    });

  const region = (got: string) => `AWS_REGION: got ${got}; give a region such as us-east-1`;
  const bucket = (got: string) => `ARTIFACT_BUCKET: got ${got}; give the name or the ARN of a bucket`;
  const role = (got: string) =>
    `SAGEMAKER_PIPELINE_ROLE_ARN: got ${got}; give an ARN such as arn:aws:iam::ACCOUNT:role/NAME`;
  const refused: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[]])[] = [
    ["a zone instead of a region", { AWS_REGION: "us-east-1a" }, [region('"us-east-1a"')]],
    ["a region with a blank", { AWS_REGION: " us-east-1" }, [region('" us-east-1"')]],
    ["a URI instead of a bucket", { ARTIFACT_BUCKET: "s3://x y" }, [bucket('"s3://x y"')]],
    ["a bucket of two letters", { ARTIFACT_BUCKET: "ab" }, [bucket('"ab"')]],
    ["a bucket in capitals", { ARTIFACT_BUCKET: "Lake" }, [bucket('"Lake"')]],
    ["a role by its name", { SAGEMAKER_PIPELINE_ROLE_ARN: "foo" }, [role('"foo"')]],
    [
      "a user instead of a role",
      { SAGEMAKER_PIPELINE_ROLE_ARN: "arn:aws:iam::123456789012:user/foo" },
      [role('"arn:aws:iam::123456789012:user/foo"')],
    ],
    ["a value of two lines", { SAGEMAKER_PIPELINE_ROLE_ARN: "a\nb\u001b" }, [role('"a\\nb\\u001b"')]],
    [
      "several variables, with a line for each",
      { AWS_REGION: "x", ARTIFACT_BUCKET: "y", SAGEMAKER_PIPELINE_ROLE_ARN: "z" },
      [region('"x"'), bucket('"y"'), role('"z"')],
    ],
  ];
  for (const [what, environment, lines] of refused)
    it(`rejects ${what}`, () => {
      assert.throws(
        () => environmentContext("crickets", environment),
        (error) => {
          assert.ok(error instanceof ExitError && error.code === 2);
          assert.deepEqual(error.message.split("\n"), lines);
          return true;
        },
      );
    });
});
