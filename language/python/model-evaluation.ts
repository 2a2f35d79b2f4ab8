import type { PythonPackage } from "../code/python-package.ts";

/**
 * The Python package `model_evaluation`, which splits a table and writes the evaluation that the stack check reads. Give
 * it to the steps whose scripts import it. docs/evaluation.md describes its functions.
 */
export const modelEvaluation: PythonPackage = Object.freeze({
  name: "model_evaluation",
  folder: new URL("./model_evaluation/", import.meta.url),
});
