import { definition, prelude, scriptStep } from "./definitions.ts";
import { createPipeline, discard, makeBucket, put, run, startLocalAws } from "./local-aws.ts";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
const aws = await startLocalAws(); await makeBucket(aws);
const a = await put(aws, "code/a/first.py", `${prelude}\nreport(text="x")\n`);
const b = await put(aws, "code/b/side.py", `${prelude}\nreport(side=1)\n`);
await createPipeline(aws, "Zz", definition([scriptStep({ name: "First", code: a }), scriptStep({ name: "Side", code: b })]));
for (let i = 0; i < 25; i++) {
  const r = await run(aws, "Zz");
  if (r.status !== "Succeeded") { for (const s of Object.values(r.steps)) { if (!s.FailureReason) continue; console.log(i, s.StepName, s.FailureReason); const f = join(aws.state, "logs/ProcessingJobs"); const id = r.arn.split("/").at(-1)!; for (const d of readdirSync(f)) if (d.includes(id) && d.includes(s.StepName!)) for (const x of readdirSync(join(f, d))) console.log(readFileSync(join(f, d, x), "utf8")); } }
}
await discard(aws);
