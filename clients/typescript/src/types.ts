// What operations take and answer, worked out from the generated types; nothing here exists at run time.
import type { operations } from "./generated/schema.js";
import type { UploadSource } from "./uploads.js";

export type OperationId = keyof operations;

type Shown<T> = { [K in keyof T]: T[K] } & {};
type Arguments<Op extends OperationId> = operations[Op] extends { parameters: infer P } ? P : never;
type Given<T> = [T] extends [never] ? unknown : T extends undefined ? unknown : T;
type Path<P> = P extends { path: infer T } ? T : unknown;
type Query<P> = P extends { query: infer T } ? T : P extends { query?: infer T } ? Given<NonNullable<T>> : unknown;
type IfMatch<P> = P extends { header: { "If-Match": infer T } }
  ? { /** The `etag` of the version you read. */ ifMatch: T }
  : unknown;
type HeadersOf<P> = P extends { header?: infer H } ? NonNullable<H> : never;
type IfNoneMatch<P> = [HeadersOf<P>] extends [never]
  ? unknown
  : HeadersOf<P> extends { "If-None-Match"?: infer T }
    ? "If-None-Match" extends keyof HeadersOf<P>
      ? { /** The `etag` of what you hold; `NotModified` is thrown while it is still right. */ ifNoneMatch?: NonNullable<T> }
      : unknown
    : unknown;

type Sent<C> = C extends { "application/json": infer T }
  ? C extends { "application/yaml": unknown } ? T | string : T
  : UploadSource;
type Body<Op extends OperationId> = operations[Op] extends { requestBody: { content: infer C } }
  ? { body: Sent<C> }
  : operations[Op] extends { requestBody?: { content: infer C } }
    ? { body?: Sent<C> }
    : unknown;

/** Everything an operation takes, under the contract's own names: path, query, `body`, `ifMatch`, `ifNoneMatch`. */
export type Input<Op extends OperationId> = Shown<
  Path<Arguments<Op>> & Query<Arguments<Op>> & IfMatch<Arguments<Op>> & IfNoneMatch<Arguments<Op>> & Body<Op>
>;

type GoodStatus = 200 | 201 | 202 | 203;
type Good<Op extends OperationId> = operations[Op] extends { responses: infer R }
  ? { [S in keyof R & GoodStatus]: R[S] extends { content: infer C } ? Read<C> : undefined }
  : never;
type Read<C> = C extends { "application/json": infer T } ? T : Uint8Array;

/** What an operation answers; `undefined` for none, bytes for a file. */
export type Output<Op extends OperationId> = [keyof Good<Op>] extends [never] ? undefined : Good<Op>[keyof Good<Op>];

/** Operations that answer a page of a list. */
export type ListId = {
  [Op in OperationId]: Output<Op> extends { items: readonly unknown[]; next_cursor: string | null } ? Op : never;
}[OperationId];
export type Item<Op extends ListId> = Output<Op> extends { items: readonly (infer T)[] } ? T : never;

/** An answer with what came beside it. */
export interface Answer<T> {
  readonly data: T;
  readonly operation: OperationId;
  readonly status: number;
  /** Send it as `ifMatch` to change what you read. */
  readonly etag: string | null;
  /** Path of what was made, at this origin. */
  readonly location: string | null;
  readonly requestId: string;
  /** What the act was sent with: repeat it, or `lookUp`, with this one. */
  readonly idempotencyKey: string | null;
  readonly headers: Headers;
}

export interface CallOptions {
  /** The key of the act; made for it where none is given, and sent again with each repeat. */
  idempotencyKey?: string;
  /** Ends the call at once, also while it waits for its next attempt. */
  signal?: AbortSignal;
  /** For each attempt. */
  timeoutMs?: number;
  /** Bytes sent so far, and all of them where known; from zero again for each attempt. Uploads only. */
  onProgress?: (sent: number, total: number | null) => void;
}

type Method<Op extends OperationId> = Record<never, never> extends Input<Op>
  ? (input?: Input<Op>, options?: CallOptions) => Promise<Answer<Output<Op>>>
  : (input: Input<Op>, options?: CallOptions) => Promise<Answer<Output<Op>>>;

/** One method for each operation, named after it. All throw `KCityError`, most often a `Problem`. */
export type Methods = { [Op in OperationId]: Method<Op> };
