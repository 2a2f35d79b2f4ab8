import { isDeepStrictEqual } from "node:util";
import { definitionOf, type Json, networksOf, pipelineType, stepsOf } from "./pipeline-definition.ts";
import type { Resource, StackRule } from "./rule.ts";

function pipelines(resources: readonly Resource[]): readonly Resource[] {
  return resources.filter(({ type }) => type === pipelineType);
}

/** A rule about the definitions that can be read. */
function definitionRule(
  name: string,
  description: string,
  mistakes: (definition: Json) => readonly string[],
): StackRule {
  return {
    name,
    description,
    checkStack: (resources) =>
      pipelines(resources).flatMap((resource) =>
        mistakes(definitionOf(resource, resources) ?? {}).map((message) => ({ resource, message })),
      ),
  };
}

const known: StackRule = {
  name: "pipeline-definition-known",
  description: "What a pipeline does is in the stack, where it is reviewed.",
  checkStack: (resources) =>
    pipelines(resources)
      .filter((resource) => definitionOf(resource, resources) === undefined)
      .map((resource) => ({
        resource,
        message:
          "The definition is no JSON text of the stack; give it as body, or upload its object in the same stack.",
      })),
};

const pending = "PendingManualApproval";

/** Whether a step's approval status is pending whatever an execution is started with. */
function isPending(status: unknown, definition: Json): boolean {
  const name = /^Parameters\.(.+)$/.exec(String((status as { readonly Get?: unknown } | undefined)?.Get))?.[1];
  const parameters = (definition["Parameters"] ?? []) as readonly Json[];
  const parameter = parameters.find(({ Name }) => Name === name);
  return (
    status === pending ||
    (parameter?.["DefaultValue"] === pending && isDeepStrictEqual(parameter["EnumValues"], [pending]))
  );
}

const registersPending = definitionRule(
  "pipeline-registers-pending",
  "A pipeline registers models for someone else to approve.",
  (definition) =>
    stepsOf(definition["Steps"])
      .filter(
        ({ Type, Arguments }) => Type === "RegisterModel" && !isPending(Arguments["ModelApprovalStatus"], definition),
      )
      .map(
        ({ Name }) =>
          `${Name} can register an approved model; set ModelApprovalStatus to ${pending}, or to a parameter with that as its default and only value.`,
      ),
);

const encryptedTraffic = definitionRule(
  "pipeline-traffic-encrypted",
  "A job's containers in a VPC talk to each other encrypted.",
  (definition) =>
    stepsOf(definition["Steps"]).flatMap((step) =>
      networksOf(step)
        .filter(({ VpcConfig }) => VpcConfig !== undefined)
        .filter(({ EnableInterContainerTrafficEncryption }) => EnableInterContainerTrafficEncryption !== true)
        .map(() => `${step.Name} talks in plain text; set EnableInterContainerTrafficEncryption.`),
    ),
);

const oneNetwork = definitionRule(
  "pipeline-in-one-network",
  "If one job is in a VPC, none reaches around it.",
  (definition) => {
    const jobs = stepsOf(definition["Steps"]).flatMap((step) => networksOf(step).map((network) => ({ step, network })));
    if (!jobs.some(({ network }) => network["VpcConfig"] !== undefined)) return [];
    return jobs
      .filter(({ network }) => network["VpcConfig"] === undefined && network["EnableNetworkIsolation"] !== true)
      .map(({ step }) => `${step.Name} is outside the VPC of the others; give it a VpcConfig or isolate it.`);
  },
);

export const pipelineRules = [known, registersPending, encryptedTraffic, oneNetwork];
