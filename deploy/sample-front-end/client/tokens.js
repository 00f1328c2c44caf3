// Where access tokens come from: a string, a callback, or the client credentials of a system.
import { TokenRefused } from "./errors.js";
const EARLY_MS = 30_000;
/**
 * A system's token (RFC 6749, section 4.4), asked when needed and kept until shortly before it expires. For systems:
 * a secret has no place in a browser.
 */
export function clientCredentials(credentials) {
    let kept = null;
    let asking = null;
    return async (renew) => {
        if (kept !== null && !renew && Date.now() < kept.goodUntil)
            return kept.token;
        asking ??= ask(credentials).finally(() => {
            asking = null;
        });
        kept = await asking;
        return kept.token;
    };
}
async function ask(credentials) {
    const body = new URLSearchParams({
        grant_type: "client_credentials",
        client_id: credentials.clientId,
        client_secret: credentials.clientSecret,
        scope: credentials.scope ?? "",
    });
    const send = credentials.fetch ?? fetch;
    const answer = await send(credentials.tokenUrl, { method: "POST", body, headers: { Accept: "application/json" } });
    const told = await answer.json().catch(() => null);
    const { access_token, expires_in, error } = (told ?? {});
    if (!answer.ok || typeof access_token !== "string") {
        throw new TokenRefused(answer.status, typeof error === "string" ? error : "no reason given");
    }
    const seconds = typeof expires_in === "number" ? expires_in : 0;
    return { token: access_token, goodUntil: Date.now() + Math.max(0, seconds * 1_000 - EARLY_MS) };
}
