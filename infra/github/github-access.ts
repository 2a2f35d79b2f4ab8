import { OpenIdConnectProvider } from "@pulumi/aws/iam/openIdConnectProvider.js";
import { Role } from "@pulumi/aws/iam/role.js";
import * as pulumi from "@pulumi/pulumi";
import { defined } from "../../service-model/defined.ts";
import { rolePolicies } from "../permissions/role-policies.ts";
import { iamRoleArn } from "./accessed-stack.ts";
import { tokenAudience, tokenIssuer } from "./trust-policy.ts";
import { type GithubAccessArgs, type WorkflowRole, workflowRoles } from "./workflow-roles.ts";

/** The access of GitHub's workflows to the account: an OIDC provider, unless the account has one, and the workflows' roles. */
export class GithubAccess extends pulumi.ComponentResource {
  readonly previewRoleArn: pulumi.Output<string>;
  readonly deployRoleArn: pulumi.Output<string>;
  readonly driftRoleArn: pulumi.Output<string>;
  readonly devStackRoleArn: pulumi.Output<string> | undefined;

  constructor(name: string, args: GithubAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("training:infra:GithubAccess", name, {}, opts);
    const provider = args.github.oidcProviderArn === undefined ? [this.tokenProvider(name)] : [];
    const { preview, deploy, drift, devStacks } = workflowRoles(args);
    this.previewRoleArn = this.role(`${name}-preview`, preview, args, provider);
    this.deployRoleArn = this.role(`${name}-deploy`, deploy, args, provider);
    this.driftRoleArn = this.role(`${name}-drift`, drift, args, provider);
    this.devStackRoleArn = devStacks && this.role(`${name}-devstacks`, devStacks, args, provider);
    const { previewRoleArn, deployRoleArn, driftRoleArn, devStackRoleArn } = this;
    this.registerOutputs({ previewRoleArn, deployRoleArn, driftRoleArn, ...defined({ devStackRoleArn }) });
  }

  /**
   * Creates the OIDC provider. An account has only one provider per issuer, so other stacks may use it too, and it survives this
   * stack. It needs no thumbprint, because IAM verifies GitHub's certificate by its certificate authority.
   * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc_verify-thumbprint.html
   */
  private tokenProvider(name: string): pulumi.Resource {
    return new OpenIdConnectProvider(
      name,
      { url: `https://${tokenIssuer}`, clientIdLists: [tokenAudience] },
      { parent: this, retainOnDelete: true },
    );
  }

  private role(
    name: string,
    role: WorkflowRole,
    { stack, tags }: GithubAccessArgs,
    dependsOn: pulumi.Resource[],
  ): pulumi.Output<string> {
    const { maxSessionDuration, statements, trustPolicy } = role;
    const made = new Role(
      name,
      { name: role.name, assumeRolePolicy: trustPolicy, maxSessionDuration, tags },
      { parent: this, dependsOn },
    );
    const roleArn = iamRoleArn(stack, role.name);
    rolePolicies(name, { role: made, roleArn, inlineName: "github", statements, tags }, this);
    return made.arn;
  }
}
