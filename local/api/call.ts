import type { Executions } from "../engine/executions.ts";
import type { Services } from "../engine/steps/services.ts";

/** The services that an operation may use, and the region of its request. */
export interface Call extends Services {
  readonly executions: Executions;
  /** The region in the request's signature. */
  readonly region: string;
}
