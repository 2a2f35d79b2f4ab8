import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { rules } from "../../policy/rules.ts";
import { judge } from "./judge.ts";
import { account, definition, exampleStack, policy } from "./mistakes/example-stack.ts";
import { added, type Change, changed, given } from "./mistakes/mistake.ts";
import { mistakes } from "./mistakes.ts";

describe("the rules of the policy pack", () => {
  it("have names in kebab-case, each its own, and not the one that Pulumi keeps for all", () => {
    const names = rules.map(({ name }) => name);
    assert.deepEqual(names, [...new Set(names)]);
    for (const name of names) assert.match(name, /^(?!all$)[a-z]+(-[a-z]+)*$/);
  });

  it("are each in the table of docs/policy-pack.md, and no other is", () => {
    const page = readFileSync(new URL("../../docs/policy-pack.md", import.meta.url), "utf8");
    const listed = [...page.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name);
    assert.deepEqual(
      listed,
      rules.map(({ name }) => name),
    );
  });

  it("refuse nothing of a stack that is right", () => {
    assert.deepEqual(judge(exampleStack), []);
  });

  for (const { rule, what, change, says } of mistakes)
    it(`${rule} alone refuses ${what}`, () => {
      const stack = changed(exampleStack, change) ?? [];
      const judged = judge(stack);
      assert.deepEqual([...new Set(judged.map(({ rule }) => rule))], [rule]);
      assert.ok(
        judged.some(({ message }) => says.test(message)),
        judged.map(({ message }) => message).join("\n"),
      );
      for (const { resource } of judged) assert.ok(stack.includes(resource));
    });

  it("each have a mistake here that only they refuse", () => {
    const refusing = new Set(mistakes.map(({ rule }) => rule));
    assert.deepEqual(
      rules.map(({ name }) => name).filter((name) => !refusing.has(name)),
      [],
    );
  });

  const right: readonly (readonly [string, Change])[] = [
    ["a bucket that may be lost", given("aws:s3/bucket:Bucket", { forceDestroy: true }, false)],
    [
      "a definition that the stack uploads",
      {
        of: ({ type }) => type === "aws-native:sagemaker:Pipeline",
        to: (found) => ({
          ...found,
          props: { pipelineDefinition: { pipelineDefinitionBody: JSON.stringify({ ...definition, Steps: [] }) } },
        }),
      },
    ],
    [
      "a role that AWS's read-only policy is attached to",
      added("aws:iam/rolePolicyAttachment:RolePolicyAttachment", {
        ...{ role: "deploy", policyArn: "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess" },
      }),
    ],
    [
      "a rule that runs by the clock",
      added("aws:cloudwatch/eventRule:EventRule", { scheduleExpression: "rate(1 day)" }),
    ],
    [
      "a key for signatures, which KMS does not rotate",
      added("aws:kms/key:Key", { customerMasterKeySpec: "RSA_2048" }),
    ],
    [
      "a policy as an object",
      added("aws:iam/rolePolicy:RolePolicy", {
        role: "execution",
        policy: { Statement: { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::a/*" } },
      }),
    ],
    [
      "a public queue of one organisation",
      added("aws:sqs/queuePolicy:QueuePolicy", {
        policy: policy({
          ...{ Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: "*" },
          Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } },
        }),
      }),
    ],
  ];
  for (const [what, change] of right)
    it(`let pass: ${what}`, () => {
      assert.deepEqual(judge(changed(exampleStack, change) ?? []), []);
    });

  it("let pass a definition beyond what a pipeline takes in itself, where the stack uploads it", () => {
    const place = { bucket: "training", key: "abalone/definition.json" };
    const stack = [
      ...(changed(
        exampleStack,
        given("aws-native:sagemaker:Pipeline", { pipelineDefinition: { pipelineDefinitionS3Location: place } }),
      ) ?? []),
    ];
    const upload = (Steps: readonly object[]) =>
      changed(
        stack,
        added("aws:s3/bucketObjectv2:BucketObjectv2", { ...place, content: JSON.stringify({ ...definition, Steps }) }),
      ) ?? [];
    assert.deepEqual(judge(upload(definition.Steps)), []);
    const approving = { Name: "Approve", Type: "RegisterModel", Arguments: { ModelApprovalStatus: "Approved" } };
    const [judged] = judge(upload([approving]));
    assert.deepEqual(
      [judged?.rule, judged?.resource.type],
      ["pipeline-registers-pending", "aws-native:sagemaker:Pipeline"],
    );
  });

  it("judge by the account that the configuration pins, where it pins one", () => {
    assert.deepEqual(judge(exampleStack, { account }), []);
    const judged = judge(exampleStack, { account: "999999999999" });
    assert.deepEqual([...new Set(judged.map(({ rule }) => rule))], ["stack-in-one-account"]);
    assert.match(judged[0]?.message ?? "", /names account 111122223333; the stack is of account 999999999999/);
  });
});
