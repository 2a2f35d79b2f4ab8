import { setTimeout as sleep } from "node:timers/promises";
import {
  type CloudControlClient,
  CreateResourceCommand,
  DeleteResourceCommand,
  GetResourceCommand,
  GetResourceRequestStatusCommand,
  type ProgressEvent,
  ResourceNotFoundException,
  UpdateResourceCommand,
} from "@aws-sdk/client-cloudcontrol";
import type { ResourceHandler, ResourceState } from "./resource-handler.ts";

/** A resource type of `aws-native`, which the provider manages through Cloud Control. */
export interface CloudControlType {
  readonly type: string;
  readonly typeName: string;
  /** The input with the resource's name. */
  readonly nameInput: string;
  /** Optional properties. They are removed when the program no longer gives them. */
  readonly optional: readonly string[];
  /** Returns Cloud Control's identifier of the resource with this name. */
  identifier(name: string): string;
  /** Deletes the content of the resource. AWS does not delete the resource before. */
  empty?(name: string): Promise<void>;
}

/** Changes Pulumi's key names to CloudFormation's, which differ in a capital first letter, at every level. */
function toCloudFormation(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toCloudFormation);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key.charAt(0).toUpperCase() + key.slice(1), toCloudFormation(item)]),
  );
}

/** Waits until a request of Cloud Control has ended, and returns the resource's identifier. @throws Error if it failed */
async function finished(client: CloudControlClient, event: ProgressEvent | undefined): Promise<string> {
  let current = event;
  while (current?.OperationStatus === "IN_PROGRESS" || current?.OperationStatus === "PENDING") {
    await sleep(50);
    const status = await client.send(new GetResourceRequestStatusCommand({ RequestToken: current.RequestToken }));
    current = status.ProgressEvent;
  }
  if (current?.OperationStatus !== "SUCCESS")
    throw new Error(`${current?.ErrorCode ?? "unknown error"}: ${current?.StatusMessage ?? "no message"}`);
  return current.Identifier ?? "";
}

async function currentProperties(client: CloudControlClient, typeName: string, identifier: string) {
  try {
    const resource = await client.send(new GetResourceCommand({ TypeName: typeName, Identifier: identifier }));
    return JSON.parse(resource.ResourceDescription?.Properties ?? "{}") as Record<string, unknown>;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

/** Returns the JSON Patch that turns the current properties into the desired ones. */
function changes(current: ResourceState, desired: ResourceState, optional: readonly string[]) {
  const puts = Object.entries(desired)
    .filter(([key, value]) => JSON.stringify(current[key]) !== JSON.stringify(value))
    .map(([key, value]) => ({ op: key in current ? "replace" : "add", path: `/${key}`, value }));
  const gone = optional.filter((key) => key in current && !(key in desired));
  return [...puts, ...gone.map((key) => ({ op: "remove", path: `/${key}` }))];
}

/** Returns the handler of a resource type that is managed through Cloud Control. */
export function cloudControlHandler(client: CloudControlClient, resource: CloudControlType): ResourceHandler {
  const { type, typeName, nameInput } = resource;
  return {
    type,
    identity: [nameInput],
    isRegional: true,
    async apply(inputs: ResourceState) {
      const desired = toCloudFormation(inputs) as Record<string, unknown>;
      const wanted = resource.identifier(String(inputs[nameInput]));
      const current = await currentProperties(client, typeName, wanted);
      if (current === undefined) {
        const request = { TypeName: typeName, DesiredState: JSON.stringify(desired) };
        const created = await client.send(new CreateResourceCommand(request));
        return { id: await finished(client, created.ProgressEvent), outputs: inputs };
      }
      const patch = changes(current, desired, resource.optional);
      if (patch.length > 0) {
        const request = { TypeName: typeName, Identifier: wanted, PatchDocument: JSON.stringify(patch) };
        await finished(client, (await client.send(new UpdateResourceCommand(request))).ProgressEvent);
      }
      return { id: wanted, outputs: inputs };
    },
    exists: async ({ id }) => (await currentProperties(client, typeName, id)) !== undefined,
    async remove({ id }, inputs) {
      await resource.empty?.(String(inputs[nameInput]));
      const request = { TypeName: typeName, Identifier: id };
      await finished(client, (await client.send(new DeleteResourceCommand(request))).ProgressEvent);
    },
  };
}
