import { arnParts } from "../service-model/arn.ts";

/** A condition of a trust policy as IAM returns it: operator, key, then one or several values. */
type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

interface TrustStatement {
  readonly Effect: string;
  readonly Principal?: "*" | Readonly<Record<string, string | readonly string[]>>;
  readonly Action?: string | readonly string[];
  readonly Condition?: Condition;
}

function matches(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "i").test(text);
}

/**
 * Returns the values that a statement's conditions accept for a key; undefined if they accept any. Ignores negated operators
 * such as StringNotEquals.
 */
function demanded({ Condition = {} }: TrustStatement, key: string): readonly string[] | undefined {
  const lines = Object.entries(Condition)
    .filter(([operator]) => /^(String|Arn)(Equals|EqualsIgnoreCase|Like)(IfExists)?$/i.test(operator))
    .flatMap(([, keys]) => Object.entries(keys))
    .filter(([name]) => name.toLowerCase() === key);
  return lines.length === 0 ? undefined : lines.flatMap(([, values]) => values);
}

/** Returns an ARN that SageMaker could send as `aws:SourceArn` for a job, in the region that the pattern names. */
function jobArn(pattern: string, account: string): string {
  const { partition, region } = arnParts(pattern);
  const literal = (part: string, other: string) => (/^[a-z0-9-]+$/.test(part) ? part : other);
  return `arn:${literal(partition, "aws")}:sagemaker:${literal(region, "us-east-1")}:${account}:training-job/pipelines-x`;
}

function admitsJobs(statement: TrustStatement, account: string): boolean {
  const { Effect, Principal = {}, Action = [] } = statement;
  const services = Principal === "*" ? ["*"] : [Principal["Service"] ?? [], Principal["AWS"] === "*" ? "*" : []].flat();
  const accounts = demanded(statement, "aws:sourceaccount");
  const arns = demanded(statement, "aws:sourcearn");
  return (
    Effect === "Allow" &&
    services.some((service) => service === "sagemaker.amazonaws.com" || service === "*") &&
    [Action].flat().some((action) => matches(action, "sts:AssumeRole")) &&
    (accounts === undefined || accounts.some((pattern) => matches(pattern, account))) &&
    (arns === undefined || arns.some((pattern) => matches(pattern, jobArn(pattern, account))))
  );
}

/**
 * Tells whether a role's trust policy lets SageMaker assume it for the jobs of an account. A policy that names only pipelines is
 * not enough, because the jobs assume the same role.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/security-confused-deputy-prevention.html
 *
 * @param trustPolicy the JSON text that IAM returns
 */
export function trustsSageMaker(trustPolicy: string, account: string): boolean {
  const { Statement } = JSON.parse(trustPolicy) as { readonly Statement: TrustStatement | readonly TrustStatement[] };
  return [Statement].flat().some((statement) => admitsJobs(statement, account));
}
