/** The child process of a local deploy. It runs the program that its parent names, and sends back the result. */
import { deployProgram, type ProgramRequest } from "./deploy-program.ts";

process.on("disconnect", () => process.exit(1));
process.on("unhandledRejection", () => {});
process.once("message", async (request: ProgramRequest) => {
  const answer = await deployProgram(request);
  process.send?.(answer, () => process.exit(0));
});
