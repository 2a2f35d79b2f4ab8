import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { rules } from "../../policy/rules.ts";
import { account, definition, exampleStack, policy } from "./mistakes/example-stack.ts";
import { added, changed, given, type StackChange } from "./mistakes/mistake.ts";
import { mistakes } from "./mistakes.ts";
import { violationsOf } from "./violations-of.ts";

describe("the rules of the policy pack", () => {
  it("have unique names in kebab-case, and none is Pulumi's reserved name `all`", () => {
    const names = rules.map(({ name }) => name);
    assert.deepEqual(names, [...new Set(names)]);
    for (const name of names) assert.match(name, /^(?!all$)[a-z]+(-[a-z]+)*$/);
  });

  it("are the ones in the table of docs/policy-pack.md", () => {
    const page = readFileSync(new URL("../../docs/policy-pack.md", import.meta.url), "utf8");
    const listed = [...page.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name);
    assert.deepEqual(
      listed,
      rules.map(({ name }) => name),
    );
  });

  it("accept a stack without mistakes", () => {
    assert.deepEqual(violationsOf(exampleStack), []);
  });

  for (const { rule, what, change, says } of mistakes)
    it(`reject, only by ${rule}, ${what}`, () => {
      const stack = changed(exampleStack, change) ?? [];
      const violations = violationsOf(stack);
      assert.deepEqual([...new Set(violations.map(({ rule }) => rule))], [rule]);
      assert.ok(
        violations.some(({ message }) => says.test(message)),
        violations.map(({ message }) => message).join("\n"),
      );
      for (const { resource } of violations) assert.ok(stack.includes(resource));
    });

  it("each have a planted mistake that only this rule rejects", () => {
    const refusing = new Set(mistakes.map(({ rule }) => rule));
    assert.deepEqual(
      rules.map(({ name }) => name).filter((name) => !refusing.has(name)),
      [],
    );
  });

  const right: readonly (readonly [string, StackChange])[] = [
    ["a bucket with forceDestroy and without protection", given("aws:s3/bucket:Bucket", { forceDestroy: true }, false)],
    [
      "a retired model package group without protection",
      given("aws-native:sagemaker:ModelPackageGroup", { tags: [{ key: "training:retired", value: "true" }] }, false),
    ],
    [
      "a definition without steps",
      {
        of: ({ type }) => type === "aws-native:sagemaker:Pipeline",
        to: (pipeline) => ({
          ...pipeline,
          props: { pipelineDefinition: { pipelineDefinitionBody: JSON.stringify({ ...definition, Steps: [] }) } },
        }),
      },
    ],
    [
      "a role with AWS's read-only policy attached",
      added("aws:iam/rolePolicyAttachment:RolePolicyAttachment", {
        ...{ role: "deploy", policyArn: "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess" },
      }),
    ],
    [
      "an event rule with a schedule",
      added("aws:cloudwatch/eventRule:EventRule", { scheduleExpression: "rate(1 day)" }),
    ],
    [
      "a signing key without rotation, which KMS cannot rotate",
      added("aws:kms/key:Key", { customerMasterKeySpec: "RSA_2048" }),
    ],
    [
      "a policy that is an object instead of a JSON text",
      added("aws:iam/rolePolicy:RolePolicy", {
        role: "execution",
        policy: { Statement: { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::a/*" } },
      }),
    ],
    [
      "a queue for everyone in one organisation",
      added("aws:sqs/queuePolicy:QueuePolicy", {
        policy: policy({
          ...{ Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: "*" },
          Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } },
        }),
      }),
    ],
  ];
  for (const [what, change] of right)
    it(`accept ${what}`, () => {
      assert.deepEqual(violationsOf(changed(exampleStack, change) ?? []), []);
    });

  it("check a definition that the stack uploads to S3 like an inline one", () => {
    const place = { bucket: "training", key: "crickets/definition.json" };
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
    assert.deepEqual(violationsOf(upload(definition.Steps)), []);
    const approving = { Name: "Approve", Type: "RegisterModel", Arguments: { ModelApprovalStatus: "Approved" } };
    const [violation] = violationsOf(upload([approving]));
    assert.deepEqual(
      [violation?.rule, violation?.resource.type],
      ["pipeline-registers-pending", "aws-native:sagemaker:Pipeline"],
    );
  });

  it("reject resources that name another account than the configured one", () => {
    assert.deepEqual(violationsOf(exampleStack, { account }), []);
    const violations = violationsOf(exampleStack, { account: "999999999999" });
    assert.deepEqual([...new Set(violations.map(({ rule }) => rule))], ["stack-in-one-account"]);
    assert.match(
      violations[0]?.message ?? "",
      /names account 111122223333, but the stack belongs to account 999999999999/,
    );
  });
});
