import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import * as CloudControl from "@aws-sdk/client-cloudcontrol";
import {
  asInputs,
  asRequest,
  type Inputs,
  type PlayedResource,
  type ProviderClients,
  unless,
} from "./played-resource.ts";

/** Read-only properties, which a program cannot set. */
const readOnly = ["modelPackageGroupArn", "creationTime", "modelPackageGroupStatus"];

interface NativeType {
  readonly TypeName: string;
  readonly identity: readonly string[];
  readonly readable: (inputs: Inputs) => Inputs;
}

/** Returns a resource of aws-native. Its patches replace whole inputs and contain no read-only properties. */
export function native({ cloudControl }: ProviderClients, { TypeName, ...type }: NativeType): PlayedResource {
  async function finished({ ProgressEvent: event }: { ProgressEvent?: CloudControl.ProgressEvent | undefined }) {
    let current = event;
    while (current?.OperationStatus === "IN_PROGRESS") {
      await delay(1);
      const { RequestToken } = current;
      const status = new CloudControl.GetResourceRequestStatusCommand({ RequestToken });
      current = (await cloudControl.send(status)).ProgressEvent;
    }
    assert.equal(current?.OperationStatus, "SUCCESS", current?.StatusMessage);
    return current?.Identifier ?? "";
  }
  async function read(Identifier: string): Promise<Inputs | undefined> {
    const call = cloudControl.send(new CloudControl.GetResourceCommand({ TypeName, Identifier }));
    const answer = await unless(["ResourceNotFoundException"], call);
    if (answer === undefined) return undefined;
    const properties = asInputs(JSON.parse(answer.ResourceDescription?.Properties ?? "")) as Inputs;
    return Object.fromEntries(Object.entries(properties).filter(([name]) => !readOnly.includes(name)));
  }
  return {
    ...type,
    read,
    async create(inputs) {
      const DesiredState = JSON.stringify(asRequest(inputs));
      return finished(await cloudControl.send(new CloudControl.CreateResourceCommand({ TypeName, DesiredState })));
    },
    async update(Identifier, inputs, last) {
      const changed = (name: string) => JSON.stringify(inputs[name]) !== JSON.stringify(last[name]);
      const path = (name: string) => `/${name.charAt(0).toUpperCase()}${name.slice(1)}`;
      const patch = [
        ...Object.keys(inputs)
          .filter(changed)
          .map((name) => ({ op: name in last ? "replace" : "add", path: path(name), value: asRequest(inputs[name]) })),
        ...Object.keys(last)
          .filter((name) => !(name in inputs))
          .map((name) => ({ op: "remove", path: path(name) })),
      ];
      const PatchDocument = JSON.stringify(patch);
      const command = new CloudControl.UpdateResourceCommand({ TypeName, Identifier, PatchDocument });
      await finished(await cloudControl.send(command));
    },
    async remove(Identifier) {
      await finished(await cloudControl.send(new CloudControl.DeleteResourceCommand({ TypeName, Identifier })));
    },
  };
}
