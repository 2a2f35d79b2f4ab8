import assert from "node:assert/strict";
import type * as Language from "#language";
import type { executionPermissions } from "../../infra/permissions/execution-permissions.ts";
import type { readDefinition } from "../../language/read/read-definition.ts";
import type { PipelineDefinition } from "../../service-model/definition.ts";
import { processing } from "../language/check/jobs.ts";
import { PlantedFolders } from "../pipelines/planted-folders.ts";

/** Returns a function that inserts a line into a text after the first line that contains `place`. */
function lineAfter(place: string, line: string): (text: string) => string {
  return (text) => {
    const end = text.indexOf("\n", text.indexOf(place)) + 1;
    assert.ok(text.includes(place) && end > 0, place);
    return `${text.slice(0, end)}${line}\n${text.slice(end)}`;
  };
}

/**
 * The changes for a new step type: its row, its builder, and the export of the builder. The type is invented. An Audit
 * step runs a processing job, requires a role, and is cached by image and environment.
 */
const changes: readonly (readonly [file: string, change: (text: string) => string])[] = [
  [
    "service-model/step-types.ts",
    lineAfter(
      "export const stepTypes = {",
      `  Audit: {
    makes: "ProcessingJob",
    takesRequest: true,
    required: ["Arguments.RoleArn"],
    cacheKey: ["AppSpecification", "Environment"],
    retryable: true,
  },`,
    ),
  ],
  [
    "language/steps/audit-step.ts",
    () => `import type { DescribeProcessingJobResponse } from "@aws-sdk/client-sagemaker";
import { plainJobStep, type TypedJobStep, type WithArguments } from "./job-step.ts";
import type { ProcessingArguments } from "./processing-step.ts";
import type { JobStepOptions } from "./step-options.ts";

/** A step that audits data in a processing job. */
export function auditStep(
  name: string,
  options: WithArguments<ProcessingArguments, JobStepOptions>,
): TypedJobStep<"Audit", DescribeProcessingJobResponse> {
  return plainJobStep("Audit", name, options);
}
`,
  ],
  [
    "language/index.ts",
    lineAfter("./steps/algorithm-training-step.ts", 'export { auditStep } from "./steps/audit-step.ts";'),
  ],
];

type Builder = (
  name: string,
  options: object,
) => Language.Step & { readonly properties: { readonly [name: string]: object } };

describe("an invented step type", () => {
  const planted = new PlantedFolders([]);
  let sm: typeof Language & { readonly auditStep: Builder };
  const audited = (request: object, options: object = {}) =>
    sm.pipeline("P", { steps: [sm.auditStep("Audit", { arguments: request, ...options })] });

  before(async () => {
    for (const [file, change] of changes) planted.edit(file, change);
    sm = await planted.module("language/index.ts");
  });
  after(() => planted.remove());

  it("is added by changing three code files", () => {
    assert.ok(changes.length <= 3, changes.map(([file]) => file).join(", "));
  });

  it("is rendered by its builder and has properties for other steps", () => {
    const audit = sm.auditStep("Audit", { arguments: processing });
    const stop = sm.failStep("Stop", { errorMessage: audit.properties["ProcessingJobArn"] as Language.Value<string> });
    const [first, second] = sm.renderDefinition(sm.pipeline("P", { steps: [audit, stop] })).Steps;
    assert.deepEqual([first?.Type, first?.Arguments], ["Audit", processing]);
    assert.deepEqual(second?.Arguments, { ErrorMessage: { Get: "Steps.Audit.ProcessingJobArn" } });
  });

  it("has its required arguments and those of its job kind checked", () => {
    const { RoleArn: _, ...withoutRole } = processing;
    const problems = sm.checkPipeline(
      audited({ ...withoutRole, ContainerArguments: [], ProcessingJobName: "n".repeat(64) }),
    );
    assert.deepEqual(
      problems.map(({ path }) => path),
      ["ContainerArguments", "ProcessingJobName", "RoleArn"].map((name) => `Steps.Audit.Arguments.${name}`),
    );
  });

  it("may be cached and retried", () => {
    const retry = [{ exceptions: ["Step.THROTTLING"], maxAttempts: 2 }];
    assert.deepEqual(sm.checkPipeline(audited(processing, { cache: { enabled: true }, retry })), []);
  });

  it("is read from a definition and checked like a step that its builder made", async () => {
    const { readDefinition: read } = await planted.module<{ readDefinition: typeof readDefinition }>(
      "language/read/read-definition.ts",
    );
    const definition = sm.renderDefinition(audited(processing, { cache: { enabled: true } }));
    const text = sm.definitionText(definition);
    assert.equal(sm.definitionText(sm.renderDefinition(read(text, { name: "P" }))), text);
    const wrong = sm.definitionText({
      ...definition,
      Steps: definition.Steps.map((step) => ({ ...step, Arguments: {} })),
    });
    assert.deepEqual(
      sm.checkPipeline(read(wrong, { name: "P" })).map(({ path }) => path),
      ["ProcessingResources", "AppSpecification", "RoleArn"].map((name) => `Steps.Audit.Arguments.${name}`),
    );
  });

  it("gives the execution role only the SageMaker permissions that its job needs", async () => {
    const { executionPermissions: permissions } = await planted.module<{
      executionPermissions: typeof executionPermissions;
    }>("infra/permissions/execution-permissions.ts");
    const definition: PipelineDefinition = sm.renderDefinition(
      audited({ ...processing, AppSpecification: { ImageUri: image }, ProcessingOutputConfig: undefined }),
    );
    const { statements, problems } = permissions([{ folder: "p", definition, prefix: "b/p" }], {
      ...{ partition: "aws", region: "eu-central-1", account: "111122223333", bucketName: "b" },
    });
    assert.deepEqual(problems, []);
    const actions = statements.flatMap(({ Action }) => Action).filter((action) => /^(sagemaker|logs):/.test(action));
    assert.deepEqual(actions.sort(), [
      ...["logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      ...["sagemaker:AddTags", "sagemaker:CreateProcessingJob", "sagemaker:DescribeProcessingJob"],
      "sagemaker:StopProcessingJob",
    ]);
  });
});

const image = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/team/audit:1";
