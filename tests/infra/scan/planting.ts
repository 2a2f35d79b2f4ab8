import type { RecordedResource } from "../recorded/record-stack.ts";

export type Resources = readonly RecordedResource[];
export type Inputs = Record<string, unknown>;

/** Changes the resources of a stack. @throws Error if the resource to change is missing, so that every mistake is planted */
export type Plant = (resources: Resources) => Resources;

/** Finds a resource by the last part of its type and, if there are several, its name: `RolePolicy execution`. */
function find(resources: Resources, which: string): number {
  const [type, name] = which.split(" ");
  const index = resources.findIndex(
    (one) => one.type.endsWith(`:${type}`) && (name === undefined || one.name === name),
  );
  if (index < 0) throw new Error(`there is no ${which} to change`);
  return index;
}

/** Changes the inputs of one resource. */
export function changed(which: string, change: (inputs: Inputs) => Inputs): Plant {
  return (resources) => {
    const index = find(resources, which);
    const resource = resources[index] as RecordedResource;
    return resources.with(index, { ...resource, inputs: change(structuredClone(resource.inputs)) });
  };
}

/** Sets some inputs of a resource; `undefined` removes one. */
export function setting(which: string, values: Inputs): Plant {
  return changed(which, (inputs) =>
    Object.fromEntries(Object.entries({ ...inputs, ...values }).filter(([, value]) => value !== undefined)),
  );
}

export function without(which: string): Plant {
  return (resources) => resources.toSpliced(find(resources, which), 1);
}

/** Adds a resource, whose inputs may depend on the others. */
export function added(type: string, inputs: (resources: Resources) => Inputs): Plant {
  return (resources) => [
    ...resources,
    { type, name: "planted", inputs: inputs(resources), protect: false, retainOnDelete: false },
  ];
}

/** Returns an input of an existing resource, for a reference to it. */
export function inputOf(resources: Resources, which: string, input: string): unknown {
  return resources[find(resources, which)]?.inputs[input];
}

/** The inputs that hold policy documents, by type. */
const documents: Readonly<Record<string, string>> = { Role: "assumeRolePolicy" };

/** Changes the statements of a resource's policy document. */
export function statements(which: string, change: (statements: Inputs[]) => readonly Inputs[]): Plant {
  return changed(which, (inputs) => {
    const property = documents[which.split(" ")[0] ?? ""] ?? "policy";
    const document = JSON.parse(String(inputs[property])) as { Statement: Inputs[] };
    return { ...inputs, [property]: JSON.stringify({ ...document, Statement: change(document.Statement) }) };
  });
}

/** Sets members of every statement of a resource's policy document. */
export function everyStatement(which: string, values: Inputs): Plant {
  return statements(which, (all) => all.map((statement) => ({ ...statement, ...values })));
}

/** Adds a statement to a role's policy that allows actions on every resource. */
export function allowing(role: string, ...actions: readonly string[]): Plant {
  const statement = { Sid: "Planted", Effect: "Allow", Action: actions, Resource: "*" };
  return statements(`RolePolicy ${role}`, (all) => [...all, statement]);
}

/** Removes a statement from a role's policy. */
export function withoutStatement(which: string, sid: string): Plant {
  return statements(which, (all) => {
    const rest = all.filter(({ Sid }) => Sid !== sid);
    if (rest.length === all.length) throw new Error(`${which} has no statement ${sid} to leave out`);
    return rest;
  });
}
