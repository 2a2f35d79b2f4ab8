import { ExitError, exitCode } from "../../exit-code.ts";
import { pipelineNames } from "../../pipelines/catalog.ts";
import { defaultQuotas, type Quotas } from "../../service-model/limits.ts";

export const definitionOptions = {
  pipeline: { type: "string" },
  from: { type: "string" },
  mermaid: { type: "boolean" },
  diff: { type: "string" },
  quota: { type: "string", multiple: true, default: [] as string[] },
  allow: { type: "string", multiple: true, default: [] as string[] },
} as const;

interface Options {
  readonly pipeline?: string | undefined;
  readonly from?: string | undefined;
  readonly mermaid?: boolean | undefined;
  readonly diff?: string | undefined;
  readonly quota: readonly string[];
  readonly allow: readonly string[];
}

/** The definition that the user asks for, and its form. */
export interface DefinitionRequest {
  readonly source:
    | { readonly kind: "folder"; readonly name: string }
    | { readonly kind: "file"; readonly file: string };
  readonly form:
    | { readonly kind: "json" }
    | { readonly kind: "graph" }
    /** The difference from the definition in a file. */
    | { readonly kind: "difference"; readonly file: string };
  /** Quotas of the account, for definitions in files. */
  readonly quotas: Partial<Quotas>;
  /** Members and values that AWS has and the service model lacks, for definitions in files. */
  readonly allow: readonly string[];
}

function usage(message: string): ExitError {
  return new ExitError(exitCode.usage, message);
}

/** Reads quotas given as `name=number`. */
function parseQuotas(pairs: readonly string[]): Partial<Quotas> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, name = "", value] = /^(\w+)=([1-9]\d*)$/.exec(pair) ?? [];
      if (!Object.hasOwn(defaultQuotas, name))
        throw usage(
          `--quota takes NAME=NUMBER, not "${pair}"; the names are ${Object.keys(defaultQuotas).join(", ")}.`,
        );
      return [name, Number(value)];
    }),
  );
}

function sourceOf({ pipeline, from }: Options): DefinitionRequest["source"] {
  if (pipeline !== undefined && from !== undefined)
    throw usage("--pipeline and --from are both given; give one of them.");
  if (from !== undefined) return { kind: "file", file: from };
  if (pipeline !== undefined) return { kind: "folder", name: pipeline };
  throw usage(`--pipeline is missing; give one of: ${pipelineNames().join(", ")}, or a definition with --from FILE.`);
}

function formOf({ mermaid, diff }: Options): DefinitionRequest["form"] {
  if (mermaid && diff !== undefined) throw usage("--mermaid and --diff are both given; give one of them.");
  if (diff !== undefined) return { kind: "difference", file: diff };
  return { kind: mermaid ? "graph" : "json" };
}

/**
 * Reads the options of the command.
 *
 * @throws ExitError (2) for options that are missing or contradict each other
 */
export function definitionRequest(options: Options): DefinitionRequest {
  const quotas = parseQuotas(options.quota);
  const request = { source: sourceOf(options), form: formOf(options), quotas, allow: options.allow };
  if (options.from === "-" && options.diff === "-")
    throw usage("--from and --diff both read standard input; give one of them a file.");
  if (options.allow.length > 0 && options.from === undefined && options.diff === undefined)
    throw usage("--allow is for definitions in files; a pipeline of pipelines/ has allow: [...] in its pipeline.ts.");
  if (options.quota.length > 0 && options.from === undefined && options.diff === undefined)
    throw usage(
      "--quota is for definitions in files; a pipeline in pipelines/ declares its quotas in its pipeline.ts.",
    );
  return request;
}
