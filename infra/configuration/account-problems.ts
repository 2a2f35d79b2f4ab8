import { partitionOf } from "../../service-model/partition.ts";
import type { StackConfiguration } from "./stack-configuration.ts";

/** What the one that an ARN names has to share with the stack; whoever shares the region shares the others, too. */
type Scope = "partition" | "account" | "region";

/** The keys that hold ARNs. The key of a state, as the state itself, can be another account's. */
function arns(configuration: StackConfiguration): readonly (readonly [string, string | undefined, Scope])[] {
  const { github } = configuration;
  return [
    ["sagemakerPipelineRoleArn", configuration.sagemakerPipelineRoleArn, "account"],
    ["permissionsBoundaryArn", configuration.permissionsBoundaryArn, "account"],
    ["kmsKeyArn", configuration.kmsKeyArn, "region"],
    ["sagemakerProjectArn", configuration.sagemakerProjectArn, "region"],
    ["github.oidcProviderArn", github?.oidcProviderArn, "account"],
    ["github.stateKeyArn", github?.stateKeyArn, "partition"],
  ];
}

/**
 * What is wrong with a configuration in the account that the credentials belong to, a line each. What else is said of the
 * account is about the one that the stack is configured for.
 *
 * @param credentials undefined where nobody knows whose they are
 */
export function accountProblems(configuration: StackConfiguration, credentials: string | undefined): readonly string[] {
  const { account = credentials, region } = configuration;
  const partition = partitionOf(region);
  const wrong =
    account === credentials || credentials === undefined
      ? []
      : [
          `account: this stack belongs to ${account}, the credentials are of ${credentials}; use the right profile, or if the stack is to be in that account: pulumi config set account ${credentials}`,
        ];
  return [
    ...wrong,
    ...arns(configuration).flatMap(([key, arn, scope]) => {
      if (arn === undefined) return [];
      const [, itsPartition, , itsRegion, itsAccount] = arn.split(":");
      const isOther = account !== undefined && itsAccount !== account && itsAccount !== "aws";
      return [
        ...(itsPartition !== partition
          ? [`${key}: got one of ${itsPartition}; give one of ${partition}, which ${region} is in`]
          : []),
        ...(scope !== "partition" && isOther
          ? [`${key}: got one of account ${itsAccount}; give one of this stack's account ${account}`]
          : []),
        ...(scope === "region" && itsRegion !== region
          ? [`${key}: got one in ${itsRegion}; give one in this stack's region ${region}`]
          : []),
      ];
    }),
  ];
}
