/** A resource as its rules see it: what the program gives it or, once it is made, what it is. */
export interface Resource {
  readonly urn: string;
  /** Pulumi's type token, such as `aws:s3/bucket:Bucket`. */
  readonly type: string;
  /** The name in the program, not in AWS. */
  readonly name: string;
  /** Reading a value that a preview does not know yet throws `UnknownValueError`; then the rule is not judged. */
  readonly props: Readonly<Record<string, unknown>>;
  /** Whether Pulumi refuses to delete it. */
  readonly protect: boolean;
}

/** What is known of a stack beside its resources. */
export interface StackFacts {
  /** The account that its configuration pins. */
  readonly account?: string | undefined;
}

/** What a rule refuses about one of a stack's resources. */
export interface Violation {
  readonly resource: Resource;
  readonly message: string;
}

interface NamedRule {
  /** In kebab-case, unique: by it a configuration sets the level of the rule. */
  readonly name: string;
  /** What has to hold, in a sentence. */
  readonly description: string;
}

/** A rule about a resource alone. It is judged before the resource is changed, in a preview and in an update. */
export interface ResourceRule extends NamedRule {
  /** What is wrong with the resource, a line each: what, got, fix. Of any type: what the rule is not about is right. */
  readonly check: (resource: Resource) => readonly string[];
}

/**
 * A rule about resources together. It is judged when all are registered, on what they are after that: in a preview before
 * anything is changed, in an update afterwards.
 */
export interface StackRule extends NamedRule {
  readonly checkStack: (resources: readonly Resource[], facts: StackFacts) => readonly Violation[];
}

export type Rule = ResourceRule | StackRule;
