// Signing in at the issuer: authorization code with PKCE (OAuth 2.1), refresh, signing out.
// The access token is held in memory alone. The refresh token lies in this tab's session storage, so that a reload
// does not sign out; it is good for one use, so only one refresh is ever under way.

const CLIENT_ID = "kcity-front-end";
const KEPT = "kcity-signed-in";
const ASKED = "kcity-asked";
const EARLY_MS = 30_000;
const RETURN_TO = `${location.origin}${location.pathname}`;

/** Nobody is signed in any more: the issuer takes the refresh token no longer. */
export class SignedOut extends Error {}

/** Who is signed in, and the token for each request. */
export class SigningIn {
  #issuer;
  #configuration = null;
  #access = null;
  #refreshing = null;

  constructor(issuer) {
    this.#issuer = issuer;
  }

  /** The claims of who is signed in, or null. */
  get person() {
    const kept = read(KEPT);
    return kept === null ? null : kept.person;
  }

  /** After a page load: redeem the code that the issuer sent back, if it did. Where to go on, or null. */
  async arrive() {
    const told = new URLSearchParams(location.search);
    if (!told.has("state")) return null;
    const asked = read(ASKED);
    sessionStorage.removeItem(ASKED);
    history.replaceState(null, "", RETURN_TO + (asked?.hash ?? ""));
    const from = told.get("iss") ?? this.#issuer; // RFC 9207; not every issuer says it
    const fits = asked !== null && told.get("state") === asked.state && from === this.#issuer;
    if (!fits) throw new Error("the answer of the issuer belongs to another request");
    if (told.has("error")) throw new Error(told.get("error_description") ?? told.get("error"));
    const form = { grant_type: "authorization_code", code: told.get("code"), redirect_uri: RETURN_TO, code_verifier: asked.verifier };
    this.#keep(await this.#ask(form), asked.nonce);
    return asked.hash;
  }

  /** Leave for the issuer's page; it sends people back here. */
  async begin(language) {
    const asked = { verifier: random(), state: random(), nonce: random(), hash: location.hash };
    sessionStorage.setItem(ASKED, JSON.stringify(asked));
    const query = new URLSearchParams({
      client_id: CLIENT_ID,
      redirect_uri: RETURN_TO,
      response_type: "code",
      scope: "openid profile",
      state: asked.state,
      nonce: asked.nonce,
      code_challenge: await challenge(asked.verifier),
      code_challenge_method: "S256",
      ui_locales: language,
    });
    location.assign(`${(await this.#discover()).authorization_endpoint}?${query}`);
  }

  /** The token for a request; `renew`: the last one was refused. Throws `SignedOut`. */
  async token(renew) {
    if (this.person === null) return null;
    if (!renew && this.#access !== null && performance.now() < this.#access.goodUntil) return this.#access.token;
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = null;
    });
    await this.#refreshing;
    return this.#access.token;
  }

  /** Sign out here and at the issuer, which sends people back here. */
  async leave(language) {
    const kept = read(KEPT);
    sessionStorage.clear();
    const query = new URLSearchParams({ client_id: CLIENT_ID, post_logout_redirect_uri: RETURN_TO, ui_locales: language });
    if (kept?.identity) query.set("id_token_hint", kept.identity);
    location.assign(`${(await this.#discover()).end_session_endpoint}?${query}`);
  }

  async #refresh() {
    const { refresh } = read(KEPT) ?? {};
    try {
      this.#keep(await this.#ask({ grant_type: "refresh_token", refresh_token: refresh ?? "" }), null);
    } catch (error) {
      if (!(error instanceof SignedOut)) throw error;
      sessionStorage.removeItem(KEPT);
      throw error;
    }
  }

  async #ask(form) {
    const body = new URLSearchParams({ ...form, client_id: CLIENT_ID });
    const answer = await fetch((await this.#discover()).token_endpoint, { method: "POST", body });
    const told = await answer.json();
    if (answer.status >= 400 && answer.status < 500) throw new SignedOut(told.error_description ?? told.error);
    if (!answer.ok) throw new Error(`the issuer answered ${answer.status}`);
    return told;
  }

  #keep(told, nonce) {
    const person = claims(told.id_token);
    if (nonce !== null && person.nonce !== nonce) throw new Error("the identity token belongs to another request");
    this.#access = { token: told.access_token, goodUntil: performance.now() + told.expires_in * 1_000 - EARLY_MS };
    const kept = { refresh: told.refresh_token, identity: told.id_token, person };
    sessionStorage.setItem(KEPT, JSON.stringify(kept));
  }

  async #discover() {
    this.#configuration ??= await (await fetch(`${this.#issuer}/.well-known/openid-configuration`)).json();
    return this.#configuration;
  }
}

function read(name) {
  return JSON.parse(sessionStorage.getItem(name) ?? "null");
}

function random() {
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

async function challenge(verifier) {
  return base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))));
}

function base64url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** What a token says; it came from the issuer itself over its own connection, so its signature is not asked here. */
function claims(token) {
  const bytes = Uint8Array.from(atob(token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}
