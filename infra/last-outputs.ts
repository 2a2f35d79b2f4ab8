import * as pulumi from "@pulumi/pulumi";

/** The part of a pipeline's outputs that names its model package group. */
export interface LastPipeline {
  readonly modelPackageGroup?: string;
  readonly ownsModelPackageGroup: boolean;
}

/**
 * The outputs of the stack's last finished `pulumi up`, as far as the program reads them. All are absent before the first one
 * and after a destroy.
 */
export interface LastOutputs {
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  readonly forceDestroy?: boolean | undefined;
  readonly pipelines?: Readonly<Record<string, LastPipeline>> | undefined;
}

/**
 * Reads the stack's own last outputs. A failed `pulumi up` keeps the outputs of the one before.
 * Source: https://www.pulumi.com/docs/iac/concepts/stacks/#stackreferences, https://github.com/pulumi/pulumi/pull/15754
 */
export async function lastOutputs(): Promise<LastOutputs> {
  const own = [pulumi.getOrganization(), pulumi.getProject(), pulumi.getStack()].join("/");
  const reference = new pulumi.StackReference(own);
  const read = async (name: string) => {
    // Pulumi marks an output as a secret if any secret went into it.
    const { value, secretValue } = await reference.getOutputDetails(name);
    return value ?? secretValue;
  };
  const [account, region, forceDestroy, pipelines] = await Promise.all(
    ["account", "region", "forceDestroy", "pipelines"].map(read),
  );
  return { account, region, forceDestroy, pipelines };
}
