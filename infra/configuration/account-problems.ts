import { arnParts } from "../../service-model/arn.ts";
import { partitionOf } from "../../service-model/partition.ts";
import type { StackConfiguration } from "./stack-configuration.ts";

/** The part of an ARN that has to match the stack's. `region` includes the account and the partition. */
type Scope = "partition" | "account" | "region";

/** Returns the keys that hold ARNs. The Pulumi state and its KMS key may belong to another account. */
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
 * Returns one line for each mistake about accounts: credentials of another account than the stack's, and ARNs that are not in
 * the stack's partition, account or region.
 *
 * @param credentials the account of the credentials; undefined if it is unknown
 */
export function accountProblems(configuration: StackConfiguration, credentials: string | undefined): readonly string[] {
  const { account = credentials, region } = configuration;
  const partition = partitionOf(region);
  const wrong =
    account === credentials || credentials === undefined
      ? []
      : [
          `account: this stack belongs to ${account}, but the credentials belong to ${credentials}; use the right profile or, before the first pulumi up, set the other account: pulumi config set account ${credentials}`,
        ];
  return [
    ...wrong,
    ...arns(configuration).flatMap(([key, arn, scope]) => {
      if (arn === undefined) return [];
      const { partition: itsPartition, region: itsRegion, account: itsAccount } = arnParts(arn);
      const isOther = account !== undefined && itsAccount !== account && itsAccount !== "aws";
      return [
        ...(itsPartition !== partition
          ? [`${key}: got an ARN in partition ${itsPartition}; give one in ${partition}, the partition of ${region}`]
          : []),
        ...(scope !== "partition" && isOther
          ? [`${key}: got an ARN in account ${itsAccount}; give one in this stack's account ${account}`]
          : []),
        ...(scope === "region" && itsRegion !== region
          ? [`${key}: got an ARN in ${itsRegion}; give one in this stack's region ${region}`]
          : []),
      ];
    }),
  ];
}
