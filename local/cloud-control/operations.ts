import type {
  CreateResourceInput,
  DeleteResourceInput,
  GetResourceInput,
  GetResourceOutput,
  GetResourceRequestStatusInput,
  UpdateResourceInput,
} from "@aws-sdk/client-cloudcontrol";
import jsonPatch from "fast-json-patch";
import { AwsError, validationError } from "../aws-error.ts";
import { isRecord } from "../execution/property-path.ts";
import { type Call, required } from "../sagemaker/operation.ts";
import { modelPackageGroupType } from "./model-package-group.ts";
import { pipelineType } from "./pipeline.ts";
import type { Progress, ResourceRequests } from "./requests.ts";
import type { Properties, ResourceType } from "./resource-type.ts";

const types: { readonly [name: string]: ResourceType } = {
  "AWS::SageMaker::ModelPackageGroup": modelPackageGroupType,
  "AWS::SageMaker::Pipeline": pipelineType,
};

interface Answer {
  readonly ProgressEvent: Progress;
}

type CloudControlCall = Call & { readonly requests: ResourceRequests };

export async function createResource(input: CreateResourceInput, call: CloudControlCall): Promise<Answer> {
  const { type, TypeName } = typeOf(input.TypeName);
  const desired = json(input.DesiredState, "DesiredState");
  if (!isRecord(desired)) throw validationError("DesiredState must be a JSON object");
  const request = { TypeName, Operation: "CREATE", ClientToken: input.ClientToken } as const;
  return { ProgressEvent: await call.requests.run(request, call.now(), () => type.create(desired, call)) };
}

export function getResource(input: GetResourceInput, call: CloudControlCall): GetResourceOutput {
  const { type, TypeName } = typeOf(input.TypeName);
  const Identifier = required(input.Identifier, "Identifier");
  try {
    const Properties = JSON.stringify(type.read(Identifier, call));
    return { TypeName, ResourceDescription: { Identifier, Properties } };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new AwsError(
      "ResourceNotFoundException",
      `Resource of type '${TypeName}' with identifier '${Identifier}' was not found.`,
    );
  }
}

export async function updateResource(input: UpdateResourceInput, call: CloudControlCall): Promise<Answer> {
  const { type, TypeName } = typeOf(input.TypeName);
  const Identifier = required(input.Identifier, "Identifier");
  const patch = json(input.PatchDocument, "PatchDocument");
  const request = { TypeName, Operation: "UPDATE", Identifier, ClientToken: input.ClientToken } as const;
  const work = async () => {
    const before = type.read(Identifier, call);
    const after = patched(before, patch);
    for (const name of type.createOnly) {
      if (JSON.stringify(before[name]) !== JSON.stringify(after[name])) {
        throw new AwsError("NotUpdatable", `${name} of ${TypeName} cannot change: the resource must be replaced`);
      }
    }
    await type.update(Identifier, after, call);
    return Identifier;
  };
  return { ProgressEvent: await call.requests.run(request, call.now(), work) };
}

export async function deleteResource(input: DeleteResourceInput, call: CloudControlCall): Promise<Answer> {
  const { type, TypeName } = typeOf(input.TypeName);
  const Identifier = required(input.Identifier, "Identifier");
  const request = { TypeName, Operation: "DELETE", Identifier, ClientToken: input.ClientToken } as const;
  const work = async () => {
    await type.remove(Identifier, call);
    return Identifier;
  };
  return { ProgressEvent: await call.requests.run(request, call.now(), work) };
}

export function getResourceRequestStatus(input: GetResourceRequestStatusInput, call: CloudControlCall): Answer {
  return { ProgressEvent: call.requests.end(required(input.RequestToken, "RequestToken")) };
}

function typeOf(name: string | undefined): { readonly type: ResourceType; readonly TypeName: string } {
  const TypeName = required(name, "TypeName");
  const type = Object.hasOwn(types, TypeName) ? types[TypeName] : undefined;
  if (type !== undefined) return { type, TypeName };
  throw new AwsError(
    "TypeNotFoundException",
    `The type '${TypeName}' does not work locally; types that do: ${Object.keys(types).join(", ")}`,
  );
}

function json(text: string | undefined, member: string) {
  try {
    return JSON.parse(required(text, member));
  } catch (error) {
    throw validationError(`${member} is not JSON: ${error instanceof Error ? error.message : error}`);
  }
}

function patched(properties: Properties, patch: jsonPatch.Operation[]): Properties {
  try {
    return jsonPatch.applyPatch(properties, patch, true, false).newDocument;
  } catch (error) {
    const why = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    throw validationError(`PatchDocument cannot be applied: ${why}`);
  }
}
