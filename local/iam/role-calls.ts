import type { Authorizer } from "./authorizer.ts";
import type { Caller, IamCall } from "./recorded-call.ts";
import type { RecordedCalls } from "./recorded-calls.ts";

/** Records all calls of roles, and rejects calls that their policies do not allow if the endpoint authorizes. */
export class RoleCalls {
  readonly #recorded: RecordedCalls;
  readonly #authorizer: Authorizer | undefined;

  /** @param authorizer undefined to allow all calls */
  constructor(recorded: RecordedCalls, authorizer?: Authorizer) {
    this.#recorded = recorded;
    this.#authorizer = authorizer;
  }

  /** Records calls and checks them. @throws AccessDenied with IAM's message for the first denied call */
  async make(caller: Caller, calls: readonly IamCall[]): Promise<void> {
    this.#recorded.record(caller, calls);
    await this.#authorizer?.demand(caller, calls);
  }

  /**
   * Checks that SageMaker can assume a role.
   *
   * @param source the ARN of the pipeline or job for which SageMaker assumes the role
   * @throws RoleNotAssumable with SageMaker's message
   */
  async assume(role: string, source: string): Promise<void> {
    await this.#authorizer?.demandRole(role, source);
  }
}
