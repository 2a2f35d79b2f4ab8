import { partitionOf } from "../partition.ts";
import type { StackConfiguration } from "./stack-configuration.ts";

/** The keys that hold ARNs, and whether what they name is in one region. */
const arns = {
  sagemakerPipelineRoleArn: "account",
  permissionsBoundaryArn: "account",
  kmsKeyArn: "region",
  sagemakerProjectArn: "region",
} as const satisfies { readonly [key in keyof StackConfiguration]?: "account" | "region" };

/** What is wrong with a configuration in the account that the credentials belong to, a line each. */
export function accountProblems(configuration: StackConfiguration, credentials: string): readonly string[] {
  const { account = credentials, region } = configuration;
  const wrong =
    account === credentials
      ? []
      : [
          `account: this stack belongs to ${account}, the credentials are of ${credentials}; use the right profile, or if the stack is to be in that account: pulumi config set account ${credentials}`,
        ];
  return [
    ...wrong,
    ...Object.entries(arns).flatMap(([key, scope]) => {
      const [, itsPartition, , itsRegion, itsAccount] = configuration[key as keyof typeof arns]?.split(":") ?? [];
      const isOther = itsAccount !== undefined && itsAccount !== account && itsAccount !== "aws";
      const partition = partitionOf(region);
      return [
        ...(itsPartition !== undefined && itsPartition !== partition
          ? [`${key}: got one of ${itsPartition}; give one of ${partition}, which ${region} is in`]
          : []),
        ...(isOther ? [`${key}: got one of account ${itsAccount}; give one of this stack's account ${account}`] : []),
        ...(scope === "region" && itsRegion !== undefined && itsRegion !== region
          ? [`${key}: got one in ${itsRegion}; give one in this stack's region ${region}`]
          : []),
      ];
    }),
  ];
}
