import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DetachRolePolicyCommand,
  GetPolicyCommand,
  type IAMClient,
  ListPolicyVersionsCommand,
  NoSuchEntityException,
} from "@aws-sdk/client-iam";
import { awsTags } from "./aws-tags.ts";
import type { ResourceHandler } from "./resource-handler.ts";

async function unlessGone(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (error instanceof NoSuchEntityException) return false;
    throw error;
  }
}

/** Deletes the versions of a policy that are not its default. IAM keeps five, and deletes no policy that has more than one. */
async function deleteOldVersions(iam: IAMClient, PolicyArn: string): Promise<void> {
  const { Versions = [] } = await iam.send(new ListPolicyVersionsCommand({ PolicyArn }));
  for (const { VersionId, IsDefaultVersion } of Versions)
    if (IsDefaultVersion !== true) await iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId }));
}

/** Returns the handlers of `aws.iam.Policy` and `aws.iam.RolePolicyAttachment`. */
export function policyHandlers(iam: IAMClient, account: string): readonly ResourceHandler[] {
  return [
    {
      type: "aws:iam/policy:Policy",
      identity: ["name"],
      async apply(inputs) {
        const PolicyName = String(inputs["name"]);
        const PolicyDocument = String(inputs["policy"]);
        const arn = `arn:aws:iam::${account}:policy/${PolicyName}`;
        if (await unlessGone(iam.send(new GetPolicyCommand({ PolicyArn: arn })))) {
          await iam.send(new CreatePolicyVersionCommand({ PolicyArn: arn, PolicyDocument, SetAsDefault: true }));
          await deleteOldVersions(iam, arn);
        } else {
          const Description = String(inputs["description"] ?? "");
          await iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument, Description, Tags: awsTags(inputs) }));
        }
        return { id: arn, outputs: { ...inputs, arn } };
      },
      exists: ({ id }) => unlessGone(iam.send(new GetPolicyCommand({ PolicyArn: id }))),
      async remove({ id }) {
        await unlessGone(deleteOldVersions(iam, id).then(() => iam.send(new DeletePolicyCommand({ PolicyArn: id }))));
      },
    },
    {
      type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
      identity: ["role", "policyArn"],
      async apply(inputs) {
        const [RoleName, PolicyArn] = [String(inputs["role"]), String(inputs["policyArn"])];
        await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
        return { id: `${RoleName}-${PolicyArn}`, outputs: inputs };
      },
      async remove(_resource, inputs) {
        const [RoleName, PolicyArn] = [String(inputs["role"]), String(inputs["policyArn"])];
        await unlessGone(iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn })));
      },
    },
  ];
}
