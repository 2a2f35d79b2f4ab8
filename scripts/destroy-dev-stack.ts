import { ExitError, exitCode } from "../exit-code.ts";
import { parseOptions } from "./command/options.ts";
import { runCommand } from "./command/run-command.ts";
import { destroyStack } from "./stack/destroy-stack.ts";

const help = `
Destroys a stack that is configured for it (forceDestroy: true). It stops the executions of the stack's pipelines and waits
for their end, because AWS does not delete a pipeline that has a running execution. It deletes the registered models, because
AWS does not delete a model package group that has any; also those of groups that are only left in the state. Then it runs
pulumi destroy, which also deletes every object version in the bucket. A bucket and model package groups that existed before the
stack are kept. After an interruption, run it again to continue. A first pulumi up need not have finished.

  npm run -s destroy-dev-stack -- --stack dev --yes

  --stack NAME   the stack
  --yes          deletes the stack; without it, the command only says what it would delete
`;

await runCommand(async (signal) => {
  const { stack, yes = false } = parseOptions(help, { stack: { type: "string" }, yes: { type: "boolean" } });
  if (stack === undefined) throw new ExitError(exitCode.usage, "--stack is missing; give the name of a dev stack.");
  await destroyStack({ stack, yes, signal, print: (line) => console.log(line) });
  return exitCode.pass;
});
