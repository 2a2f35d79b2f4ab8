import { defined } from "../../service-model/defined.ts";
import { oneLine } from "../../service-model/one-line.ts";
import { duplicateKey } from "./duplicate-key.ts";
import { EvaluationProblems, unusableEvaluation } from "./evaluation-problems.ts";
import { evaluationSchema } from "./evaluation-schema.ts";
import { metricSchema, valueAt } from "./metric-value.ts";
import {
  type Asked,
  type Candidate,
  type Compared,
  checkRows,
  type EvaluationGate,
  type ModelName,
  type Reading,
  readCompared,
} from "./read-compared.ts";

/** The scores of the candidate and, on the same test rows, of the approved models. */
export interface Evaluation extends Candidate {
  readonly baseline?: Compared;
  readonly best?: Compared;
}

/** An evaluation that was read, with sentences about the rows of its models. */
export interface ReadEvaluation extends Evaluation {
  readonly notes: readonly string[];
}

const { shape } = evaluationSchema;

function parsedJson(text: string): unknown {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw unusableEvaluation([`evaluation.json is not JSON: ${oneLine((error as Error).message)}`]);
  }
  const twice = duplicateKey(text);
  if (twice !== undefined) throw unusableEvaluation([`evaluation.json has the key ${twice} twice`]);
  if (typeof json !== "object" || json === null || Array.isArray(json))
    throw unusableEvaluation(["evaluation.json is no object; expected keys such as schema_version"]);
  return json;
}

/** Reads the candidate and the test rows. Missing values become values that no comparison accepts. */
function readCandidate({ json, gate, metric, problems }: Reading): Candidate {
  problems.read(["schema_version"], shape.schema_version);
  const value = problems.read(metric, metricSchema) ?? Number.NaN;
  const test = problems.read(["test"], shape.test);
  const model = problems.read(["model"], shape.model);
  const rows = valueAt(json, ["test", "rows"]);
  if (Number.isSafeInteger(rows) && Number(rows) < gate.minimumRows)
    problems.add(["test", "rows"], `too few, the gate requires at least ${gate.minimumRows} test rows`);
  return {
    candidate: { value, sha256: model?.sha256 ?? "" },
    test: { rows: test?.rows ?? 0, sha256: test?.sha256 ?? "", splitRule: test?.split_rule ?? "" },
  };
}

/**
 * Reads an evaluation and fails closed. Anything missing, not finite or contradictory is an error, and so are too few test rows,
 * and a comparison with a model of another split rule or one that was trained on the test rows.
 *
 * @param asked the approved models that the execution was told to compare with
 * @throws ExitError (5) with every problem, each with its key and value
 */
export function parseEvaluation(
  text: string,
  gate: EvaluationGate,
  asked: { readonly [Name in ModelName]?: Asked | undefined } = {},
): ReadEvaluation {
  const json = parsedJson(text);
  const problems = new EvaluationProblems(json);
  const reading = { json, gate, metric: gate.evaluation.value.split("."), problems };
  const own = readCandidate(reading);
  const sketches = problems.read(["sketches"], shape.sketches) ?? undefined;
  const notes: string[] = [];
  const compared = (name: ModelName) => {
    const model = asked[name];
    if (model === undefined) return undefined;
    if (own.test.splitRule !== "") notes.push(...checkRows(reading, name, model, own.test, sketches));
    return readCompared(reading, name, model, own);
  };
  const [baseline, best] = [compared("baseline"), compared("best")];
  problems.throwIfAny();
  return { ...own, ...defined({ baseline, best }), notes };
}
