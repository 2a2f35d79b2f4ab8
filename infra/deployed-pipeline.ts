import { Pipeline as NativePipeline } from "@pulumi/aws-native/sagemaker/pipeline.js";
import * as pulumi from "@pulumi/pulumi";
import { codeAssets, definitionBody, type Pipeline } from "#language";
import type { PipelineContext } from "../pipelines/training-pipeline.ts";
import { defined } from "../service-model/defined.ts";
import { CodeUpload } from "./code-upload.ts";
import { definitionSource } from "./definition-source.ts";
import { ModelPackageGroup } from "./model-package-group.ts";
import { tagList } from "./tag-list.ts";

export interface DeployedPipelineArgs {
  /** Has plain values only, so that the first preview shows the whole definition. */
  readonly pipeline: Pipeline;
  readonly context: PipelineContext;
  /** The most steps that run at the same time; by default the pipeline's own number. */
  readonly maxParallelExecutionSteps?: number | undefined;
  /** Whether this component creates the model package group. Otherwise the group must exist. */
  readonly ownsGroup: boolean;
  /** Whether Pulumi protects the group from deletion, if this component creates it. */
  readonly protectModels: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * A pipeline in SageMaker, with the code and the model package group that its definition names. Pass the bucket and the
 * role of its context in `dependsOn`, because the context only has their names.
 */
export class DeployedPipeline extends pulumi.ComponentResource {
  readonly name: pulumi.Output<string>;

  constructor(name: string, args: DeployedPipelineArgs, opts?: pulumi.ComponentResourceOptions) {
    super("training:infra:DeployedPipeline", name, {}, opts);
    const { pipeline, maxParallelExecutionSteps = pipeline.maxParallelExecutionSteps } = args;
    const { modelPackageGroupName: groupName } = args.context;
    const group = args.ownsGroup
      ? [new ModelPackageGroup(name, { groupName, protect: args.protectModels, tags: args.tags }, { parent: this })]
      : [];
    const { body, object } = definitionSource(definitionBody(pipeline), args.context);
    const code = new CodeUpload(
      name,
      { bucketName: args.context.bucket, assets: [...codeAssets(pipeline), ...(object === undefined ? [] : [object])] },
      { parent: this },
    );
    const deployed = new NativePipeline(
      name,
      {
        pipelineName: pipeline.name,
        ...defined({ pipelineDisplayName: pipeline.displayName, pipelineDescription: pipeline.description }),
        ...(maxParallelExecutionSteps === undefined ? {} : { parallelismConfiguration: { maxParallelExecutionSteps } }),
        roleArn: args.context.roleArn,
        ...tagList(args.tags),
        pipelineDefinition:
          object === undefined
            ? { pipelineDefinitionBody: body }
            : { pipelineDefinitionS3Location: { bucket: object.bucket, key: object.key } },
      },
      { parent: this, dependsOn: [code, ...group] },
    );
    this.name = deployed.pipelineName as pulumi.Output<string>;
    this.registerOutputs({ name: this.name });
  }
}
