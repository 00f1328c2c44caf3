// The client: one method for each operation, and what is done with several of them.
import { isProblem, KCityError } from "./errors.js";
import { exchange, type Talk } from "./exchange.js";
import { LOOK_UPS, OPERATIONS } from "./generated/operations.js";
import type { components } from "./generated/schema.js";
import { PATIENT, type Retries } from "./retries.js";
import type { TokenSource } from "./tokens.js";
import type { Answer, CallOptions, Input, Item, ListId, Methods, OperationId, Output } from "./types.js";

export type Service = keyof typeof LOOK_UPS;
export type KeptAnswer = components["schemas"]["KeptAnswer"];

export interface Settings {
  /** The front door, without a path; in a page that it serves itself: `location.origin`. */
  readonly origin: string;
  readonly token?: TokenSource;
  readonly retries?: Partial<Retries>;
  /** For each attempt; half a minute without it. */
  readonly timeoutMs?: number;
  /** The same for uploads and downloads; ten minutes without it. */
  readonly fileTimeoutMs?: number;
  /** Whether what the service stored is compared with what was sent; off only with the mock, which stores nothing. */
  readonly checkDigests?: boolean;
  /** A `fetch` of your own, for proxies and tests. */
  readonly fetch?: typeof fetch;
}

const TIMEOUT_MS = 30_000;
const FILE_TIMEOUT_MS = 600_000;

// The methods are made from the table of operations, below.
export interface KCity extends Methods {}

/** The K-City Network. */
export class KCity {
  readonly #talk: Talk;

  constructor(settings: Settings) {
    this.#talk = {
      origin: settings.origin.replace(/\/+$/, ""),
      token: settings.token ?? null,
      retries: { ...PATIENT, ...settings.retries },
      timeoutMs: settings.timeoutMs ?? TIMEOUT_MS,
      fileTimeoutMs: settings.fileTimeoutMs ?? FILE_TIMEOUT_MS,
      checkDigests: settings.checkDigests ?? true,
      fetch: settings.fetch ?? ((input, init) => fetch(input, init)),
    };
  }

  /** Do one operation by its id; the methods named after operations do this. Throws `KCityError`. */
  async call<Op extends OperationId>(operation: Op, input: Input<Op>, options: CallOptions = {}): Promise<Answer<Output<Op>>> {
    const given = input as Readonly<Record<string, unknown>>;
    return (await exchange(this.#talk, operation, given, options)) as Answer<Output<Op>>;
  }

  /** Every page of a list: `for await (const page of kcity.pages("listApplications", { track: "planning" }))`. */
  async *pages<Op extends ListId>(list: Op, input: Input<Op>, options: CallOptions = {}): AsyncGenerator<Output<Op>, void> {
    for (let cursor: string | null | undefined = undefined; cursor !== null; ) {
      const asked: Input<Op> = cursor === undefined ? input : { ...input, cursor };
      const page: Answer<Output<Op>> = await this.call(list, asked, options);
      yield page.data;
      cursor = (page.data as { next_cursor: string | null }).next_cursor;
    }
  }

  /** Every item of a list, page after page, each asked for when it is needed. */
  async *items<Op extends ListId>(list: Op, input: Input<Op>, options: CallOptions = {}): AsyncGenerator<Item<Op>, void> {
    for await (const page of this.pages(list, input, options)) {
      yield* (page as { items: Item<Op>[] }).items;
    }
  }

  /**
   * Read, change, and once more where somebody was faster: `change(data, ifMatch)`. Throws the problem
   * `stale-version` when somebody was faster twice.
   */
  async edit<R, T>(read: () => Promise<Answer<R>>, change: (data: R, ifMatch: string) => Promise<Answer<T>>): Promise<Answer<T>> {
    const once = async (): Promise<Answer<T>> => {
      const { data, etag } = await read();
      if (etag === null) throw new TypeError("what was read has no ETag, so it cannot be edited");
      return change(data, etag);
    };
    try {
      return await once();
    } catch (error) {
      if (isProblem(error, "stale-version")) return once();
      throw error;
    }
  }

  /**
   * What became of an act, by its idempotency key; null: nothing (yet), so repeat it with the same key.
   *
   * `act`: the error that left you in doubt, or a key with the name of its service.
   */
  async lookUp(act: KCityError | Answer<unknown> | string, service?: Service): Promise<KeptAnswer | null> {
    const key = typeof act === "string" ? act : act.idempotencyKey;
    const of = service ?? (typeof act === "string" ? null : serviceOf(act.operation));
    if (key === null || of === null) throw new TypeError("an act is looked up by its idempotency key and its service");
    try {
      return (await this.call(LOOK_UPS[of], { key })).data.items[0] ?? null;
    } catch (error) {
      if (isProblem(error, "not-found")) return null;
      throw error;
    }
  }
}

function serviceOf(operation: OperationId | null): Service | null {
  return operation === null ? null : (OPERATIONS[operation].path.split("/")[1] as Service);
}

for (const operation of Object.keys(OPERATIONS) as OperationId[]) {
  Object.defineProperty(KCity.prototype, operation, {
    value(this: KCity, input: Input<typeof operation> = {} as Input<typeof operation>, options?: CallOptions) {
      return this.call(operation, input, options);
    },
  });
}
