import assert from "node:assert/strict";
import { definitionBody } from "#language";
import type { PipelineConfiguration } from "../../infra/configuration/pipeline-configuration.ts";
import { scheduleProblems } from "../../infra/schedule-problems.ts";
import type { TrainedPipeline } from "../../infra/trained-pipelines.ts";
import type { PipelineDefinition } from "../../service-model/definition.ts";
import { getPipeline } from "../pipelines-under-test/crickets/pipeline.ts";
import { cricketsContext } from "./crickets-context.ts";

const now = new Date("2030-06-01T12:00:00Z");

function problems(
  own: PipelineConfiguration,
  pipelineName = "crickets",
  changed: Partial<PipelineDefinition> = {},
): readonly string[] {
  const { inputDataUrl } = own;
  const context = { ...cricketsContext, pipelineName, ...(inputDataUrl === undefined ? {} : { inputDataUrl }) };
  const made = getPipeline(context);
  const trained: TrainedPipeline = {
    ...{ ...made, folder: "crickets", context, registersModels: true },
    definition: { ...JSON.parse(definitionBody(made.pipeline)), ...changed },
  };
  return scheduleProblems([trained], { pipelines: { crickets: own } }, now);
}

describe("scheduleProblems", () => {
  const inputDataUrl = "s3://lake/crickets.csv";

  it("accepts a missing schedule, and one in the future for a pipeline with default data", () => {
    assert.deepEqual(problems({}), []);
    assert.deepEqual(problems({ schedule: "at(2030-06-01T12:30:00)", inputDataUrl }), []);
    assert.deepEqual(
      problems({ schedule: "at(2030-06-01T08:30:00)", scheduleTimezone: "America/New_York", inputDataUrl }),
      [],
    );
  });

  it("reports a past time, a name that is too long and a parameter without a default together", () => {
    const name = "a".repeat(65);
    assert.deepEqual(problems({ schedule: "at(2001-01-01T00:00:00)" }, name), [
      "pipelines.crickets.schedule: got at(2001-01-01T00:00:00), which is in the past; give a time in the future, or leave it out",
      `pipelines.crickets.schedule: the schedule gets its pipeline's name, but ${name} has 65 characters and EventBridge accepts 64; give a shorter pipelines.crickets.name`,
      "pipelines.crickets.schedule: a schedule sets no parameters, but InputDataUrl has no default; configure pipelines.crickets.inputDataUrl",
    ]);
  });

  it("rejects a pipeline without a parameter that Scheduler can send", () => {
    const schedule = "rate(1 day)";
    const parameter = (DefaultValue: string) => ({ Name: "Uri", Type: "String" as const, DefaultValue });
    const needed = [
      "pipelines.crickets.schedule: EventBridge needs a parameter to send, but the pipeline has none whose default has 1 to 1024 characters; add such a parameter",
    ];
    for (const Parameters of [[], [parameter("")], [parameter("a".repeat(1025))]])
      assert.deepEqual(problems({ schedule }, "crickets", { Parameters }), needed);
    assert.deepEqual(problems({ schedule }, "crickets", { Parameters: [parameter(""), parameter("a")] }), []);
  });
});
