import type { Resource, ResourceRule } from "./rule.ts";

const everybody: ReadonlySet<unknown> = new Set(["0.0.0.0/0", "::/0"]);

/** Returns the address ranges that a security group or one of its rules lets in. */
function ranges({ type, props }: Resource): readonly unknown[] {
  switch (type) {
    case "aws:ec2/securityGroup:SecurityGroup":
      return ((props["ingress"] ?? []) as readonly Resource["props"][]).flatMap(listed);
    case "aws:ec2/securityGroupRule:SecurityGroupRule":
      return props["type"] === "ingress" ? listed(props) : [];
    case "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule":
      return [props["cidrIpv4"], props["cidrIpv6"]];
    default:
      return [];
  }
}

function listed(rule: Resource["props"]): readonly unknown[] {
  return [rule["cidrBlocks"] ?? [], rule["ipv6CidrBlocks"] ?? []].flat();
}

/** Rejects open ingress, because jobs only make outgoing connections. */
const notOpen: ResourceRule = {
  name: "security-group-not-open",
  description: "A security group lets in no connections from the whole internet.",
  check: (resource) =>
    ranges(resource)
      .filter((range) => everybody.has(range))
      .map(
        (range) =>
          `The security group lets in ${range}, but nobody connects to jobs; leave the rule out, or name a network.`,
      ),
};

export const networkRules = [notOpen];
