import { relative, resolve } from "node:path";
import { type ModelChange, modelChangeSchema } from "../check/change/model-change.ts";
import { modelText } from "../check/change/model-text.ts";
import { worstVerdict } from "../check/change/model-verdict.ts";
import { commandOrigin } from "../check/execution/command-origin.ts";
import { ExitError, exitCode } from "../exit-code.ts";
import { forgetEarlierChange, writeChange } from "./change/change-files.ts";
import { type ComparedCommits, comparedCommits } from "./change/compared-commits.ts";
import { type ChangeRequest, trainChange } from "./change/train-change.ts";
import { withEndpoint } from "./change/with-endpoint.ts";
import { local } from "./command/local-error.ts";
import { parseOptions } from "./command/options.ts";
import { runCommand } from "./command/run-command.ts";
import { repository } from "./local-stack/folders.ts";
import { requireSuitableData } from "./local-stack/input-data.ts";
import { treePipelines } from "./local-stack/working-tree.ts";
import { requireOnePipeline } from "./stack/gated-pipelines.ts";

const help = `
Says what a change of the sources does to the models: trains the pipelines that differ from the base on a local endpoint, first
as they were where the branch left the base and then as they are in the working tree, and judges the new models against the old
ones with the gate. Needs no AWS account. Trains nothing if no definition, code, data or threshold differs.

  npm run -s check-change -- --base main

  --base REF        the branch or commit that the change is to be merged into
  --pipeline NAME   looks at this pipeline only
  --file FILE       the data to train both models with, in place of each one's sample data
  --report DIR      the folder for model-change.md, model-change.json, and a folder with the report of each trained pipeline
                    (default .local/model-change)

Exit code, as of the stack check: 0 pass or nothing to train, 1 the model is worse or over the ceiling, 2 usage, configuration
or this machine, 3 execution failed, 4 deadline passed, 5 evaluation unreadable, 6 network or AWS, 129/130/143 signal.
`;

const print = (line: string) => console.log(line);

interface Options {
  readonly pipeline?: string | undefined;
  readonly file?: string | undefined;
}

/** Checks the options against the pipelines of the working tree. @throws ExitError (2) */
async function requireSuitableOptions({ pipeline, file }: Options): Promise<void> {
  const tree = await treePipelines();
  const folders = tree.map(({ folder }) => folder);
  if (pipeline !== undefined && !folders.includes(pipeline))
    throw new ExitError(exitCode.usage, `There is no pipeline "${pipeline}"; there are: ${folders.join(", ")}.`);
  const gated = tree.filter(({ gate }) => gate !== undefined).map(({ folder }) => folder);
  if (pipeline === undefined) requireOnePipeline(file === undefined ? [] : ["--file"], gated);
  const chosen = tree.find(({ folder }) => folder === (pipeline ?? gated[0]));
  if (chosen !== undefined) await requireSuitableData(chosen, { file, parameters: {} });
}

type Outcome = Pick<ModelChange, "verdict" | "exitCode" | "pipelines" | "reasons">;

async function judged(work: () => Promise<Pick<ModelChange, "pipelines" | "reasons">>): Promise<Outcome> {
  try {
    const { pipelines, reasons } = await local(work);
    const codes = pipelines.map(({ head, run }) => head?.exitCode ?? run?.exitCode ?? 0);
    return { verdict: worstVerdict(pipelines), exitCode: Math.max(0, ...codes), pipelines, reasons };
  } catch (error) {
    if (!(error instanceof ExitError)) throw error;
    return { verdict: "error", exitCode: error.code, pipelines: [], reasons: error.message.split("\n") };
  }
}

async function checkChange(
  commits: ComparedCommits,
  options: Options & { readonly report: string },
  signal: AbortSignal,
): Promise<ModelChange> {
  const { pipeline, file, report } = options;
  const head = { name: "head", folder: repository, origin: await commandOrigin(repository, process.env) } as const;
  const request = {
    ...{ head, pipeline, report, mergeBase: commits.mergeBase },
    data: { file, parameters: {}, signal, print },
  };
  const outcome = await judged(() =>
    withEndpoint({ signal, print }, (target) => trainChange({ ...request, target } satisfies ChangeRequest)),
  );
  return modelChangeSchema.parse({ version: 1, ...outcome, created: new Date().toISOString(), ...commits });
}

await runCommand(async (signal) => {
  const { base, ...options } = parseOptions(help, {
    base: { type: "string" },
    pipeline: { type: "string" },
    file: { type: "string" },
    report: { type: "string", default: ".local/model-change" },
  });
  if (base === undefined)
    throw new ExitError(
      exitCode.usage,
      "--base is missing: give the branch that the change is to be merged into, such as main.",
    );
  const report = resolve(options.report);
  await forgetEarlierChange(report);
  const commits = await comparedCommits(repository, base, signal);
  await requireSuitableOptions(options);
  const change = await checkChange(commits, { ...options, report }, signal);
  const path = await writeChange(report, change);
  for (const reason of change.reasons) print(reason);
  print(`\n${modelText(change)}\n  change  ${relative(process.cwd(), path)}`);
  return change.exitCode;
});
