import { decisionCommand } from "./command/decision-command.ts";

await decisionCommand("approve-model", "Approves a registered model, for a reason.", "Approved");
