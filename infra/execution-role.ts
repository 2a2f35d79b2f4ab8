import { Role } from "@pulumi/aws/iam/role.js";
import * as pulumi from "@pulumi/pulumi";
import { defined } from "../service-model/defined.ts";
import type { PolicyStatement } from "./permissions/policy.ts";
import { rolePolicies } from "./permissions/role-policies.ts";

export interface ExecutionRoleArgs {
  readonly roleName: string;
  /** The role's ARN as a plain text, from which its policies get their names. */
  readonly roleArn: string;
  /** The trust policy: who may assume the role. */
  readonly trustPolicy: string;
  /** The permissions of the pipelines and their jobs. */
  readonly statements: readonly PolicyStatement[];
  readonly permissionsBoundaryArn?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** The role that SageMaker assumes for the pipelines and their jobs. */
export class ExecutionRole extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: ExecutionRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("training:infra:ExecutionRole", name, {}, opts);
    const role = new Role(
      name,
      {
        name: args.roleName,
        description: "Runs the SageMaker pipelines of a stack and their jobs",
        assumeRolePolicy: args.trustPolicy,
        ...defined({ permissionsBoundary: args.permissionsBoundaryArn }),
        tags: args.tags,
      },
      { parent: this },
    );
    rolePolicies(name, { ...args, role, inlineName: "execution" }, this);
    this.arn = role.arn;
    this.registerOutputs({ arn: this.arn });
  }
}
