/** The configuration of a stack as Pulumi passes it to a program: texts by key, with nested objects as JSON. */
export type PulumiConfig = Readonly<Record<string, string>>;

/** Converts a value as `--path` does: booleans and integers become such, all other values stay texts. */
function typed(value: string): boolean | number | string {
  if (value === "true" || value === "false") return value === "true";
  if (value.length > 1 && value.startsWith("0")) return value;
  return /^[+-]?\d{1,18}$/.test(value) ? Number(value) : value;
}

/** Splits a path into its keys, such as `pipelines.crickets.ceiling` or `subnetIds[0]`. */
function keys(path: string): readonly (string | number)[] {
  return [...path.matchAll(/\["([^"]+)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(([, quoted, index, name]) =>
    index === undefined ? (quoted ?? name ?? "") : Number(index),
  );
}

type Container = { [key: string | number]: unknown };

/**
 * Sets a value as `pulumi config set` does, with or without `--path`.
 * Source: https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/config/map.go
 */
export function configSet(config: PulumiConfig, key: string, value: string, isPath: boolean): PulumiConfig {
  const [first = key, ...rest] = isPath ? keys(key) : [key];
  const last = rest.at(-1);
  if (last === undefined) return { ...config, [first]: value };
  const empty = (next: string | number | undefined): Container => (typeof next === "number" ? ([] as never) : {});
  const root = JSON.parse(config[first] ?? JSON.stringify(empty(rest[0]))) as Container;
  let container = root;
  for (const [index, name] of rest.slice(0, -1).entries()) {
    container[name] ??= empty(rest[index + 1]);
    container = container[name] as Container;
  }
  container[last] = typed(value);
  return { ...config, [first]: JSON.stringify(root) };
}
