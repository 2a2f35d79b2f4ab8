import assert from "node:assert/strict";
import type * as Trained from "../../infra/trained-pipelines.ts";
import type { PipelineContext } from "../../pipelines/training-pipeline.ts";
import { PlantedFolders, trainingPipeline } from "../pipelines/planted-folders.ts";

function contextOf(folder: string): PipelineContext {
  const name = `${folder}-training-dev`;
  return {
    ...{ region: "us-east-1", bucket: "b", prefix: folder, roleArn: "arn:aws:iam::111122223333:role/r" },
    ...{ pipelineName: name, modelPackageGroupName: name },
  };
}

const own = (folder: string) =>
  `pipeline ${folder}, the name is "same", but the stack chose ${folder}-training-dev; write pipeline(context.pipelineName, ...)`;

/** A pipeline without a gate that registers models all the same. */
const registering = `
import { pipeline, registerModelVersionStep } from "#language";
export const getPipeline = ({ pipelineName, modelPackageGroupName: group }) => {
  const image = "111122223333.dkr.ecr.us-east-1.amazonaws.com/own:1";
  const types = { contentTypes: ["text/csv"], responseTypes: ["text/csv"] };
  const options = { group, approvalStatus: "PendingManualApproval", image, model: "s3://b/model.tar.gz", ...types };
  return { pipeline: pipeline(pipelineName, { steps: [registerModelVersionStep("Register", options)] }) };
};
`;

/** Each pipeline folder, its program, and the expected lines of its mistakes. */
const folders: readonly (readonly [string, string, readonly (string | RegExp)[]])[] = [
  ["good", trainingPipeline(), []],
  ["constructor", trainingPipeline(), []],
  ["one", trainingPipeline("{}", '"same"'), [own("one")]],
  ["other", trainingPipeline("{}", '"same"'), [own("other")]],
  ["has#hash", trainingPipeline(), [/^pipeline has#hash: .*name: is "has#hash-training-dev"; use letters, digits/]],
  ["__proto__", trainingPipeline(), [/^pipeline __proto__: .*name: is "__proto__-training-dev"; use letters/]],
  ["no-gate", trainingPipeline("{ gate: undefined }"), []],
  ["half-a-gate", trainingPipeline("{ gate: {} }"), [/^pipeline half-a-gate: .*, but gate.metric is undefined/]],
  ["registers", registering, []],
  ["throws", 'throw "a\\nstring";', [/^pipeline throws: threw 'a\\nstring', which is not an Error/]],
  [
    "throws-later",
    trainingPipeline("{ pipeline: { ...made, get description() { throw null } } }"),
    [/^pipeline throws-later: threw null, which/],
  ],
];

describe("trainedPipelines", () => {
  let planted: PlantedFolders;
  let trained: typeof Trained;
  before(async () => {
    planted = new PlantedFolders(folders.map(([folder, program]) => [folder, program]));
    trained = await planted.module<typeof Trained>("infra/trained-pipelines.ts");
  });
  after(() => planted.remove());

  it("rejects a stack that has no pipeline left, with one line", async () => {
    const { pipelines, problems } = await trained.trainedPipelines([], contextOf);
    assert.deepEqual(pipelines, []);
    assert.equal(problems.length, 1);
    assert.match(
      problems[0] ?? "",
      /^pipelines\/: no folder has a pipeline\.ts, .*; add one, or remove the stack with: npm run/,
    );
  });

  it("wants a model package group for a pipeline with a gate or with a step that registers models", async () => {
    const { pipelines } = await trained.trainedPipelines(["good", "no-gate", "registers"], contextOf);
    assert.deepEqual(
      pipelines.map(({ registersModels }) => registersModels),
      [true, false, true],
    );
  });

  for (const [folder, , lines] of folders)
    it(
      lines.length === 0
        ? `accepts the folder "${folder}"`
        : `reports the mistakes of the folder "${folder}", one line each`,
      async () => {
        const { problems } = await trained.trainedPipelines([folder], contextOf);
        assert.equal(problems.length, lines.length, problems.join("\n"));
        for (const [index, line] of lines.entries())
          if (typeof line === "string") assert.equal(problems[index], line);
          else assert.match(problems[index] ?? "", line);
        assert.doesNotMatch(problems.join(""), /\n/);
      },
    );

  it("checks all folders even if one of them throws", async () => {
    const names = folders.map(([folder]) => folder);
    const { problems } = await trained.trainedPipelines(names, contextOf);
    assert.equal(problems.length, folders.flatMap(([, , lines]) => lines).length);
  });
});
