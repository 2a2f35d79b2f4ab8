import { type LocalStepType, requestOf } from "../../service-model/step-types.ts";
import { texts } from "./expressions/job-arguments.ts";
import { rejectedRequest } from "./rejected-request.ts";
import { runCondition } from "./steps/condition.ts";
import { runFail } from "./steps/fail.ts";
import { runLambda } from "./steps/lambda.ts";
import { runModel } from "./steps/model.ts";
import { runProcessing } from "./steps/processing.ts";
import { runRegisterModel } from "./steps/register-model.ts";
import type { StepEnd, StepRun } from "./steps/step-run.ts";
import { runTraining } from "./steps/training.ts";
import { runTransform } from "./steps/transform.ts";

const runners: { readonly [Type in LocalStepType]: (run: StepRun) => StepEnd | Promise<StepEnd> } = {
  Condition: runCondition,
  Fail: runFail,
  Lambda: runLambda,
  Model: runModel,
  Processing: runProcessing,
  RegisterModel: runRegisterModel,
  Training: runTraining,
  Transform: runTransform,
};

/** Runs one step to its end. */
export async function runStep(run: StepRun): Promise<StepEnd> {
  const { Name, Type } = run.step;
  const runner = Object.hasOwn(runners, Type) ? runners[Type as LocalStepType] : undefined;
  if (runner === undefined) {
    const failureReason = `A step of type ${Type} does not run locally: leave ${Name} out of the pipeline when you deploy it to the local endpoint, or use AWS. Types that run locally: ${Object.keys(runners).join(", ")}.`;
    return { status: "Failed", failureReason };
  }
  const failureReason = rejectedRequest(run.services.model, Type, texts(run.arguments)) ?? faultOf(run);
  return failureReason === undefined ? runner(run) : { status: "Failed", failureReason };
}

/** Returns the failure reason of an injected fault, if there is one for the step's request. */
function faultOf({ services, step }: StepRun): string | undefined {
  const operation = requestOf(step.Type);
  if (operation === undefined) return undefined;
  return services.injectedFault(operation);
}
