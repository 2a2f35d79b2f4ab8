/** What the values of a stack are, by key, as a program gets them: texts, of JSON where there is structure. */
export type PulumiConfig = Readonly<Record<string, string>>;

/** What Pulumi makes of a value below a path: truths and whole numbers are what they look like, all else stays a text. */
function typed(value: string): boolean | number | string {
  if (value === "true" || value === "false") return value === "true";
  if (value.length > 1 && value.startsWith("0")) return value;
  return /^[+-]?\d{1,18}$/.test(value) ? Number(value) : value;
}

/** The keys of a path such as `pipelines.abalone.ceiling` or `subnetIds[0]`. */
function keys(path: string): readonly (string | number)[] {
  return [...path.matchAll(/\["([^"]+)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(([, quoted, index, name]) =>
    index === undefined ? (quoted ?? name ?? "") : Number(index),
  );
}

type Container = { [key: string | number]: unknown };

/**
 * `pulumi config set`, with `--path` or without.
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
