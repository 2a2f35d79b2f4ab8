import { decisionCommand } from "./command/decision-command.ts";

await decisionCommand("reject-model", "Rejects a registered model, for a reason.", "Rejected");
