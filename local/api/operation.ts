import type { Executions } from "../engine/executions.ts";
import type { Services } from "../engine/steps/services.ts";

/** One call: everything an operation may use, and whose call it is. */
export interface Call extends Services {
  readonly executions: Executions;
  /** From the signature of the request. */
  readonly region: string;
}

/** An operation of AWS's JSON protocol: input and output in the shapes of the wire. */
export type Operation<Input, Output> = (input: Input, call: Call) => Output | Promise<Output>;
