import { AsyncLocalStorage } from "node:async_hooks";
import * as pulumi from "@pulumi/pulumi";
import type { RegisterResourceRequest, RegisterResourceResponse } from "@pulumi/pulumi/proto/resource_pb.js";
import type { MockMonitor } from "@pulumi/pulumi/runtime/mocks.js";

type Callback = (error: unknown, response: RegisterResourceResponse | undefined) => void;

/**
 * The option `retainOnDelete` of the resource that is being registered. Pulumi's engine takes it from the request or, without
 * it, from the parent. Pulumi does not pass the option to mocks, so this class reads it from the mock monitor's requests.
 * Source: https://www.pulumi.com/docs/iac/concepts/resources/options/retainondelete/
 */
export class RetainOption {
  readonly #current = new AsyncLocalStorage<boolean>();
  /** The URNs of the resources that have the option. Children inherit it by the URN of their parent. */
  readonly #retained = new Set<string>();

  /** The option of the current resource. Valid only within the mocks' `newResource`. */
  get value(): boolean {
    return this.#current.getStore() ?? false;
  }

  /** Starts to read the requests. Call it after `setMocks`. */
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
