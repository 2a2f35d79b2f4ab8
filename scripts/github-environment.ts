import { ExitError, exitCode } from "../exit-code.ts";
import {
  emptyPlace,
  environmentPlace,
  type Place,
  type PlaceContent,
  readPlace,
  repositoryPlace,
  writeSecret,
  writeVariable,
} from "../github/actions-values.ts";
import { type GitHub, gitHubOfEnvironment } from "../github/client.ts";
import { createEnvironment, type Environment, readEnvironment } from "../github/environment.ts";
import { parseOptions } from "./command/options.ts";
import { runCommand } from "./command/run-command.ts";
import { checkRepository } from "./github/check-repository.ts";
import { isReviewed, leftForPerson, type RuledEnvironment } from "./github/left-for-person.ts";
import {
  besideEnvironments,
  type EnvironmentName,
  environmentOrder,
  environmentVariables,
  listedEnvironments,
  previewVariables,
  workflowSecrets,
  workflowStack,
} from "./github/workflow-values.ts";
import { readOutputs } from "./stack/read-outputs.ts";

const help = `
Creates or updates an environment of a GitHub repository, and the variables and secrets that the workflows need to deploy a
stack from it; also the environment NAME-drift, from which drift.yml compares the stack with the code each night, and NAME-devstacks
and NAME-devstacks-clean, if the stack's configuration allows dev stacks. Run it after each change of the stack's roles, region or state; a second run changes nothing.

  export GH_TOKEN=$(gh auth token)
  npm run -s github-environment -- --repo OWNER/NAME --environment dev --stack dev --preview

  --repo OWNER/NAME    the repository, as in the stack's configuration github.repository
  --environment NAME   dev, staging or production; train.yml deploys to them in this order
  --stack NAME         the stack that the environment deploys, read with the pulumi CLI
  --outputs FILE       reads the stack's outputs from a file instead (pulumi stack output --json > FILE)
  --preview            pull requests preview this stack
  --dry-run            only says what it would change

It reads the secret PULUMI_CONFIG_PASSPHRASE from the variable of that name, if it is set. It never changes the rules of an
environment: it says which ones are missing. The token must administer the repository, so a workflow's token is refused.
Exit code: 0 done, 2 usage or configuration, 6 GitHub or the token.
`;

interface Written {
  readonly github: GitHub;
  readonly dryRun: boolean;
}

/** Writes the variables of a place that differ, and the secrets that this process's environment has. Says what changes. */
async function keepPlace(
  { github, dryRun }: Written,
  place: Place,
  present: PlaceContent,
  wanted: Readonly<Record<string, string>>,
): Promise<void> {
  const say = (change: string, what: string) =>
    console.log(`  ${dryRun ? "would " : ""}${change} ${what} of ${place.name}`);
  for (const [name, value] of Object.entries(wanted)) {
    const now = present.variables.get(name);
    if (now === value) continue;
    say(now === undefined ? "create" : "update", `the variable ${name} = ${value}`);
    if (!dryRun) await writeVariable(github, place, { name, value, exists: now !== undefined });
  }
  for (const name of workflowSecrets) {
    const value = process.env[name];
    if (value === undefined || value === "") continue;
    // GitHub does not return a secret, so an equal one is replaced, too.
    say(present.secrets.has(name) ? "replace" : "create", `the secret ${name}`);
    if (!dryRun) await writeSecret(github, place, name, value);
  }
}

/** Creates an environment if it is missing, and keeps its variables and secrets. Returns its rules and its earlier content. */
async function keepEnvironment(
  to: Written,
  repository: string,
  name: string,
  wanted: Readonly<Record<string, string>>,
): Promise<{ readonly environment: Environment; readonly present: PlaceContent }> {
  const place = environmentPlace(repository, name);
  const environment = await readEnvironment(to.github, repository, name);
  if (environment === undefined) {
    console.log(`  ${to.dryRun ? "would create" : "create"} the environment ${name}`);
    if (!to.dryRun) await createEnvironment(to.github, repository, name);
  }
  const present = environment === undefined ? emptyPlace : await readPlace(to.github, place);
  await keepPlace(to, place, present, wanted);
  return { environment: environment ?? { reviewers: 0, branches: undefined }, present };
}

function environmentOption(name: string | undefined): EnvironmentName {
  const known = environmentOrder.find((each) => each === name);
  if (known !== undefined) return known;
  throw new ExitError(
    exitCode.usage,
    `--environment takes ${environmentOrder.join(", ")}, not "${name ?? ""}"; for another name, add a job to .github/workflows/train.yml and the name to scripts/github/workflow-values.ts.`,
  );
}

await runCommand(async () => {
  const options = parseOptions(help, {
    repo: { type: "string" },
    environment: { type: "string" },
    stack: { type: "string" },
    outputs: { type: "string" },
    preview: { type: "boolean" },
    "dry-run": { type: "boolean" },
  });
  const { repo, stack, outputs } = options;
  const name = environmentOption(options.environment);
  if (repo === undefined) throw new ExitError(exitCode.usage, "--repo is missing; give OWNER/NAME.");
  if (stack === undefined) throw new ExitError(exitCode.usage, "--stack is missing; give the name of the stack.");
  const of = workflowStack(stack, await readOutputs(outputs === undefined ? { stack } : { outputs }));
  const to: Written = { github: gitHubOfEnvironment(), dryRun: options["dry-run"] === true };
  await checkRepository(to.github, of.github, { repo, environment: name, stack });

  console.log(`${of.github.repository}, environment ${name}, stack ${stack}:`);
  const repository = repositoryPlace(of.github.repository);
  const { environment, present } = await keepEnvironment(to, of.github.repository, name, environmentVariables(of));
  const beside: RuledEnvironment[] = [];
  for (const { name: other, variables, reviewed } of besideEnvironments(of)) {
    const kept = await keepEnvironment(to, of.github.repository, other, variables);
    beside.push({ name: other, environment: kept.environment, reviewed });
  }
  const shared = await readPlace(to.github, repository);
  const preview = options.preview === true ? previewVariables(of) : {};
  // Last, so that no workflow deploys to an environment without its variables, or with unmerged code that nobody approves.
  const listed = (variable: string, has: boolean) =>
    listedEnvironments(variable, shared.variables.get(variable), { name, has });
  const ENVIRONMENTS = listed("ENVIRONMENTS", true);
  const DEV_STACK_ENVIRONMENTS = listed("DEV_STACK_ENVIRONMENTS", beside.some(isReviewed));
  const lists = {
    ENVIRONMENTS,
    ...(DEV_STACK_ENVIRONMENTS === "[]" && !shared.variables.has("DEV_STACK_ENVIRONMENTS")
      ? {}
      : { DEV_STACK_ENVIRONMENTS }),
  };
  await keepPlace(to, repository, shared, { ...preview, ...lists });

  const left = await leftForPerson(to.github, of.github, {
    name,
    environment,
    beside,
    missingSecrets: workflowSecrets.filter((secret) => !process.env[secret] && !present.secrets.has(secret)),
  });
  for (const line of left) console.log(line);
  return exitCode.pass;
});
