import { GetObjectCommand } from "@aws-sdk/client-s3";
import type { ParallelismConfiguration } from "@aws-sdk/client-sagemaker";
import { z } from "zod";
import { arnParts } from "../../service-model/arn.ts";
import { defined } from "../../service-model/defined.ts";
import type { Json } from "../../service-model/definition.ts";
import type { Call } from "../api/call.ts";
import { createPipeline, deletePipeline, updatePipeline } from "../api/pipeline.ts";
import { findPipeline } from "../state/pipeline.ts";
import { setTags, tagsOf } from "../state/tags.ts";
import { AwsError, validationError } from "../wire/aws-error.ts";
import { desiredTags, nameModel, tagsModel } from "./resource-model.ts";
import { type ResourceProperties, type ResourceType, textOf } from "./resource-type.ts";

const definitionModel = z.union([
  z.strictObject({ PipelineDefinitionBody: z.string() }),
  z.strictObject({
    PipelineDefinitionS3Location: z.strictObject({
      Bucket: z.string(),
      Key: z.string(),
      Version: z.string().optional(),
      ETag: z.string().optional(),
    }),
  }),
]);

/**
 * The type `AWS::SageMaker::Pipeline`, which is identified by its name. As on AWS, reading a pipeline returns the
 * definition's text, even if the desired state named an object on S3.
 */
export const pipelineResource: ResourceType = {
  name: "AWS::SageMaker::Pipeline",
  identifier: { property: "PipelineName" },
  createOnly: ["PipelineName"],
  readOnly: [],
  model: z.strictObject({
    PipelineName: nameModel(256),
    PipelineDisplayName: nameModel(256).optional(),
    PipelineDescription: z.string().max(3072).optional(),
    PipelineDefinition: definitionModel,
    RoleArn: z
      .string()
      .min(20)
      .max(2048)
      .regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/?[a-zA-Z_0-9+=,.@\-_/]+$/),
    Tags: tagsModel.optional(),
    ParallelismConfiguration: z.strictObject({ MaxParallelExecutionSteps: z.int().min(1) }).optional(),
  }),
  async create(desired, call) {
    const request = await pipelineRequest(desired, call);
    await createPipeline({ ...request, ClientRequestToken: undefined, Tags: desiredTags(desired) }, call);
    return request.PipelineName ?? "";
  },
  read(identifier, call) {
    const pipeline = findPipeline(identifier, call);
    return defined({
      PipelineName: pipeline.PipelineName,
      PipelineDisplayName: pipeline.PipelineDisplayName,
      PipelineDescription: pipeline.PipelineDescription,
      PipelineDefinition: { PipelineDefinitionBody: pipeline.PipelineDefinition ?? "" },
      RoleArn: pipeline.RoleArn,
      ParallelismConfiguration: pipeline.ParallelismConfiguration as Json | undefined,
      Tags: tagsOf(pipeline.PipelineArn, call) as unknown as Json,
    });
  },
  async update(identifier, desired, call) {
    const request = await pipelineRequest(desired, call);
    await updatePipeline(request, call);
    const pipeline = findPipeline(identifier, call);
    // A desired state is complete, so a missing member resets its value. UpdatePipeline would keep the old value.
    call.store.pipelines.put(pipeline.PipelineArn, {
      ...pipeline,
      PipelineDisplayName: request.PipelineDisplayName ?? pipeline.PipelineName,
      PipelineDescription: request.PipelineDescription,
      ParallelismConfiguration: request.ParallelismConfiguration,
    });
    setTags(pipeline.PipelineArn, desiredTags(desired), call);
  },
  async remove(identifier, call) {
    await deletePipeline({ PipelineName: identifier, ClientRequestToken: undefined }, call);
  },
  list: ({ store, region }) =>
    store.pipelines
      .values()
      .filter(({ PipelineArn }) => arnParts(PipelineArn).region === region)
      .map(({ PipelineName }) => PipelineName)
      .sort(),
};

async function pipelineRequest(desired: ResourceProperties, call: Call) {
  return {
    PipelineName: textOf(desired, "PipelineName"),
    PipelineDisplayName: textOf(desired, "PipelineDisplayName"),
    PipelineDescription: textOf(desired, "PipelineDescription"),
    PipelineDefinition: await definitionText(desired["PipelineDefinition"], call),
    RoleArn: textOf(desired, "RoleArn"),
    ParallelismConfiguration: desired["ParallelismConfiguration"] as ParallelismConfiguration | undefined,
  };
}

/**
 * Reads the definition's text from the property or from S3.
 *
 * @throws AwsError `ValidationException` if the object cannot be read or its ETag is not the given one
 */
async function definitionText(value: Json | undefined, call: Call): Promise<string> {
  const definition = definitionModel.parse(value);
  if ("PipelineDefinitionBody" in definition) return definition.PipelineDefinitionBody;
  const { Bucket, Key, Version, ETag } = definition.PipelineDefinitionS3Location;
  try {
    const command = new GetObjectCommand({ Bucket, Key, VersionId: Version, IfMatch: ETag });
    return (await (await call.runtime.s3(call.region).send(command)).Body?.transformToString()) ?? "";
  } catch (error) {
    if (error instanceof AwsError) throw error;
    throw validationError(
      `The pipeline definition s3://${Bucket}/${Key} cannot be read: ${error instanceof Error ? error.name : error}`,
    );
  }
}
