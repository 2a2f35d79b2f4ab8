import type { CreateActionRequest, CreateArtifactRequest, CreateContextRequest } from "@aws-sdk/client-sagemaker";
import type { Expressible, ExpressibleObject } from "../expressions/expressible.ts";
import type { Value } from "../expressions/expression.ts";
import { plainJobStep, type TypedJobStep, type WithArguments } from "./job-step.ts";
import type { StepOptions } from "./step-options.ts";

/** One end of an association: an entity that the same step creates, or the ARN of an existing one. */
export type LineageEntity =
  | { readonly Name: Value<string>; readonly Type: "Action" | "Artifact" | "Context" }
  | { readonly Arn: Value<string> };

/** The lineage entities to create, and the associations between them. */
export interface LineageArguments {
  readonly Actions?: readonly ExpressibleObject<CreateActionRequest>[];
  readonly Artifacts?: readonly ExpressibleObject<CreateArtifactRequest>[];
  readonly Contexts?: readonly ExpressibleObject<CreateContextRequest>[];
  readonly Associations?: readonly {
    readonly Source: LineageEntity;
    readonly Destination: LineageEntity;
    readonly AssociationType?: Expressible<"ContributedTo" | "AssociatedWith" | "DerivedFrom" | "Produced" | "SameAs">;
  }[];
}

/** The ARNs of the created lineage entities, by name. */
export interface LineageDescription {
  ActionArns: Record<string, string>;
  ArtifactArns: Record<string, string>;
  ContextArns: Record<string, string>;
}

/** A step whose properties are the ARNs of the created lineage entities. */
export type LineageStep = TypedJobStep<"Lineage", LineageDescription>;

/**
 * Declares a step that records lineage: actions, artifacts, contexts and the associations between them.
 * Source: https://github.com/aws/sagemaker-python-sdk/pull/6224
 */
export function lineageStep(name: string, options: WithArguments<LineageArguments, StepOptions>): LineageStep {
  return plainJobStep("Lineage", name, options);
}
