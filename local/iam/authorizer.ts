import { localAccount } from "../state/arn.ts";
import { AccessDenied, RoleNotAssumable } from "./access-denied.ts";
import { callQuestion, trustQuestion } from "./question.ts";
import type { Caller, IamCall } from "./recorded-call.ts";
import type { RolePolicies, RolePolicyReader } from "./role-policies.ts";
import type { Denial, Question, Simulate } from "./simulator.ts";

export interface AuthorizerOptions {
  readonly roles: Pick<RolePolicyReader, "read">;
  /** Undefined where it is not installed: everything is allowed then. */
  readonly simulator: () => Promise<Simulate | undefined>;
  /** The policy of a bucket, as it was put. */
  readonly bucketPolicy: (bucket: string) => string | undefined;
  readonly log: (line: string) => void;
}

/** A role that IAM does not have: nothing is allowed. */
const nobody = { id: "", tags: {}, trust: {}, identity: [], boundary: undefined };

/** Decides on the calls of roles as IAM would, by the policies that the endpoint's IAM and buckets have now. */
export class Authorizer {
  readonly #options: AuthorizerOptions;
  readonly #unclear = new Set<string>();

  constructor(options: AuthorizerOptions) {
    this.#options = options;
  }

  /** @throws AccessDenied for the first of the calls that the role may not make */
  async demand(caller: Caller, calls: readonly IamCall[]): Promise<void> {
    // What AWS would decide about an action that is not known cannot be known either, but to S3 nothing goes by unasked.
    const known = calls.filter(({ action }) => action === "s3:?" || !action.endsWith(":?"));
    const simulate = await this.#options.simulator();
    if (known.length === 0 || simulate === undefined) return;
    const role = (await this.#options.roles.read(caller.role)) ?? { arn: caller.role, ...nobody };
    const denials = await Promise.all(known.map((call) => this.#ask(simulate, this.#question(caller, call, role))));
    const index = denials.findIndex((denial) => denial !== undefined);
    const [call, denial] = [known[index], denials[index]];
    if (call === undefined || denial === undefined) return;
    throw new AccessDenied(caller, { ...call, action: call.action.replace("?", "*") }, denial);
  }

  /**
   * Whether SageMaker can take on a role.
   *
   * @param source the ARN of the pipeline or the job that it is taken on for
   * @throws RoleNotAssumable
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
      const line = `${question.request.action} is not checked: ${error instanceof Error ? error.message : error}`;
      if (!this.#unclear.has(line)) this.#options.log(line);
      this.#unclear.add(line);
      return undefined;
    }
  }
}
