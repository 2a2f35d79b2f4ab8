import { Policy } from "@pulumi/aws/iam/policy.js";
import type { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment.js";
import type * as pulumi from "@pulumi/pulumi";
import { type PolicyStatement, policyDocument } from "./policy.ts";
import { managedPolicyArn, policyParts } from "./policy-parts.ts";

export interface RolePoliciesArgs {
  readonly role: Role;
  /** The role's ARN as a plain text, so that previews show which policies are attached. */
  readonly roleArn: string;
  /** The name of the inline policy. */
  readonly inlineName: string;
  readonly statements: readonly PolicyStatement[];
  readonly tags: Readonly<Record<string, string>>;
}

/** Declares a managed policy and attaches it to the role. */
function attached(
  name: string,
  { role, tags }: RolePoliciesArgs,
  policyArn: string,
  policy: string,
  parent: pulumi.ComponentResource,
): pulumi.Resource {
  const description = "More permissions of a SageMaker training stack's role";
  const own = { name: policyArn.slice(policyArn.indexOf("/") + 1), description, policy, tags };
  const made = new Policy(name, own, { parent });
  return new RolePolicyAttachment(name, { role: role.name, policyArn }, { parent, dependsOn: made });
}

/**
 * Gives a role its permissions in an inline policy, and in managed policies if they exceed IAM's quota of inline ones. The
 * inline policy comes last, so that no permission is missing while it moves to a managed policy.
 *
 * @returns the resources that the permissions depend on
 */
export function rolePolicies(
  name: string,
  args: RolePoliciesArgs,
  parent: pulumi.ComponentResource,
): readonly pulumi.Resource[] {
  const [inline, ...managed] = policyParts(args.statements).map(policyDocument);
  const more = managed.map((policy, index) =>
    attached(`${name}-${index}`, args, managedPolicyArn(args.roleArn, index), policy, parent),
  );
  if (inline === undefined) return [];
  const own = { name: args.inlineName, role: args.role.name, policy: inline };
  return [...more, new RolePolicy(name, own, { parent, dependsOn: [...more] })];
}
