import { added, type Mistake } from "./mistake.ts";

const open = (ingress: object) =>
  added("aws:ec2/securityGroup:SecurityGroup", { ingress: [{ protocol: "tcp", ...ingress }] });

const table: readonly (readonly [string, string, Mistake["change"], RegExp])[] = [
  [
    "security-group-not-open",
    "SSH from everywhere",
    open({ fromPort: 22, toPort: 22, cidrBlocks: ["10.0.0.0/8", "0.0.0.0/0"] }),
    /lets in 0\.0\.0\.0\/0, but nobody connects to jobs/,
  ],
  ["security-group-not-open", "all IPv6 traffic from everywhere", open({ ipv6CidrBlocks: ["::/0"] }), /lets in ::\/0/],
  [
    "security-group-not-open",
    "a SecurityGroupRule that lets everybody in",
    added("aws:ec2/securityGroupRule:SecurityGroupRule", { type: "ingress", cidrBlocks: ["0.0.0.0/0"] }),
    /lets in 0/,
  ],
  [
    "security-group-not-open",
    "a SecurityGroupIngressRule that lets everybody in",
    added("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", { cidrIpv4: "0.0.0.0/0" }),
    /lets in 0/,
  ],
  [
    "image-tags-immutable",
    "a repository whose image tags can be moved",
    added("aws:ecr/repository:Repository", { name: "a" }),
    /IMMUTABLE/,
  ],
];

export const networkMistakes: readonly Mistake[] = table.map(([rule, what, change, says]) => ({
  ...{ rule, what, change, says },
}));
