import type { Authorizer } from "./authorizer.ts";
import type { Caller, IamCall } from "./recorded-call.ts";
import type { RecordedCalls } from "./recorded-calls.ts";

/** What roles do: all of it is recorded, and what their policies do not allow is refused where that is asked for. */
export class RoleCalls {
  readonly #recorded: RecordedCalls;
  readonly #authorizer: Authorizer | undefined;

  /** @param authorizer undefined where everything is allowed */
  constructor(recorded: RecordedCalls, authorizer?: Authorizer) {
    this.#recorded = recorded;
    this.#authorizer = authorizer;
  }

  /** @throws AccessDenied in AWS's words, for the first of the calls that the role may not make */
  async make(caller: Caller, calls: readonly IamCall[]): Promise<void> {
    this.#recorded.record(caller, calls);
    await this.#authorizer?.demand(caller, calls);
  }

  /**
   * SageMaker takes on a role.
   *
   * @param source the ARN of the pipeline or the job that it is taken on for
   * @throws RoleNotAssumable in AWS's words
   */
  async assume(role: string, source: string): Promise<void> {
    await this.#authorizer?.demandRole(role, source);
  }
}
