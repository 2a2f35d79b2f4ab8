import { ExitError, exitCode } from "../../exit-code.ts";
import { configureDevStack } from "./configure-dev-stack.ts";
import { type DestroyRequest, destroyStack } from "./destroy-stack.ts";
import { runPulumi } from "./pulumi-cli.ts";

/**
 * Destroys a dev stack with its models, and removes its state.
 *
 * @throws ExitError as {@link destroyStack}, PulumiError
 */
export async function removeDevStack(request: Omit<DestroyRequest, "yes">): Promise<void> {
  const { stack, signal } = request;
  await configureDevStack(stack, { create: false });
  await destroyStack({ ...request, yes: true });
  const code = await runPulumi(["stack", "rm", stack, "--yes"], signal);
  if (code !== 0)
    throw new ExitError(exitCode.aws, `pulumi stack rm exited with ${code}; its output is above. Run this again.`);
}
