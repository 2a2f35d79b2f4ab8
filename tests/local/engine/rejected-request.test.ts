import assert from "node:assert/strict";
import { rejectedRequest } from "../../../local/engine/rejected-request.ts";
import { generatedModel } from "../../../service-model/service-model.ts";

const cluster = { InstanceCount: 1, InstanceType: "ml.m5.large", VolumeSizeInGB: 1 };
const RoleArn = "arn:aws:iam::123456789012:role/r";
const processing = (command: object) => ({
  ProcessingResources: { ClusterConfig: cluster },
  AppSpecification: { ImageUri: "image", ...command },
  RoleArn,
});
const training = (command: object) => ({
  AlgorithmSpecification: { TrainingImage: "image", TrainingInputMode: "File", ...command },
  OutputDataConfig: { S3OutputPath: "s3://b/m" },
  ResourceConfig: cluster,
  StoppingCondition: { MaxRuntimeInSeconds: 60 },
  RoleArn,
});

/** Requests with evaluated expressions, and AWS's words about the empty text in them. */
const requests = [
  [
    "Processing",
    processing({ ContainerArguments: ["--day", ""] }),
    /CreateProcessingJob.*in ContainerArguments at index 1\./,
  ],
  ["Processing", processing({ ContainerEntrypoint: [""] }), /CreateProcessingJob.*in ContainerEntrypoint at index 0\./],
  ["Training", training({ ContainerArguments: [""] }), /CreateTrainingJob.*in ContainerArguments at index 0\./],
] as const;

describe("rejecting a step's request", () => {
  for (const [type, request, reason] of requests)
    it(`fails a ${type} step if an expression in its command has an empty value: ${reason.source.replaceAll("\\", "")}`, () => {
      assert.match(rejectedRequest(generatedModel(), type, request) ?? "", reason);
    });

  it("accepts a command without empty texts", () => {
    const request = processing({ ContainerArguments: ["--day", "monday"] });
    assert.equal(rejectedRequest(generatedModel(), "Processing", request), undefined);
  });
});
