import { isDeepStrictEqual } from "node:util";
import { definitionOf, type JsonObject, networksOf, pipelineType, stepsOf } from "./pipeline-definition.ts";
import type { Resource, StackRule } from "./rule.ts";

function pipelines(resources: readonly Resource[]): readonly Resource[] {
  return resources.filter(({ type }) => type === pipelineType);
}

/** Returns a rule about the definitions that are in the stack. */
function definitionRule(
  name: string,
  description: string,
  mistakes: (definition: JsonObject) => readonly string[],
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
  description: "The definition of a pipeline is in the stack, so that it can be reviewed.",
  checkStack: (resources) =>
    pipelines(resources)
      .filter((resource) => definitionOf(resource, resources) === undefined)
      .map((resource) => ({
        resource,
        message:
          "The definition is not a JSON text in this stack; give it as the body, or upload its object in the same stack.",
      })),
};

const pending = "PendingManualApproval";

/** Tells whether a step's approval status is always pending, whatever the parameters of the execution. */
function isPending(status: unknown, definition: JsonObject): boolean {
  const name = /^Parameters\.(.+)$/.exec(String((status as { readonly Get?: unknown } | undefined)?.Get))?.[1];
  const parameters = (definition["Parameters"] ?? []) as readonly JsonObject[];
  const parameter = parameters.find(({ Name }) => Name === name);
  return (
    status === pending ||
    (parameter?.["DefaultValue"] === pending && isDeepStrictEqual(parameter["EnumValues"], [pending]))
  );
}

const registersPending = definitionRule(
  "pipeline-registers-pending",
  "A pipeline registers models as pending only.",
  (definition) =>
    stepsOf(definition["Steps"])
      .filter(
        ({ Type, Arguments }) => Type === "RegisterModel" && !isPending(Arguments["ModelApprovalStatus"], definition),
      )
      .map(
        ({ Name }) =>
          `${Name} can register an approved model; set ModelApprovalStatus to ${pending}, or to a parameter whose default and only enum value is ${pending}.`,
      ),
);

const encryptedTraffic = definitionRule(
  "pipeline-traffic-encrypted",
  "Traffic between a job's containers in a VPC is encrypted.",
  (definition) =>
    stepsOf(definition["Steps"]).flatMap((step) =>
      networksOf(step)
        .filter(({ VpcConfig }) => VpcConfig !== undefined)
        .filter(({ EnableInterContainerTrafficEncryption }) => EnableInterContainerTrafficEncryption !== true)
        .map(() => `${step.Name} has containers that talk in plain text; set EnableInterContainerTrafficEncryption.`),
    ),
);

const oneNetwork = definitionRule(
  "pipeline-in-one-network",
  "If one job of a pipeline is in a VPC, all its jobs are.",
  (definition) => {
    const jobs = stepsOf(definition["Steps"]).flatMap((step) => networksOf(step).map((network) => ({ step, network })));
    if (!jobs.some(({ network }) => network["VpcConfig"] !== undefined)) return [];
    return jobs
      .filter(({ network }) => network["VpcConfig"] === undefined && network["EnableNetworkIsolation"] !== true)
      .map(
        ({ step }) =>
          `${step.Name} is outside the VPC of the other jobs; give it a VpcConfig, or set EnableNetworkIsolation.`,
      );
  },
);

export const pipelineRules = [known, registersPending, encryptedTraffic, oneNetwork];
