import type { PipelineDefinition } from "../../service-model/definition.ts";
import { type AccountRegion, regionalArn } from "../../service-model/partition.ts";
import { definitionSteps } from "../../service-model/step-graph.ts";
import type { Permission } from "./statement.ts";
import { namedTexts, shownText } from "./value-patterns.ts";

/** Returns the subnets and security groups of a definition's jobs, and a line for each value that is not an identifier. */
export function networkOf(definition: PipelineDefinition): {
  readonly subnets: readonly string[];
  readonly securityGroups: readonly string[];
  readonly problems: readonly string[];
} {
  const problems: string[] = [];
  const named = (member: string, pattern: RegExp) =>
    definitionSteps(definition).flatMap(({ Name, Arguments }) =>
      namedTexts(
        Arguments,
        definition.Parameters,
        (path) => path.at(-2) === "VpcConfig" && path.at(-1) === member,
      ).flatMap(({ path, text }) => {
        if (pattern.test(text)) return text;
        problems.push(`step ${Name}, ${path}: got ${shownText(text)}; give identifiers, or a parameter with a default`);
        return [];
      }),
    );
  return {
    subnets: named("Subnets", /^subnet-[0-9a-f]+$/),
    securityGroups: named("SecurityGroupIds", /^sg-[0-9a-f]+$/),
    problems,
  };
}

/**
 * Returns the permissions to create network interfaces for jobs in the given subnets only. The ARNs have `*` as the account,
 * because shared subnets belong to the organisation's network account, and subnet identifiers are unique anyway.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html (with a VPC) and
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 *
 * @param where the account and region of the jobs
 */
export function networkPermissions(
  { subnets, securityGroups }: { readonly subnets: readonly string[]; readonly securityGroups: readonly string[] },
  where: AccountRegion,
): readonly Permission[] {
  if (subnets.length === 0) return [];
  const arn = (resource: string) => regionalArn(where, "ec2", resource);
  const shared = (resource: string) => regionalArn({ ...where, account: "*" }, "ec2", resource);
  const subnetArns = [...new Set(subnets)].sort().map((id) => shared(`subnet/${id}`));
  return [
    {
      // A new interface has no ec2:Subnet key yet, so the subnet's ARN limits where it may be.
      Sid: "JoinNetwork",
      Action: ["ec2:CreateNetworkInterface"],
      Resource: [
        arn("network-interface/*"),
        ...subnetArns,
        ...securityGroups.map((id) => shared(`security-group/${id}`)),
      ],
    },
    {
      Sid: "UseInterfacesOfJobs",
      Action: [
        "ec2:CreateNetworkInterfacePermission",
        "ec2:DeleteNetworkInterface",
        "ec2:DeleteNetworkInterfacePermission",
      ],
      Resource: [arn("network-interface/*")],
      Condition: { ArnLike: { "ec2:Subnet": subnetArns } },
    },
    {
      // EC2's Describe actions support no resource ARNs.
      Sid: "LookAtNetwork",
      Action: [
        "ec2:DescribeDhcpOptions",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeVpcs",
      ],
      Resource: ["*"],
    },
  ];
}
