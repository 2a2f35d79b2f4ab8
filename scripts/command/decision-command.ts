import { awsClients } from "../../aws/clients.ts";
import { checkReason, type Decision, decideOnModel } from "../../check/models/decide-on-model.ts";
import { exitCode } from "../../exit-code.ts";
import { arnParts } from "../../service-model/arn.ts";
import { modelOption, parseModel } from "./model-option.ts";
import { parseOptions } from "./options.ts";
import { runCommand } from "./run-command.ts";

/** Returns the help of a command by which a person decides on a model. @param does its first line */
function helpOf(name: string, does: string): string {
  return `
${does} The reason becomes the model's approval description. It is a person's
decision, which no later check changes.

  npm run -s ${name} -- --model ARN --reason TEXT

  --model ARN     the model package
  --reason TEXT   the reason, in one line

Exit code: 0 decided, 2 usage, 6 AWS or credentials, 129/130/143 signal.
`;
}

/** Runs a command by which a person decides on a model, in the region of the model's ARN. */
export function decisionCommand(name: string, does: string, status: Decision["status"]): Promise<void> {
  return runCommand(async () => {
    const options = parseOptions(helpOf(name, does), { ...modelOption, reason: { type: "string" } });
    const [model, reason] = [parseModel(options.model), checkReason(options.reason)];
    console.log(await decideOnModel(awsClients(arnParts(model).region), model, { status, reason }));
    return exitCode.pass;
  });
}
