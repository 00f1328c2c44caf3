// KCityError
// ├── Problem            the service refused (RFC 9457); `isProblem(error, "window-closed")` narrows it
// ├── UnexpectedAnswer   something answered that is no K-City Network: a proxy's page, broken JSON
// ├── NoAnswer           the connection failed or timed out; `outcomeUnknown`: it may have been done, see `lookUp`
// ├── DigestMismatch     the service stored other bytes than were sent
// ├── NotModified        304: what you hold (`ifNoneMatch`) is still right
// └── TokenRefused       the issuer gave no token
// An aborted call throws the signal's reason, as `fetch` does.
import type { OperationProblems, ProblemFacts, ProblemSlug } from "./generated/problems.js";
import type { OperationId } from "./types.js";

const EXCERPT_CHARACTERS = 300;

export interface About {
  readonly operation: OperationId | null;
  /** The service logs the request under it: send it when you ask for help. */
  readonly requestId: string | null;
  readonly idempotencyKey: string | null;
}

/** Anything that this client throws about a request. */
export class KCityError extends Error implements About {
  readonly operation: OperationId | null;
  readonly requestId: string | null;
  readonly idempotencyKey: string | null;

  constructor(message: string, about: About, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.operation = about.operation;
    this.requestId = about.requestId;
    this.idempotencyKey = about.idempotencyKey;
  }
}

/** One thing that is wrong or missing. `pointer`: JSON pointer (RFC 6901); `reason` is a stable word. */
export interface Violation {
  readonly pointer: string;
  readonly reason: string;
  readonly message: string;
}

export interface ProblemTold {
  readonly type: string;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly errors: readonly Violation[];
  readonly facts: Readonly<Record<string, unknown>>;
  readonly retryAfterMs: number | null;
}

/** A refusal. Branch on `slug`; a type that this version does not know is a `Problem` all the same. */
export class Problem<S extends ProblemSlug = ProblemSlug> extends KCityError {
  readonly slug: S;
  readonly type: string;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly errors: readonly Violation[];
  /** The members beyond those of RFC 9457, such as `closed_at`. */
  readonly facts: ProblemFacts[S];
  readonly retryAfterMs: number | null;

  constructor(told: ProblemTold, about: About) {
    const slug = told.type.replace(/\/+$/, "").split("/").at(-1) ?? "";
    super(`${told.status} ${slug}: ${told.detail || told.title} (request ${about.requestId})`, about);
    this.slug = slug as S;
    this.type = told.type;
    this.status = told.status;
    this.title = told.title;
    this.detail = told.detail;
    this.errors = told.errors;
    this.facts = told.facts as ProblemFacts[S];
    this.retryAfterMs = told.retryAfterMs;
  }
}

/** Whether it is a refusal, of one of these types where any is named. */
export function isProblem<S extends ProblemSlug>(error: unknown, ...slugs: readonly S[]): error is Problem<S> {
  return error instanceof Problem && (slugs.length === 0 || (slugs as readonly string[]).includes(error.slug));
}

/**
 * The refusal of this operation, as a union to `switch` over by `slug`; throws everything else on.
 * Keep a last branch: a later version may answer types that this one does not know.
 */
export function refusalOf<Op extends OperationId>(
  operation: Op,
  error: unknown,
): { [S in OperationProblems[Op]]: Problem<S> }[OperationProblems[Op]] {
  if (error instanceof Problem && error.operation === operation) {
    return error as { [S in OperationProblems[Op]]: Problem<S> }[OperationProblems[Op]];
  }
  throw error;
}

/** An answer that is none of the contract's. `excerpt`: how its body begins. */
export class UnexpectedAnswer extends KCityError {
  readonly status: number;
  readonly mediaType: string;
  readonly excerpt: string;
  readonly retryAfterMs: number | null;

  constructor(status: number, mediaType: string, text: string, retryAfterMs: number | null, about: About) {
    const excerpt = text.slice(0, EXCERPT_CHARACTERS);
    const what = `${status} with ${mediaType || "no media type"} is no answer of the contract`;
    super(`${what}: ${JSON.stringify(excerpt)} (request ${about.requestId})`, about);
    this.status = status;
    this.mediaType = mediaType;
    this.excerpt = excerpt;
    this.retryAfterMs = retryAfterMs;
  }
}

/** No answer came. `outcomeUnknown`: the request may have reached the service and may have been done. */
export class NoAnswer extends KCityError {
  readonly outcomeUnknown: boolean;

  constructor(message: string, outcomeUnknown: boolean, about: About, options?: ErrorOptions) {
    super(`${message} (request ${about.requestId})`, about, options);
    this.outcomeUnknown = outcomeUnknown;
  }
}

/** The stored document is not what was sent; delete it and send it again. Both digests are hex SHA-256. */
export class DigestMismatch extends KCityError {
  constructor(
    readonly sent: string,
    readonly stored: string,
    about: About,
  ) {
    super(`sent ${sent}, stored ${stored}`, about);
  }
}

/** Nothing changed since the version named by `ifNoneMatch`. */
export class NotModified extends KCityError {}

/** The issuer refused. `error`: its word (RFC 6749, section 5.2). */
export class TokenRefused extends KCityError {
  constructor(
    readonly status: number,
    readonly error: string,
  ) {
    super(`the issuer answered ${status}: ${error}`, { operation: null, requestId: null, idempotencyKey: null });
  }
}
