// The client: one method for each operation, and what is done with several of them.
import { isProblem, KCityError } from "./errors.js";
import { exchange } from "./exchange.js";
import { LOOK_UPS, OPERATIONS } from "./generated/operations.js";
import { PATIENT } from "./retries.js";
const TIMEOUT_MS = 30_000;
const FILE_TIMEOUT_MS = 600_000;
/** The K-City Network. */
export class KCity {
    #talk;
    constructor(settings) {
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
    async call(operation, input, options = {}) {
        const given = input;
        return (await exchange(this.#talk, operation, given, options));
    }
    /** Every page of a list: `for await (const page of kcity.pages("listApplications", { track: "planning" }))`. */
    async *pages(list, input, options = {}) {
        for (let cursor = undefined; cursor !== null;) {
            const asked = cursor === undefined ? input : { ...input, cursor };
            const page = await this.call(list, asked, options);
            yield page.data;
            cursor = page.data.next_cursor;
        }
    }
    /** Every item of a list, page after page, each asked for when it is needed. */
    async *items(list, input, options = {}) {
        for await (const page of this.pages(list, input, options)) {
            yield* page.items;
        }
    }
    /**
     * Read, change, and once more where somebody was faster: `change(data, ifMatch)`. Throws the problem
     * `stale-version` when somebody was faster twice.
     */
    async edit(read, change) {
        const once = async () => {
            const { data, etag } = await read();
            if (etag === null)
                throw new TypeError("what was read has no ETag, so it cannot be edited");
            return change(data, etag);
        };
        try {
            return await once();
        }
        catch (error) {
            if (isProblem(error, "stale-version"))
                return once();
            throw error;
        }
    }
    /**
     * What became of an act, by its idempotency key; null: nothing (yet), so repeat it with the same key.
     *
     * `act`: the error that left you in doubt, or a key with the name of its service.
     */
    async lookUp(act, service) {
        const key = typeof act === "string" ? act : act.idempotencyKey;
        const of = service ?? (typeof act === "string" ? null : serviceOf(act.operation));
        if (key === null || of === null)
            throw new TypeError("an act is looked up by its idempotency key and its service");
        try {
            return (await this.call(LOOK_UPS[of], { key })).data.items[0] ?? null;
        }
        catch (error) {
            if (isProblem(error, "not-found"))
                return null;
            throw error;
        }
    }
}
function serviceOf(operation) {
    return operation === null ? null : OPERATIONS[operation].path.split("/")[1];
}
for (const operation of Object.keys(OPERATIONS)) {
    Object.defineProperty(KCity.prototype, operation, {
        value(input = {}, options) {
            return this.call(operation, input, options);
        },
    });
}
