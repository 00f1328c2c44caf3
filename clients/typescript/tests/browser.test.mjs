// The same files in a real browser: KCITY_CHROMIUM names it, /usr/bin/chromium without.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "node:test";

const CHROMIUM = process.env["KCITY_CHROMIUM"] ?? "/usr/bin/chromium";
const DIST = new URL("../dist/", import.meta.url);

// What the page does: a read, a refusal, an upload with progress (XMLHttpRequest) and one without (fetch).
const SCRIPT = `
import { isProblem, KCity } from "/dist/index.js";
const said = { seen: [] };
try {
  const kcity = new KCity({ origin: location.origin, token: async () => "page", retries: { firstPauseMs: 1 } });
  said.now = (await kcity.getIntakeTime()).data.now;
  const file = new File([new Uint8Array(300_000).fill(7)], "plan.pdf");
  const input = { application_id: "01946d2a-8c00-7000-8000-000000000002", kind: "plan", file_name: file.name, body: file };
  const told = await kcity.uploadDocument(input, { onProgress: (sent, total) => said.seen.push([sent, total]) });
  said.uploaded = [told.data.sha256, told.requestId, (await kcity.uploadDocument(input)).data.sha256];
  await kcity.submitApplication(input).catch((error) => { said.refused = isProblem(error, "window-closed") && error.facts; });
} catch (error) {
  said.error = String(error.stack);
}
await fetch("/done", { method: "POST", body: JSON.stringify(said) });
`;

it("works in a browser, with progress of uploads", { timeout: 60_000 }, async () => {
  const heard = { uploads: [] };
  const finished = Promise.withResolvers?.() ?? deferred();
  const server = createServer((request, response) => serve(request, response, heard, finished.resolve));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const profile = await mkdtemp(join(tmpdir(), "kcity-chromium-"));
  const address = `http://127.0.0.1:${server.address().port}/`;
  const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"];
  const browser = spawn(CHROMIUM, [...flags, `--user-data-dir=${profile}`, "--remote-debugging-port=0", address], { stdio: "ignore" });
  browser.on("error", (cause) => finished.reject(new Error(`no browser: set KCITY_CHROMIUM (${CHROMIUM})`, { cause })));
  try {
    const said = await finished.promise;
    assert.equal(said.error, undefined);
    assert.equal(said.now, "2025-03-11T08:30:00Z");
    assert.deepEqual(said.refused, { closed_at: "2025-03-11T09:00:00Z" });
    assert.equal(said.uploaded[0], said.uploaded[2]);
    assert.equal(said.uploaded[1], "from-the-service");
    assert.deepEqual(said.seen.at(-1), [300_000, 300_000]);
    assert.deepEqual(heard.uploads.map((one) => [one.type, one.token, one.bytes]), Array(2).fill(["application/pdf", "Bearer page", 300_000]));
  } finally {
    browser.kill("SIGKILL");
    if (browser.exitCode === null && browser.pid !== undefined) await once(browser, "exit");
    server.closeAllConnections();
    server.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});

async function serve(request, response, heard, finish) {
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  const body = Buffer.concat(pieces);
  const say = (status, type, content, headers = {}) => response.writeHead(status, { "Content-Type": type, ...headers }).end(content);
  const path = request.url.split("?")[0];
  if (path === "/") return say(200, "text/html", `<!doctype html><title>client</title><script type="module">${SCRIPT}</script>`);
  if (path.startsWith("/dist/")) return say(200, "text/javascript", await readFile(new URL(path.slice("/dist/".length), DIST)));
  if (path.endsWith("/time")) return say(200, "application/json", '{"now":"2025-03-11T08:30:00Z"}');
  if (path.endsWith("/documents")) {
    heard.uploads.push({ type: request.headers["content-type"], token: request.headers.authorization, bytes: body.length });
    const sha256 = createHash("sha256").update(body).digest("hex");
    return say(201, "application/json", JSON.stringify({ sha256 }), { "X-Request-Id": "from-the-service" });
  }
  if (path.endsWith("/submission")) {
    const told = { type: "/problems/window-closed", status: 409, title: "closed", closed_at: "2025-03-11T09:00:00Z" };
    return say(409, "application/problem+json", JSON.stringify(told));
  }
  if (path === "/done") finish(JSON.parse(body));
  return say(path === "/done" ? 204 : 404, "text/plain", "");
}

function deferred() {
  const made = {};
  made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
  return made;
}
