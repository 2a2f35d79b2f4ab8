import type { IAMClient } from "@aws-sdk/client-iam";

export interface NamedPolicy {
  readonly name: string;
  readonly policy: unknown;
}

/** A role in IAM, with all its policies. */
export interface RolePolicies {
  readonly arn: string;
  /** The role's unique id: `AROA...`. */
  readonly id: string;
  readonly tags: Readonly<Record<string, string>>;
  /** The trust policy. */
  readonly trust: unknown;
  /** The inline and the attached policies. */
  readonly identity: readonly NamedPolicy[];
  /** The permissions boundary, if the role has one. */
  readonly boundary: NamedPolicy | undefined;
}

type Sdk = typeof import("@aws-sdk/client-iam");

/**
 * Reads roles from the endpoint's IAM and caches them until a request may change IAM. So a changed policy applies from
 * the next call on. On AWS this takes seconds.
 */
export class RolePolicyReader {
  readonly #endpoint: string;
  readonly #roles = new Map<string, Promise<RolePolicies | undefined>>();
  #changing = 0;
  #iam: Promise<readonly [Sdk, IAMClient]> | undefined;

  /** @param endpoint the URL of moto, which answers for IAM */
  constructor(endpoint: string) {
    this.#endpoint = endpoint;
  }

  /**
   * Clears the cache and disables it while a request may change IAM. The cache stays disabled until the answer is sent,
   * because the client may already know the new policy before this process sees that.
   *
   * @returns a function to call after the answer was sent
   */
  changing(): () => void {
    this.#changing++;
    this.#roles.clear();
    return () => {
      this.#changing--;
      this.#roles.clear();
    };
  }

  /** Returns a role by its ARN, or undefined if it does not exist. */
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
      // GetRole finds a role by its name alone, so this compares the path as well.
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

/** Reads a permissions boundary. Ignores a boundary that is missing here, such as one that another stack creates. */
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

/** Parses a policy document, which IAM returns URL-encoded. */
function document(text = "{}"): unknown {
  return JSON.parse(text.startsWith("{") ? text : decodeURIComponent(text));
}
