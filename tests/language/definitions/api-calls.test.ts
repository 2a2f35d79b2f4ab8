import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { definitionBody, failStep, integerParameter, pipeline, stringParameter } from "#language";
import { definitionFile } from "./python-sdk.ts";

describe("requests of the SageMaker Python SDK", () => {
  it("contain the same definition that this language renders for the pipeline", function () {
    const file = definitionFile("api-calls");
    if (!existsSync(file)) {
      console.log("      skipped: the definitions of the SageMaker Python SDK are not beside the repository");
      this.skip();
    }
    const subject = pipeline("ApiCalls", {
      description: "d",
      maxParallelExecutionSteps: 5,
      parameters: [stringParameter("S", { default: "a" }), integerParameter("I", { default: 1 })],
      steps: [failStep("F", { errorMessage: "x" })],
    });
    const [[operation, request]] = JSON.parse(readFileSync(file, "utf8"));
    assert.equal(operation, "CreatePipeline");
    assert.deepEqual(JSON.parse(definitionBody(subject)), JSON.parse(request.PipelineDefinition));
    assert.deepEqual(
      [subject.name, subject.description, subject.maxParallelExecutionSteps],
      [request.PipelineName, request.PipelineDescription, request.ParallelismConfiguration.MaxParallelExecutionSteps],
    );
  });
});
