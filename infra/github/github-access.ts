import { OpenIdConnectProvider, Role, RolePolicy } from "@pulumi/aws/iam/index.js";
import * as pulumi from "@pulumi/pulumi";
import { tokenAudience, tokenIssuer } from "./trust-policy.ts";
import { type GithubAccessArgs, type WorkflowRole, workflowRoles } from "./workflow-roles.ts";

/** The access of GitHub's workflows to the account: an OIDC provider, unless the account has one, and two roles. */
export class GithubAccess extends pulumi.ComponentResource {
  readonly previewRoleArn: pulumi.Output<string>;
  readonly deployRoleArn: pulumi.Output<string>;

  constructor(name: string, args: GithubAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("training:infra:GithubAccess", name, {}, opts);
    const provider = args.github.oidcProviderArn === undefined ? [this.tokenProvider(name)] : [];
    const { preview, deploy } = workflowRoles(args);
    this.previewRoleArn = this.role(`${name}-preview`, preview, args.tags, provider);
    this.deployRoleArn = this.role(`${name}-deploy`, deploy, args.tags, provider);
    this.registerOutputs({ previewRoleArn: this.previewRoleArn, deployRoleArn: this.deployRoleArn });
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
    tags: Readonly<Record<string, string>>,
    dependsOn: pulumi.Resource[],
  ): pulumi.Output<string> {
    const { maxSessionDuration, policy, trustPolicy } = role;
    const made = new Role(
      name,
      { name: role.name, assumeRolePolicy: trustPolicy, maxSessionDuration, tags },
      { parent: this, dependsOn },
    );
    // A preview needs no permissions if the state is outside of this account, and IAM rejects an empty policy.
    if (!policy.endsWith('"Statement":[]}'))
      new RolePolicy(name, { name: "github", role: made.name, policy }, { parent: this });
    return made.arn;
  }
}
