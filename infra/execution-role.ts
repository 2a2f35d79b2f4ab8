import { Role, RolePolicy } from "@pulumi/aws/iam/index.js";
import * as pulumi from "@pulumi/pulumi";
import { type ExecutionPolicyArgs, executionPolicy, executionTrustPolicy } from "./execution-policy.ts";

export interface ExecutionRoleArgs extends ExecutionPolicyArgs {
  readonly roleName: string;
}

/** The role that SageMaker takes on to run the pipelines and their jobs. */
export class ExecutionRole extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: ExecutionRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("training:infra:ExecutionRole", name, {}, opts);
    const role = new Role(
      name,
      { name: args.roleName, assumeRolePolicy: executionTrustPolicy(args) },
      { parent: this },
    );
    new RolePolicy(name, { name: "execution", role: role.name, policy: executionPolicy(args) }, { parent: this });
    this.arn = role.arn;
    this.registerOutputs({ arn: this.arn });
  }
}
