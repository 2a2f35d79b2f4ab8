import type { Json } from "../../../service-model/definition.ts";
import { isList, isRecord } from "../../../service-model/property-path.ts";
import { invokeForStep } from "../../iam/step-access.ts";
import { findFunction, invokeLogged } from "../jobs/functions.ts";
import type { StepEnd, StepRun } from "./step-run.ts";

/** The longest time that SageMaker waits for a function. Source: SageMaker developer guide, "Lambda step". */
const longestMilliseconds = 10 * 60_000;

interface Output {
  readonly OutputName: string;
  readonly OutputType: string;
}

/** Tells whether a value of the function's answer has the type that the step declares. */
const fits: Readonly<Record<string, (value: Json) => boolean>> = {
  String: (value) => typeof value === "string",
  Integer: (value) => Number.isInteger(value),
  Float: (value) => typeof value === "number",
  Boolean: (value) => typeof value === "boolean",
};

function declaredOutputs(step: StepRun["step"]): readonly Output[] {
  const given = (step as unknown as { readonly OutputParameters?: Json }).OutputParameters ?? [];
  return isList(given) ? (given as unknown as readonly Output[]) : [];
}

/** Reads the declared outputs from the function's answer. @throws Error that names the first missing or wrong one */
function readOutputs(payload: string, step: StepRun["step"], arn: string): Readonly<Record<string, Json>> {
  const answer: Json = JSON.parse(payload);
  const entries = declaredOutputs(step).map(({ OutputName, OutputType }) => {
    const value = isRecord(answer) ? answer[OutputName] : undefined;
    if (value === undefined || value === null)
      throw new Error(
        `ClientError: The answer of ${arn} has no output parameter ${OutputName}, which the step declares.`,
      );
    if (fits[OutputType]?.(value) === false)
      throw new Error(
        `ClientError: The output parameter ${OutputName} of ${arn} is not of the type ${OutputType}: ${JSON.stringify(value)}.`,
      );
    return [OutputName, value] as const;
  });
  return Object.fromEntries(entries);
}

/** Runs a Lambda step: invokes its function with the step's arguments, and reads the outputs that the step declares. */
export async function runLambda(run: StepRun): Promise<StepEnd> {
  const { services, execution, step } = run;
  const given = (step as unknown as { readonly FunctionArn?: Json }).FunctionArn;
  if (typeof given !== "string") throw new Error("ClientError: the FunctionArn of a Lambda step has to be a text here");
  run.started({ Lambda: { Arn: given } });
  const fn = findFunction(given, execution.region, services);
  await invokeForStep(run, fn.FunctionArn);
  const signal = AbortSignal.any([run.signal, AbortSignal.timeout(longestMilliseconds)]);
  const { payload, failed } = await invokeLogged(fn, JSON.stringify(run.arguments), execution.region, services, signal);
  if (run.signal.aborted) return { status: "Stopped", metadata: { Lambda: { Arn: given } } };
  if (failed) {
    const failureReason = `ClientError: The Lambda function ${given} returned an error: ${payload}`;
    return { status: "Failed", failureReason, metadata: { Lambda: { Arn: given } } };
  }
  const outputs = readOutputs(payload, step, given);
  const OutputParameters = Object.entries(outputs).map(([Name, Value]) => ({ Name, Value: String(Value) }));
  return {
    status: "Succeeded",
    metadata: { Lambda: { Arn: given, OutputParameters } },
    properties: { OutputParameters: outputs },
  };
}
