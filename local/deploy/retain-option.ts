import { AsyncLocalStorage } from "node:async_hooks";
import * as pulumi from "@pulumi/pulumi";
import type { RegisterResourceRequest, RegisterResourceResponse } from "@pulumi/pulumi/proto/resource_pb.js";
import type { MockMonitor } from "@pulumi/pulumi/runtime/mocks.js";

type Callback = (error: unknown, response: RegisterResourceResponse | undefined) => void;

/**
 * The option `retainOnDelete` of the resource that is being registered. Pulumi's engine takes it from the request, or else
 * from the parent; mocks are not told of it, so it is read where they are asked from.
 * Source: https://www.pulumi.com/docs/iac/concepts/resources/options/retainondelete/
 */
export class RetainOption {
  readonly #current = new AsyncLocalStorage<boolean>();
  /** The URNs of the resources that have it, as their children ask for it by these. */
  readonly #retained = new Set<string>();

  /** Within `newResource` of the mocks. */
  get value(): boolean {
    return this.#current.getStore() ?? false;
  }

  /** Reads the requests from here on; after the mocks are set. */
  read(): void {
    const monitor = pulumi.runtime.getMonitor() as unknown as MockMonitor;
    const register = monitor.registerResource.bind(monitor);
    monitor.registerResource = (request: RegisterResourceRequest, callback: Callback) => {
      const retain = request.hasRetainondelete()
        ? request.getRetainondelete() === true
        : this.#retained.has(request.getParent());
      const answer: Callback = (error, response) => {
        if (retain && response !== undefined) this.#retained.add(response.getUrn());
        callback(error, response);
      };
      return this.#current.run(retain, () => register(request, answer));
    };
  }
}
