import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetRoleCommand,
  type IAMClient,
  NoSuchEntityException,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import type { ResourceHandler } from "../resource-handler.ts";

async function roleArn(iam: IAMClient, name: string): Promise<string | undefined> {
  try {
    return (await iam.send(new GetRoleCommand({ RoleName: name }))).Role?.Arn;
  } catch (error) {
    if (error instanceof NoSuchEntityException) return undefined;
    throw error;
  }
}

/** `aws.iam.Role` and the inline `aws.iam.RolePolicy`. */
export function roleHandlers(iam: IAMClient): readonly ResourceHandler[] {
  return [
    {
      type: "aws:iam/role:Role",
      identity: ["name"],
      async apply(inputs) {
        const name = String(inputs["name"]);
        const trust = String(inputs["assumeRolePolicy"]);
        const existing = await roleArn(iam, name);
        if (existing !== undefined) {
          await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: name, PolicyDocument: trust }));
          return { id: name, outputs: { ...inputs, arn: existing } };
        }
        const created = await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: trust }));
        return { id: name, outputs: { ...inputs, arn: created.Role?.Arn } };
      },
      exists: async ({ id }) => (await roleArn(iam, id)) !== undefined,
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
        await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
      },
    },
  ];
}
