import type { ParallelismConfiguration, Tag } from "@aws-sdk/client-sagemaker";
import type { Json } from "../../pipelines/sagemaker/definition.ts";
import { isRecord } from "../execution/property-path.ts";
import { createPipeline } from "../sagemaker/create-pipeline.ts";
import { deletePipeline } from "../sagemaker/delete-pipeline.ts";
import { findPipeline } from "../sagemaker/pipeline.ts";
import { setTags, tagsOf } from "../sagemaker/tags.ts";
import { updatePipeline } from "../sagemaker/update-pipeline.ts";
import { type Properties, type ResourceType, textOf } from "./resource-type.ts";

/** `AWS::SageMaker::Pipeline`; its identifier is its name. */
export const pipelineType: ResourceType = {
  createOnly: ["PipelineName"],
  async create(desired, call) {
    const PipelineName = textOf(desired, "PipelineName");
    await createPipeline(
      { PipelineName, ClientRequestToken: undefined, ...request(desired), Tags: tags(desired) },
      call,
    );
    return PipelineName ?? "";
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
    const { PipelineArn } = findPipeline(identifier, call);
    await updatePipeline({ PipelineName: identifier, ...request(desired) }, call);
    setTags(PipelineArn, tags(desired), call);
  },
  async remove(identifier, call) {
    await deletePipeline({ PipelineName: identifier, ClientRequestToken: undefined }, call);
  },
};

function request(desired: Properties) {
  const definition = desired["PipelineDefinition"];
  const source = isRecord(definition) ? definition : {};
  const location = source["PipelineDefinitionS3Location"];
  return {
    ...(isRecord(location)
      ? { PipelineDefinitionS3Location: { Bucket: String(location["Bucket"]), ObjectKey: String(location["Key"]) } }
      : { PipelineDefinition: textOf(source, "PipelineDefinitionBody") }),
    PipelineDisplayName: textOf(desired, "PipelineDisplayName"),
    PipelineDescription: textOf(desired, "PipelineDescription"),
    RoleArn: textOf(desired, "RoleArn"),
    ParallelismConfiguration: desired["ParallelismConfiguration"] as ParallelismConfiguration | undefined,
  };
}

/** The tags in CloudFormation's shape, which is SageMaker's. */
export function tags(desired: Properties): Tag[] {
  return (desired["Tags"] ?? []) as unknown as Tag[];
}

/** Without the properties that have no value: JSON has no `undefined`. */
export function defined(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
}
