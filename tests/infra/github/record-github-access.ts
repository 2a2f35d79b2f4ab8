/** Creates a `GithubAccess` with the given arguments under Pulumi's mocks, and prints its resources. Runs in a separate process. */
import * as pulumi from "@pulumi/pulumi";
import type { GithubAccessArgs } from "../../../infra/github/workflow-roles.ts";

export interface RecordedAccess {
  readonly resources: readonly {
    readonly type: string;
    readonly name: string;
    readonly inputs: Readonly<Record<string, unknown>>;
    readonly retainOnDelete: boolean;
  }[];
  readonly previewRoleArn: string;
  readonly deployRoleArn: string;
  readonly driftRoleArn: string;
  readonly devStackRoleArn?: string;
}

const args = JSON.parse(process.argv[2] ?? "{}") as GithubAccessArgs;
const resources: RecordedAccess["resources"][number][] = [];
const retained = new Set<string>();

await pulumi.runtime.setMocks({
  newResource({ type, name, inputs, custom }) {
    if (custom === true) resources.push({ type, name, inputs, retainOnDelete: retained.has(`${type} ${name}`) });
    return { id: `${name}-id`, state: { ...inputs, arn: `arn of ${inputs.name}` } };
  },
  call({ token }) {
    throw new Error(`unexpected call of ${token}`);
  },
});

const arns = await pulumi.runtime.runInPulumiStack(async () => {
  pulumi.runtime.registerStackTransformation(({ type, name, props, opts }) => {
    if ((opts as pulumi.CustomResourceOptions).retainOnDelete === true) retained.add(`${type} ${name}`);
    return { props, opts };
  });
  const { GithubAccess } = await import("../../../infra/github/github-access.ts");
  const { previewRoleArn, deployRoleArn, driftRoleArn, devStackRoleArn } = new GithubAccess("github", args);
  return { previewRoleArn, deployRoleArn, driftRoleArn, devStackRoleArn };
});
await pulumi.runtime.disconnect();
const outputs = await new Promise<object>((resolve) => {
  pulumi.output(arns).apply((values) => resolve({ ...values }));
});
process.stdout.write(JSON.stringify({ resources, ...outputs }), () => process.exit(0));
