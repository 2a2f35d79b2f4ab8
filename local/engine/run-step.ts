import { type LocalStepType, requestOf } from "../../service-model/step-types.ts";
import { texts } from "./expressions/job-arguments.ts";
import { refusedRequest } from "./step-violations.ts";
import { runCondition } from "./steps/condition.ts";
import { runFail } from "./steps/fail.ts";
import { runModel } from "./steps/model.ts";
import { runProcessing } from "./steps/processing.ts";
import { runRegisterModel } from "./steps/register-model.ts";
import type { StepEnd, StepRun } from "./steps/step-run.ts";
import { runTraining } from "./steps/training.ts";
import { runTransform } from "./steps/transform.ts";

const runners: { readonly [Type in LocalStepType]: (run: StepRun) => StepEnd | Promise<StepEnd> } = {
  Condition: runCondition,
  Fail: runFail,
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
    const failureReason = `A step of type ${Type} does not run locally: leave ${Name} out of the pipeline that is deployed to the laptop, or run it on AWS. Types that run here: ${Object.keys(runners).join(", ")}.`;
    return { status: "Failed", failureReason };
  }
  const refused = refusedRequest(run.services.model, Type, texts(run.arguments));
  if (refused !== undefined) return { status: "Failed", failureReason: refused };
  const faulty = faultOf(run);
  return faulty === undefined ? runner(run) : { status: "Failed", failureReason: faulty };
}

/** Why the request of a step fails on purpose; undefined where it does not. */
function faultOf({ services, step }: StepRun): string | undefined {
  const operation = requestOf(step.Type);
  if (operation === undefined) return undefined;
  return services.injectedFault(operation);
}
