// What the client does between the first attempt and the answer: node --test tests/
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";

import {
  clientCredentials, DigestMismatch, isProblem, KCity, NoAnswer, NotModified, Problem, TokenRefused, UnexpectedAnswer,
} from "../dist/index.js";
import { answer, LOST, page, problem, scripted } from "./scripted.mjs";

const application_id = "01946d2a-8c00-7000-8000-000000000002";
const RECEIPT = answer(201, { application_id, receipt_no: "KCN-2025-D-7F3K-9QX2" }, { Location: "/intake/v1/applications/x/receipt" });
const TIME = answer(200, { now: "2025-03-11T08:30:00Z", bound_ms: 1.4, rehearsal: false, time_zone: "Asia/Seoul" });
const QUICK = { attempts: 3, firstPauseMs: 1, longestPauseMs: 2 };
const NOW = { "Retry-After": "0" };

const client = (script, settings = {}) => new KCity({ origin: script.origin, retries: QUICK, token: "t", ...settings });
const submit = (kcity, options) => kcity.submitApplication({ application_id }, options);
const thrown = async (promise) => promise.then(() => assert.fail("nothing was thrown"), (error) => error);

describe("retries", () => {
  it("repeats an act whose answer is lost with the same key", () =>
    scripted([LOST, page(502, "<html>"), RECEIPT], async (script) => {
      const found = await submit(client(script));
      const keys = new Set(script.asked.map((one) => one.headers["idempotency-key"]));
      assert.deepEqual([script.asked.length, [...keys]], [3, [found.idempotencyKey]]);
      assert.equal(found.location, "/intake/v1/applications/x/receipt");
    }));

  it("sends a key of the caller as it is", () =>
    scripted([RECEIPT], async (script) => {
      await submit(client(script), { idempotencyKey: "mine" });
      assert.equal(script.asked[0].headers["idempotency-key"], "mine");
    }));

  it("lets an outcome in doubt be looked up", () =>
    scripted([LOST, LOST, LOST, answer(200, { items: [{ status: 201 }] })], async (script) => {
      const doubt = await thrown(submit(client(script)));
      assert.ok(doubt instanceof NoAnswer && doubt.outcomeUnknown);
      assert.equal((await client(script).lookUp(doubt)).status, 201);
      assert.equal(script.asked.at(-1).path, `/intake/v1/idempotency-keys/${doubt.idempotencyKey}`);
    }));

  it("looks up what was never done as null", () =>
    scripted([problem(404, "not-found")], async (script) => {
      assert.equal(await client(script).lookUp("key", "review"), null);
    }));

  it("never sends a change without a condition twice", () =>
    scripted([LOST, TIME], async (script) => {
      const doubt = await thrown(client(script).declareConflict({ case_id: application_id, body: { has_conflict: false } }));
      assert.ok(doubt.outcomeUnknown);
      assert.equal(script.asked.length, 1);
    }));

  it("repeats whatever was one too many", () =>
    scripted([problem(429, "rate-limited", {}, NOW), { status: 204 }], async (script) => {
      assert.equal((await client(script).deleteDocument({ document_id: application_id })).data, undefined);
      assert.deepEqual(script.asked.map((one) => one.method), ["DELETE", "DELETE"]);
    }));

  it("waits for a twin in flight, and takes another conflict as final", async () => {
    await scripted([problem(409, "twin-in-flight", {}, NOW), RECEIPT], async (script) => {
      assert.equal((await submit(client(script))).status, 201);
    });
    await scripted([problem(409, "window-closed", { closed_at: "2025-03-11T09:00:00Z" })], async (script) => {
      const refused = await thrown(submit(client(script)));
      assert.ok(isProblem(refused, "window-closed"));
      assert.deepEqual([script.asked.length, refused.facts.closed_at], [1, "2025-03-11T09:00:00Z"]);
    });
  });

  it("is bounded, and begins no wait beyond its patience", async () => {
    await scripted([problem(503, "unavailable")], async (script) => {
      assert.ok(isProblem(await thrown(client(script).getIntakeTime()), "unavailable"));
      assert.equal(script.asked.length, QUICK.attempts);
    });
    await scripted([problem(503, "unavailable", {}, { "Retry-After": "3600" })], async (script) => {
      assert.equal((await thrown(client(script).getIntakeTime())).retryAfterMs, 3_600_000);
      assert.equal(script.asked.length, 1);
    });
  });

  it("knows a service that is not there to have done nothing", async () => {
    const gone = await scripted([TIME], async (script) => script.origin);
    const failed = await thrown(submit(client({ origin: gone })));
    assert.ok(failed instanceof NoAnswer && !failed.outcomeUnknown);
  });

  it("ends at once when it is aborted between attempts", () =>
    scripted([problem(503, "unavailable", {}, { "Retry-After": "30" })], async (script) => {
      const abort = new AbortController();
      const ending = thrown(client(script).getIntakeTime({}, { signal: abort.signal }));
      while (script.asked.length === 0) await new Promise(setImmediate);
      abort.abort(new Error("enough"));
      assert.equal((await ending).message, "enough");
      assert.equal(script.asked.length, 1);
    }));
});

describe("problems", () => {
  it("are problems also where this version does not know their type", () =>
    scripted([problem(409, "moon-in-the-wrong-phase", { phase: "new", request_id: "r-12345678" })], async (script) => {
      const refused = await thrown(submit(client(script)));
      assert.ok(refused instanceof Problem && !isProblem(refused, "window-closed"));
      assert.deepEqual([refused.slug, refused.facts, refused.requestId], ["moon-in-the-wrong-phase", { phase: "new" }, "r-12345678"]);
    }));

  it("point at the places", () =>
    scripted([problem(422, "incomplete", { errors: [{ pointer: "/contact", reason: "missing", message: "…" }, 1] })], async (script) => {
      assert.deepEqual((await thrown(submit(client(script)))).errors, [{ pointer: "/contact", reason: "missing", message: "…" }]);
    }));

  for (const [what, said] of Object.entries({
    "a refusing page": page(403, "<html>go away</html>"),
    "a captive portal": page(200, "<html>log in to this network</html>"),
    "half an answer": { status: 200, body: "{", headers: { "Content-Type": "application/json" } },
    "a problem that is none": { status: 400, body: "[]", headers: { "Content-Type": "application/problem+json" } },
    "a redirect": page(302, "", { Location: "https://login.example/" }),
  })) {
    it(`are told apart from ${what}`, () =>
      scripted([said], async (script) => {
        const wrong = await thrown(client(script).getIntakeTime());
        assert.ok(wrong instanceof UnexpectedAnswer);
        assert.deepEqual([wrong.status, wrong.requestId], [said.status, script.asked[0].headers["x-request-id"]]);
      }));
  }
});

describe("tokens", () => {
  it("are asked anew once when they expired", () =>
    scripted([problem(401, "token-expired"), RECEIPT], async (script) => {
      await submit(client(script, { token: (renew) => (renew ? "new" : "old") }));
      assert.deepEqual(script.asked.map((one) => one.headers.authorization), ["Bearer old", "Bearer new"]);
    }));

  it("that stay refused are a problem", () =>
    scripted([problem(401, "token-expired")], async (script) => {
      assert.ok(isProblem(await thrown(submit(client(script, { token: () => "old" }))), "token-expired"));
      assert.equal(script.asked.length, 2);
    }));

  it("of a system are asked once, also by calls at once, and kept", () =>
    scripted([answer(200, { access_token: "machine", expires_in: 3600 }), TIME], async (script) => {
      const token = clientCredentials({ tokenUrl: `${script.origin}/token`, clientId: "id", clientSecret: "s", scope: "cases:read" });
      const kcity = client(script, { token });
      await Promise.all([kcity.getIntakeTime(), kcity.getIntakeTime()]);
      await kcity.getIntakeTime();
      assert.deepEqual(script.asked.map((one) => one.path), ["/token", ...Array(3).fill("/intake/v1/time")]);
    }));

  it("that the issuer refuses are told apart", () =>
    scripted([answer(401, { error: "invalid_client" })], async (script) => {
      const token = clientCredentials({ tokenUrl: `${script.origin}/token`, clientId: "id", clientSecret: "wrong" });
      const refused = await thrown(client(script, { token }).getIntakeTime());
      assert.ok(refused instanceof TokenRefused);
      assert.equal(refused.error, "invalid_client");
    }));
});

describe("uploads", () => {
  const content = Buffer.alloc(700_000, "kcity");
  const stored = (bytes) => answer(201, { id: application_id, sha256: createHash("sha256").update(bytes).digest("hex") });
  const upload = (kcity, body, options) =>
    kcity.uploadDocument({ application_id, kind: "project_plan", file_name: "plan.pdf", body }, options);

  it("are sent again whole, with progress and their type", () =>
    scripted([problem(503, "unavailable", {}, NOW), stored(content)], async (script) => {
      const seen = [];
      await upload(client(script), new Blob([content]), { onProgress: (sent, total) => seen.push([sent, total]) });
      assert.deepEqual(script.asked.map((one) => one.body.equals(content)), [true, true]);
      assert.equal(script.asked[0].headers["content-type"], "application/pdf");
      assert.deepEqual(seen.at(-1), [content.length, content.length]);
    }));

  it("of a stream are sent once", () =>
    scripted([problem(503, "unavailable", {}, NOW), stored(content)], async (script) => {
      assert.ok(isProblem(await thrown(upload(client(script), new Blob([content]).stream())), "unavailable"));
      assert.equal(script.asked.length, 1);
    }));

  it("that arrived otherwise are noticed", () =>
    scripted([stored(content.subarray(1))], async (script) => {
      assert.ok((await thrown(upload(client(script), content))) instanceof DigestMismatch);
    }));

  it("need a type that is known", () =>
    scripted([TIME], async (script) => {
      const input = { application_id, kind: "a", file_name: "x", body: content };
      await assert.rejects(client(script).uploadDocument(input), TypeError);
      assert.equal(script.asked.length, 0);
    }));
});

describe("edits, lists and paths", () => {
  it("change once more what somebody else changed", () =>
    scripted([answer(200, {}, { ETag: '"1"' }), problem(412, "stale-version"), answer(200, {}, { ETag: '"2"' })], async (script) => {
      const kcity = client(script);
      const sheet = { assignment_id: application_id };
      await kcity.edit(() => kcity.getScoreSheet(sheet), (_, ifMatch) => kcity.putScoreSheet({ ...sheet, ifMatch, body: { scores: [] } }));
      assert.deepEqual(script.asked.map((one) => [one.method, one.headers["if-match"]]), [
        ["GET", undefined], ["PUT", '"1"'], ["GET", undefined], ["PUT", '"2"'],
      ]);
    }));

  it("say when what is held is still right", () =>
    scripted([{ status: 304 }], async (script) => {
      assert.ok((await thrown(client(script).getApplication({ application_id, ifNoneMatch: '"7"' }))) instanceof NotModified);
      assert.equal(script.asked[0].headers["if-none-match"], '"7"');
    }));

  it("follow the cursor and repeat the names of lists", () =>
    scripted([answer(200, { items: [1], next_cursor: "c" }), answer(200, { items: [2], next_cursor: null })], async (script) => {
      const found = [];
      for await (const one of client(script).items("listProjects", { country: ["VN", "ID"], limit: 1 })) found.push(one);
      assert.deepEqual(found, [1, 2]);
      const query = "/catalog/v1/projects?country=VN&country=ID&limit=1";
      assert.deepEqual(script.asked.map((one) => one.path), [query, `${query}&cursor=c`]);
    }));

  it("let no argument leave its segment", () =>
    scripted([problem(404, "not-found")], async (script) => {
      for (const code of ["..", ".", ""]) await assert.rejects(client(script).getCall({ code }), TypeError);
      await thrown(client(script).getCall({ code: "a/../b?c" }));
      assert.deepEqual(script.asked.map((one) => one.path), ["/intake/v1/calls/a%2F..%2Fb%3Fc"]);
    }));

  it("send texts as texts", () =>
    scripted([answer(201, {})], async (script) => {
      await client(script).publishCall({ body: "code: KCN-2026\n" });
      assert.deepEqual([script.asked[0].headers["content-type"], `${script.asked[0].body}`], ["application/yaml", "code: KCN-2026\n"]);
    }));
});
