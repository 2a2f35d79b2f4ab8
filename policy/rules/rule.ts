/** A resource that rules check: its inputs, or its outputs once it is created. */
export interface Resource {
  readonly urn: string;
  /** Pulumi's type token, such as `aws:s3/bucket:Bucket`. */
  readonly type: string;
  /** The name in the program, not in AWS. */
  readonly name: string;
  /** Reading a value that a preview does not know yet throws `UnknownValueError`. Pulumi then skips the rule. */
  readonly props: Readonly<Record<string, unknown>>;
  /** Whether Pulumi protects it from deletion. */
  readonly protect: boolean;
}

/** Facts about a stack besides its resources. */
export interface StackFacts {
  /** The account that the stack's configuration pins. */
  readonly account?: string | undefined;
}

/** A rule's message about one of the stack's resources. */
export interface RuleViolation {
  readonly resource: Resource;
  readonly message: string;
}

interface NamedRule {
  /** Unique and in kebab-case. The pack's configuration sets the level of the rule by this name. */
  readonly name: string;
  /** The requirement, in a sentence. */
  readonly description: string;
}

/** A rule about a single resource. Pulumi checks it before the resource changes, in a preview and in an update. */
export interface ResourceRule extends NamedRule {
  /** Returns one line for each mistake: what, got, fix. Returns none for a resource of another type. */
  readonly check: (resource: Resource) => readonly string[];
}

/**
 * A rule about several resources. Pulumi checks it after all of them are registered: in a preview before any change, in an
 * update after all changes.
 */
export interface StackRule extends NamedRule {
  readonly checkStack: (resources: readonly Resource[], facts: StackFacts) => readonly RuleViolation[];
}

export type Rule = ResourceRule | StackRule;
