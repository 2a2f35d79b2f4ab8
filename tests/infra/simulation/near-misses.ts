import { other } from "./call-lists.ts";
import type { Call } from "./simulate.ts";

/**
 * Returns calls that differ little from the role's own: in another account, in another region, or on a resource whose
 * name begins differently.
 */
export function nearMisses(calls: readonly Call[]): readonly Call[] {
  return calls.flatMap(([action, resource, context = {}]) => {
    const [arn, partition, service, region = "", account = "", ...rest] = resource.split(":");
    if (arn !== "arn") return [];
    const at = (where: string, who: string, what: string): Call => [
      action,
      [arn, partition, service, where, who, what].join(":"),
      context,
    ];
    const name = rest.join(":");
    const [kind = "", ...path] = name.split("/");
    // EC2 chooses the names of network interfaces, so only the condition on their subnet matters.
    const hasName = kind !== "network-interface";
    // An organisation's network account may share these, so only their identifiers matter.
    const isShared = kind === "subnet" || kind === "security-group";
    return [
      ...(hasName
        ? [at(region, account, path.length === 0 ? `x-${name}` : [kind, `x-${path[0]}`, ...path.slice(1)].join("/"))]
        : []),
      ...(account === "" || isShared ? [] : [at(region, other, name)]),
      ...(region === "" ? [] : [at("sa-east-1", account, name)]),
    ];
  });
}
