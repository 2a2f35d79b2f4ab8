import { Role, RolePolicy } from "@pulumi/aws/iam/index.js";
import * as pulumi from "@pulumi/pulumi";
import { defined } from "../service-model/defined.ts";
import { type PolicyStatement, policyDocument } from "./permissions/policy.ts";

export interface ExecutionRoleArgs {
  readonly roleName: string;
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
    new RolePolicy(
      name,
      { name: "execution", role: role.name, policy: policyDocument(args.statements) },
      { parent: this },
    );
    this.arn = role.arn;
    this.registerOutputs({ arn: this.arn });
  }
}
