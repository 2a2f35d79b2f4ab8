import { localAccount } from "../state/arn.ts";
import { AccessDenied, RoleNotAssumable } from "./access-denied.ts";
import { callQuestion, trustQuestion } from "./question.ts";
import type { Caller, IamCall } from "./recorded-call.ts";
import type { RolePolicies, RolePolicyReader } from "./role-policies.ts";
import type { Denial, Question, Simulate } from "./simulator.ts";

export interface AuthorizerOptions {
  readonly roles: Pick<RolePolicyReader, "read">;
  /** Returns the simulator, or undefined if it is not installed. All calls are allowed then. */
  readonly simulator: () => Promise<Simulate | undefined>;
  /** Returns the text of a bucket's policy. */
  readonly bucketPolicy: (bucket: string) => string | undefined;
  readonly log: (line: string) => void;
}

/** The policies of a role that does not exist in IAM. They allow no call. */
const missingRole = { id: "", tags: {}, trust: {}, identity: [], boundary: undefined };

/**
 * Decides as IAM does whether roles may make calls, with the current policies in the endpoint's IAM and of its buckets.
 */
export class Authorizer {
  readonly #options: AuthorizerOptions;
  readonly #unclear = new Set<string>();

  constructor(options: AuthorizerOptions) {
    this.#options = options;
  }

  /** Checks that a role may make all of the calls. @throws AccessDenied for the first denied call */
  async demand(caller: Caller, calls: readonly IamCall[]): Promise<void> {
    // Skips unknown actions, because there is nothing to check. For an unknown S3 request it checks all actions of S3.
    const known = calls.filter(({ action }) => action === "s3:?" || !action.endsWith(":?"));
    const simulate = await this.#options.simulator();
    if (known.length === 0 || simulate === undefined) return;
    const role = (await this.#options.roles.read(caller.role)) ?? { arn: caller.role, ...missingRole };
    const denials = await Promise.all(known.map((call) => this.#ask(simulate, this.#question(caller, call, role))));
    const index = denials.findIndex((denial) => denial !== undefined);
    const [call, denial] = [known[index], denials[index]];
    if (call === undefined || denial === undefined) return;
    throw new AccessDenied(caller, { ...call, action: call.action.replace("?", "*") }, denial);
  }

  /**
   * Checks that SageMaker can assume a role.
   *
   * @param source the ARN of the pipeline or job for which SageMaker assumes the role
   * @throws RoleNotAssumable if the role is missing or its trust policy does not allow it
   */
  async demandRole(arn: string, source: string): Promise<void> {
    const simulate = await this.#options.simulator();
    if (simulate === undefined) return;
    const role = await this.#options.roles.read(arn);
    if (role === undefined || (await this.#ask(simulate, trustQuestion(role, source))) !== undefined)
      throw new RoleNotAssumable(arn);
  }

  #question(caller: Caller, call: IamCall, role: RolePolicies): Question {
    const bucket = /^arn:aws:s3:::([^/]*)/.exec(call.resource)?.[1];
    const text = bucket === undefined ? undefined : this.#options.bucketPolicy(bucket);
    const bucketPolicy: unknown = text === undefined ? undefined : JSON.parse(text);
    return callQuestion(caller, call, role, { bucketPolicy, account: localAccount, now: new Date() });
  }

  async #ask(simulate: Simulate, question: Question): Promise<Denial | undefined> {
    try {
      return await simulate(question);
    } catch (error) {
      const line = `${question.request.action} is allowed without a check: ${error instanceof Error ? error.message : error}`;
      if (!this.#unclear.has(line)) this.#options.log(line);
      this.#unclear.add(line);
      return undefined;
    }
  }
}
