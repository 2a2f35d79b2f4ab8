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
    const simulator = await load();
    return (question) => simulate(simulator, question);
  } catch (error) {
    const why = error instanceof Error ? error.message.split("\n")[0] : error;
    log(`Roles are not checked: @cloud-copilot/iam-simulate cannot be loaded (${why}); install it with npm ci`);
    return undefined;
  }
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
