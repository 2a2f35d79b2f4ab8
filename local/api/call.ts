import type { Executions } from "../engine/executions.ts";
import type { Services } from "../engine/steps/services.ts";

/** What an operation may use, and the region of the request. */
export interface Call extends Services {
  readonly executions: Executions;
  /** From the signature of the request. */
  readonly region: string;
}
