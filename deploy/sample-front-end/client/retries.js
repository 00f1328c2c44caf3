// When and how long to wait before a request is sent again.
export const PATIENT = { attempts: 5, firstPauseMs: 250, longestPauseMs: 8_000, withinMs: 60_000 };
export const NEVER = { ...PATIENT, attempts: 1 };
const TOO_MANY = 429;
const CONFLICT = 409;
const PASSING = new Set([408, 502, 503, 504]);
/** Milliseconds to wait after failed `attempt` (from 1), or null for no more. */
export function pauseMs(retries, attempt, retryAfterMs, elapsedMs) {
    if (attempt >= retries.attempts)
        return null;
    const ceiling = Math.min(retries.longestPauseMs, retries.firstPauseMs * 2 ** (attempt - 1));
    const jitter = Math.random() * ceiling;
    const wait = retryAfterMs === null ? jitter : retryAfterMs + Math.min(jitter, retries.firstPauseMs);
    return elapsedMs + wait <= retries.withinMs ? wait : null;
}
/** What `Retry-After` says, in milliseconds. Source: RFC 9110, 10.2.3. */
export function retryAfterMs(headers) {
    const told = headers.get("Retry-After")?.trim() ?? "";
    if (/^\d+$/.test(told))
        return Number(told) * 1_000;
    const date = Date.parse(told);
    return Number.isNaN(date) ? null : Math.max(0, date - Date.now());
}
/**
 * Whether a refusal may be over later. 429 is counted before anything is done, so it holds for every request; a 409
 * passes when it says so in `Retry-After`: a twin of the request is being worked on.
 */
export function mayPass(status, afterMs, repeatable) {
    return status === TOO_MANY || (repeatable && (PASSING.has(status) || (status === CONFLICT && afterMs !== null)));
}
/** Wait; throws the signal's reason at once when it is aborted. */
export function pause(ms, signal) {
    return new Promise((resolve, reject) => {
        if (signal?.aborted)
            return reject(signal.reason);
        const stop = () => {
            clearTimeout(timer);
            reject(signal?.reason);
        };
        const timer = setTimeout(() => {
            signal?.removeEventListener("abort", stop);
            resolve();
        }, ms);
        signal?.addEventListener("abort", stop, { once: true });
    });
}
