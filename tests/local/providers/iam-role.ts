import * as IAM from "@aws-sdk/client-iam";
import { type Inputs, type PlayedResource, type ProviderClients, unless } from "./played-resource.ts";

type Tags = Readonly<Record<string, string>>;

const gone = ["NoSuchEntityException", "NoSuchEntity"];
const tagList = (tags: unknown) => Object.entries((tags ?? {}) as Tags).map(([Key, Value]) => ({ Key, Value }));
/** Parses a policy document, which IAM returns URL-encoded. */
const document = (text: string | undefined) => decodeURIComponent(text ?? "");

/** Terraform's `aws_iam_role`. */
export function playedRole({ iam }: ProviderClients): PlayedResource {
  return {
    identity: ["name"],
    readable: ({ name, description = "", assumeRolePolicy, tags = {} }) => ({
      ...{ name, description, assumeRolePolicy, tags, path: "/", maxSessionDuration: 3600, attached: [] },
    }),
    async create(inputs) {
      const { Role } = await iam.send(
        new IAM.CreateRoleCommand({
          RoleName: String(inputs["name"]),
          Path: "/",
          AssumeRolePolicyDocument: String(inputs["assumeRolePolicy"]),
          MaxSessionDuration: 3600,
          Description: inputs["description"] as string | undefined,
          Tags: tagList(inputs["tags"]),
        }),
      );
      return Role?.RoleName ?? "";
    },
    async read(RoleName) {
      const role = (await unless(gone, iam.send(new IAM.GetRoleCommand({ RoleName }))))?.Role;
      if (role === undefined) return undefined;
      const { PolicyNames = [] } = await iam.send(new IAM.ListRolePoliciesCommand({ RoleName }));
      for (const PolicyName of PolicyNames) await iam.send(new IAM.GetRolePolicyCommand({ RoleName, PolicyName }));
      const { AttachedPolicies } = await iam.send(new IAM.ListAttachedRolePoliciesCommand({ RoleName }));
      return {
        name: role.RoleName,
        description: role.Description ?? "",
        assumeRolePolicy: document(role.AssumeRolePolicyDocument),
        tags: Object.fromEntries((role.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
        path: role.Path,
        maxSessionDuration: role.MaxSessionDuration,
        attached: AttachedPolicies,
      };
    },
    async update(RoleName, inputs, last) {
      const PolicyDocument = String(inputs["assumeRolePolicy"]);
      await iam.send(new IAM.UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }));
      const Description = String(inputs["description"] ?? "");
      await iam.send(new IAM.UpdateRoleDescriptionCommand({ RoleName, Description }));
      const TagKeys = Object.keys((last["tags"] ?? {}) as Tags).filter(
        (key) => !(key in ((inputs["tags"] ?? {}) as Tags)),
      );
      if (TagKeys.length > 0) await iam.send(new IAM.UntagRoleCommand({ RoleName, TagKeys }));
      const Tags = tagList(inputs["tags"]);
      if (Tags.length > 0) await iam.send(new IAM.TagRoleCommand({ RoleName, Tags }));
    },
    async remove(RoleName) {
      await iam.send(new IAM.ListInstanceProfilesForRoleCommand({ RoleName }));
      await iam.send(new IAM.DeleteRoleCommand({ RoleName }));
    },
  };
}

/** Terraform's `aws_iam_role_policy`. */
export function playedRolePolicy({ iam }: ProviderClients): PlayedResource {
  const named = (id: string) => {
    const [RoleName = "", PolicyName = ""] = id.split(":");
    return { RoleName, PolicyName };
  };
  const put = async (inputs: Inputs) => {
    const to = { RoleName: String(inputs["role"]), PolicyName: String(inputs["name"]) };
    await iam.send(new IAM.PutRolePolicyCommand({ ...to, PolicyDocument: String(inputs["policy"]) }));
    return `${to.RoleName}:${to.PolicyName}`;
  };
  return {
    identity: ["role", "name"],
    create: put,
    async read(id) {
      const read = await unless(gone, iam.send(new IAM.GetRolePolicyCommand(named(id))));
      return read && { role: read.RoleName, name: read.PolicyName, policy: document(read.PolicyDocument) };
    },
    async update(_id, inputs) {
      await put(inputs);
    },
    async remove(id) {
      await iam.send(new IAM.DeleteRolePolicyCommand(named(id)));
    },
  };
}
