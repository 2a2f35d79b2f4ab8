import type { IAMClient } from "@aws-sdk/client-iam";

export interface NamedPolicy {
  readonly name: string;
  readonly policy: unknown;
}

/** A role as IAM has it. */
export interface RolePolicies {
  readonly arn: string;
  /** `AROA...` */
  readonly id: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Who may take it on. */
  readonly trust: unknown;
  /** Those inside of it and those attached to it. */
  readonly identity: readonly NamedPolicy[];
  /** Undefined where it has none. */
  readonly boundary: NamedPolicy | undefined;
}

type Sdk = typeof import("@aws-sdk/client-iam");

/**
 * The roles of the endpoint's IAM. A role is read once until something changes in IAM: a changed policy holds from the next
 * call on, which on AWS takes seconds.
 */
export class RolePolicyReader {
  readonly #endpoint: string;
  readonly #roles = new Map<string, Promise<RolePolicies | undefined>>();
  #changing = 0;
  #iam: Promise<readonly [Sdk, IAMClient]> | undefined;

  /** @param endpoint where IAM is */
  constructor(endpoint: string) {
    this.#endpoint = endpoint;
  }

  /**
   * Forgets what is known, as IAM may be changing, and remembers nothing until it has: whoever asked for the change can have
   * its answer before this side knows that it was sent.
   *
   * @returns what to call when it has
   */
  changing(): () => void {
    this.#changing++;
    this.#roles.clear();
    return () => {
      this.#changing--;
      this.#roles.clear();
    };
  }

  /** The role of an ARN; undefined when there is none. */
  read(arn: string): Promise<RolePolicies | undefined> {
    if (this.#changing > 0) return this.#read(arn);
    const known = this.#roles.get(arn) ?? this.#read(arn);
    this.#roles.set(arn, known);
    known.catch(() => this.#roles.delete(arn));
    return known;
  }

  async #read(arn: string): Promise<RolePolicies | undefined> {
    this.#iam ??= connect(this.#endpoint);
    const [sdk, iam] = await this.#iam;
    const RoleName = arn.split("/").at(-1) ?? "";
    try {
      const { Role: role } = await iam.send(new sdk.GetRoleCommand({ RoleName }));
      // A name is unique in an account; its path has to be right, too.
      if (role?.Arn !== arn) return undefined;
      const boundaryArn = role.PermissionsBoundary?.PermissionsBoundaryArn;
      const [inside, attached, boundary] = await Promise.all([
        inlinePolicies(sdk, iam, RoleName),
        attachedPolicies(sdk, iam, RoleName),
        boundaryArn === undefined ? undefined : boundaryPolicy(sdk, iam, boundaryArn),
      ]);
      return {
        arn,
        id: role.RoleId ?? "",
        tags: Object.fromEntries((role.Tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value])),
        trust: document(role.AssumeRolePolicyDocument),
        identity: [...inside, ...attached],
        boundary,
      };
    } catch (error) {
      if (error instanceof sdk.NoSuchEntityException) return undefined;
      throw error;
    }
  }
}

async function connect(endpoint: string): Promise<readonly [Sdk, IAMClient]> {
  const sdk = await import("@aws-sdk/client-iam");
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  return [sdk, new sdk.IAMClient({ endpoint, region: "us-east-1", credentials })];
}

async function inlinePolicies(sdk: Sdk, iam: IAMClient, RoleName: string): Promise<readonly NamedPolicy[]> {
  const { PolicyNames = [] } = await iam.send(new sdk.ListRolePoliciesCommand({ RoleName }));
  return Promise.all(
    PolicyNames.map(async (PolicyName) => {
      const { PolicyDocument } = await iam.send(new sdk.GetRolePolicyCommand({ RoleName, PolicyName }));
      return { name: PolicyName, policy: document(PolicyDocument) };
    }),
  );
}

async function attachedPolicies(sdk: Sdk, iam: IAMClient, RoleName: string): Promise<readonly NamedPolicy[]> {
  const { AttachedPolicies = [] } = await iam.send(new sdk.ListAttachedRolePoliciesCommand({ RoleName }));
  return Promise.all(AttachedPolicies.map(({ PolicyArn = "" }) => managedPolicy(sdk, iam, PolicyArn)));
}

/** A boundary that the endpoint's IAM does not have, as one that another stack made, cannot be asked about anything. */
async function boundaryPolicy(sdk: Sdk, iam: IAMClient, arn: string): Promise<NamedPolicy | undefined> {
  return managedPolicy(sdk, iam, arn).catch((error) => {
    if (error instanceof sdk.NoSuchEntityException) return undefined;
    throw error;
  });
}

async function managedPolicy(sdk: Sdk, iam: IAMClient, PolicyArn: string): Promise<NamedPolicy> {
  const { Policy } = await iam.send(new sdk.GetPolicyCommand({ PolicyArn }));
  const VersionId = Policy?.DefaultVersionId;
  const { PolicyVersion } = await iam.send(new sdk.GetPolicyVersionCommand({ PolicyArn, VersionId }));
  return { name: PolicyArn, policy: document(PolicyVersion?.Document) };
}

/** IAM answers documents encoded as a part of a URL. */
function document(text = "{}"): unknown {
  return JSON.parse(text.startsWith("{") ? text : decodeURIComponent(text));
}
