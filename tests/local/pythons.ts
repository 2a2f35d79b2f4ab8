import { fileURLToPath } from "node:url";
import { pythonEnvironment } from "../../local/python/environment.ts";

const folder = fileURLToPath(new URL("../../.local/python", import.meta.url));

/** The Python environments that `npm start` uses too; made when they are missing, which may take half a minute. */
export async function pythons(): Promise<{ moto: string; xgboost: string }> {
  const [moto, xgboost] = await Promise.all([
    pythonEnvironment("moto", { folder }),
    pythonEnvironment("xgboost", { folder }),
  ]);
  return { moto: moto.python, xgboost: xgboost.python };
}
