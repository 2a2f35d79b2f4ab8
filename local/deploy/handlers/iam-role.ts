import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetRoleCommand,
  type IAMClient,
  NoSuchEntityException,
  PutRolePolicyCommand,
  type Role,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from "@aws-sdk/client-iam";
import { awsTags } from "./aws-tags.ts";
import type { ResourceHandler, ResourceState } from "./resource-handler.ts";

async function findRole(iam: IAMClient, name: string): Promise<Role | undefined> {
  try {
    return (await iam.send(new GetRoleCommand({ RoleName: name }))).Role;
  } catch (error) {
    if (error instanceof NoSuchEntityException) return undefined;
    throw error;
  }
}

/** Updates an existing role to the inputs of the program. */
async function updateRole(iam: IAMClient, role: Role, inputs: ResourceState): Promise<void> {
  const { RoleName } = role;
  const trust = String(inputs["assumeRolePolicy"]);
  await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trust }));
  await iam.send(new UpdateRoleCommand({ RoleName, Description: String(inputs["description"] ?? "") }));
  const tags = awsTags(inputs);
  const gone = (role.Tags ?? []).flatMap(({ Key = "" }) => (tags.some((tag) => tag.Key === Key) ? [] : [Key]));
  if (gone.length > 0) await iam.send(new UntagRoleCommand({ RoleName, TagKeys: gone }));
  if (tags.length > 0) await iam.send(new TagRoleCommand({ RoleName, Tags: tags }));
}

/** Returns the handlers of `aws.iam.Role` and the inline `aws.iam.RolePolicy`. */
export function roleHandlers(iam: IAMClient): readonly ResourceHandler[] {
  return [
    {
      type: "aws:iam/role:Role",
      identity: ["name"],
      async apply(inputs) {
        const name = String(inputs["name"]);
        const existing = await findRole(iam, name);
        if (existing !== undefined) {
          await updateRole(iam, existing, inputs);
          return { id: name, outputs: { ...inputs, arn: existing.Arn } };
        }
        const created = await iam.send(
          new CreateRoleCommand({
            RoleName: name,
            AssumeRolePolicyDocument: String(inputs["assumeRolePolicy"]),
            Description: inputs["description"] as string | undefined,
            Tags: awsTags(inputs),
          }),
        );
        return { id: name, outputs: { ...inputs, arn: created.Role?.Arn } };
      },
      exists: async ({ id }) => (await findRole(iam, id)) !== undefined,
      async remove({ id }) {
        await iam.send(new DeleteRoleCommand({ RoleName: id }));
      },
    },
    {
      type: "aws:iam/rolePolicy:RolePolicy",
      identity: ["role", "name"],
      async apply(inputs) {
        const role = String(inputs["role"]);
        const name = String(inputs["name"]);
        const document = String(inputs["policy"]);
        await iam.send(new PutRolePolicyCommand({ RoleName: role, PolicyName: name, PolicyDocument: document }));
        return { id: `${role}:${name}`, outputs: inputs };
      },
      async remove(_resource, inputs) {
        const [RoleName, PolicyName] = [String(inputs["role"]), String(inputs["name"])];
        await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName })).catch((error: unknown) => {
          if (!(error instanceof NoSuchEntityException)) throw error;
        });
      },
    },
  ];
}
