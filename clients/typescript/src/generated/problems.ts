// Generated from version 1.1.0 of the contract: make clients
/** Every problem type of the contract, by the last part of its `type`, with its facts. */
export interface ProblemFacts {
  /** 409: The application was submitted already. It was received once and needs nothing more; read its receipt. */
  "already-submitted": { receipt_no?: string; [fact: string]: unknown };
  /** 409: The application was withdrawn already. Nothing more is to be done. A new application can be begun while the call is open. */
  "already-withdrawn": { [fact: string]: unknown };
  /** 409: The assignment is frozen. A reviewer began to score this case; its reviewers do not change any more. */
  "assignment-frozen": { [fact: string]: unknown };
  /** 408: The body did not arrive in time. Send the same request again, faster. */
  "body-too-slow": { [fact: string]: unknown };
  /** 422: The call definition is not valid. The definition file is wrong; each error names its line and column. */
  "call-definition-invalid": { [fact: string]: unknown };
  /** 409: A call with this code exists. It says something else. Choose another code, or amend the call that is there. */
  "call-exists": { code?: string; [fact: string]: unknown };
  /** 415: This type of file is not taken. Send the definition as application/yaml or application/json. */
  "call-media-type-not-allowed": { [fact: string]: unknown };
  /** 409: The case is not in the right state. The case is open; this needs: eligible, ready. Read the case again. */
  "case-not-in-state": { case_state?: string; needed_states?: string[]; [fact: string]: unknown };
  /** 409: The application is being changed. Finish changing it, then submit again with the same key. */
  "changed-meanwhile": { [fact: string]: unknown };
  /** 413: The request is too large. Send less at once. */
  "content-too-large": { [fact: string]: unknown };
  /** 400: The cursor is not valid. Use next_cursor of a page exactly as it came, or start without a cursor. */
  "cursor-invalid": { [fact: string]: unknown };
  /** 400: The cursor belongs to another query. Repeat the query that gave the cursor, with the same filters, or start without a cursor. */
  "cursor-mismatch": { [fact: string]: unknown };
  /** 409: The conflict declaration is missing. Declare first: PUT /v1/cases/{case_id}/conflict-declaration. */
  "declaration-missing": { [fact: string]: unknown };
  /** 415: The content does not fit its type. The first bytes are not those of application/pdf; nothing of the file was kept. */
  "document-content-mismatch": { [fact: string]: unknown };
  /** 422: The document is empty. Send the file as the request's body. */
  "document-empty": { [fact: string]: unknown };
  /** 409: The document is not cleared for download. It can be downloaded once its scan is clean. */
  "document-not-cleared": { scan_state?: string; [fact: string]: unknown };
  /** 503: Temporarily unavailable. A part we need is not answering; nothing was done. Send the same request again. */
  "document-store-unavailable": { [fact: string]: unknown };
  /** 413: The document is too large. Send a smaller file; nothing of this one was kept. */
  "document-too-large": { max_bytes?: number; [fact: string]: unknown };
  /** 415: This type of file is not taken. Send one of these, named in Content-Type: application/pdf, image/png. */
  "document-type-not-allowed": { media_types?: string[]; [fact: string]: unknown };
  /** 409: The eligibility was decided already. Somebody decided this case before you. Read the case to see the decision. */
  "eligibility-already-decided": { [fact: string]: unknown };
  /** 422: The announcement must lie in the future. Choose a later instant. */
  "embargo-not-in-future": { [fact: string]: unknown };
  /** 409: The announcement's instant has passed. Reject this proposal and propose the selection again with a later instant. */
  "embargo-passed": { [fact: string]: unknown };
  /** 409: The evaluation is not complete. Settle the cases named here, then close the evaluation. */
  "evaluation-incomplete": { [fact: string]: unknown };
  /** 409: The evaluation is closed. Sheets, declarations, assignments and eligibility are frozen in its bundle. */
  "evaluation-is-closed": { evaluation_id?: string; [fact: string]: unknown };
  /** 403: Not allowed. The caller is known but may not do this. */
  "forbidden": { [fact: string]: unknown };
  /** 403: Another person must approve. You proposed this selection; another ministry officer has to approve it. */
  "four-eyes-required": { [fact: string]: unknown };
  /** 431: The request's head is too large. Address and headers may have 16 KiB. */
  "headers-too-large": { [fact: string]: unknown };
  /** 400: Idempotency-Key has the wrong form. A key has 1 to 255 visible ASCII characters; a random UUID is a good one. */
  "idempotency-key-invalid": { [fact: string]: unknown };
  /** 400: Idempotency-Key is required. Make a random key for the act, send it as Idempotency-Key, and repeat with the same one. */
  "idempotency-key-missing": { [fact: string]: unknown };
  /** 409: The import was applied already. It was applied at 2026-11-23T02:05:00+00:00; give the file anew to see what it changes now. */
  "import-applied-already": { [fact: string]: unknown };
  /** 409: The import has faults. Put right what its faults name, and give the file anew. */
  "import-faulty": { [fact: string]: unknown };
  /** 415: This type of file is not taken. Send the file as text/csv. */
  "import-media-type-not-allowed": { [fact: string]: unknown };
  /** 409: Entries changed since the preview. Nothing was changed. Give the file anew, look at its preview, and apply that. */
  "import-outdated": { project_ids?: string[]; rows?: string[]; [fact: string]: unknown };
  /** 422: The application is not complete. Mend each of the errors, then submit again. */
  "incomplete": { [fact: string]: unknown };
  /** 409: The intake of this track is still open. Close the evaluation after the intake has ended. */
  "intake-still-open": { intake_ends_at?: string; [fact: string]: unknown };
  /** 500: Something went wrong here. It is logged under the request id. */
  "internal-error": { [fact: string]: unknown };
  /** 422: The input is not valid. The input is readable but wrong; every wrong place is a violation. */
  "invalid": { [fact: string]: unknown };
  /** 422: The input is not valid. Each error points at one wrong place. */
  "invalid-input": { [fact: string]: unknown };
  /** 503: Sign-in is temporarily unavailable. A part we need is not answering; nothing was done. Send the same request again. */
  "issuer-unavailable": { [fact: string]: unknown };
  /** 422: The Idempotency-Key belongs to another request. Use a fresh key for another act, or repeat the first request unchanged. */
  "key-reused": { [fact: string]: unknown };
  /** 404: The link is not valid. Use the link exactly as it was sent, or ask for a new one. */
  "link-invalid": { [fact: string]: unknown };
  /** 400: The request cannot be read. It breaks HTTP or its encoding. */
  "malformed-request": { [fact: string]: unknown };
  /** 409: There is no pre-consulting on this track. The call gives the demonstration track no pre-consulting; go on with the assignment of reviewers. */
  "no-pre-consulting-on-this-track": { [fact: string]: unknown };
  /** 409: The application is no draft any more. It is submitted. Begin a new application if you want to hand in something else. */
  "not-a-draft": { state?: string; [fact: string]: unknown };
  /** 404: Not a rehearsal. This installation is live: its clock cannot be stepped. */
  "not-a-rehearsal": { [fact: string]: unknown };
  /** 406: No representation that you accept. Accept what the operation offers; nothing was done. */
  "not-acceptable": { [fact: string]: unknown };
  /** 404: Not found. There is no such application, or you may not see it. */
  "not-found": { [fact: string]: unknown };
  /** 409: The case waits for the next round. It arrived after the cut-off of rolling intake and rolls over to the next year. */
  "not-in-this-round": { [fact: string]: unknown };
  /** 409: The message is not sent again. It is queued. Only a message that is bounced or failed can be sent again. */
  "not-resendable": { state?: string; [fact: string]: unknown };
  /** 409: The application was withdrawn. The applicant withdrew it, so nothing is left to confirm. */
  "nothing-to-confirm": { [fact: string]: unknown };
  /** 409: The occasion is over. No invitations are issued after its last day. */
  "occasion-over": { ended_on?: string; [fact: string]: unknown };
  /** 422: No such occasion for this track. Choose an occasion of the call that invites this track. */
  "occasion-unknown": { [fact: string]: unknown };
  /** 409: Pre-consulting is completed. The report and the revised proposal are final; read them instead. */
  "pre-consulting-completed-already": { [fact: string]: unknown };
  /** 409: Pre-consulting is not complete. Still missing: revised_proposal. Put it in, then complete the pre-consulting. */
  "pre-consulting-incomplete": { [fact: string]: unknown };
  /** 428: If-Match is required. Send the ETag of the version you read in the header If-Match. */
  "precondition-required": { [fact: string]: unknown };
  /** 503: Requests cannot be counted at the moment. A part we need is not answering; nothing was done. Send the same request again. */
  "rate-limit-unavailable": { [fact: string]: unknown };
  /** 429: Too many requests. Wait as long as `Retry-After` says, then send it again. */
  "rate-limited": { [fact: string]: unknown };
  /** 409: A rebuild is under way. Wait until the other one has ended; its order tells how it goes. */
  "rebuild-underway": { order_id?: string; [fact: string]: unknown };
  /** 409: This person is registered already. Use the registered reviewer. */
  "reviewer-already-registered": { reviewer_id?: string; [fact: string]: unknown };
  /** 409: Reviewers are assigned already. Reviewers read the proposal as it stands; pre-consulting cannot begin any more. */
  "reviewers-already-assigned": { [fact: string]: unknown };
  /** 403: The access token lacks a scope. Ask the issuer for a token with the scope cases:read, or for one track with cases:read:<track>. */
  "scope-missing": { scope?: string; [fact: string]: unknown };
  /** 409: The selection is not in the right state. The selection is proposed; this needs one that is announced. */
  "selection-not-in-state": { needed_state?: string; selection_state?: string; [fact: string]: unknown };
  /** 409: There is a selection of this evaluation already. Approve or reject that one first. */
  "selection-pending": { selection_id?: string; [fact: string]: unknown };
  /** 409: The score sheet is final. It was submitted and does not change any more. */
  "sheet-already-submitted": { [fact: string]: unknown };
  /** 422: The score sheet is not complete. Score every criterion, then submit the sheet. */
  "sheet-incomplete": { [fact: string]: unknown };
  /** 412: Somebody changed it meanwhile. Read the present version, apply your change to it, and send it with its ETag in If-Match. */
  "stale-version": { current_etag?: string; [fact: string]: unknown };
  /** 409: Another step comes first. Record the agreement first. */
  "step-out-of-order": { needed_step?: string; step?: string; [fact: string]: unknown };
  /** 409: This step is recorded already. Read the implementation of the case. */
  "step-recorded-already": { recorded_day?: string; step?: string; [fact: string]: unknown };
  /** 401: The access token has expired. Get a new access token and send the same request again. */
  "token-expired": { [fact: string]: unknown };
  /** 401: The access token is not valid. Get an access token for this service from its issuer. */
  "token-invalid": { [fact: string]: unknown };
  /** 401: Sign in first. Send an access token in the header: Authorization: Bearer <token>. */
  "token-missing": { [fact: string]: unknown };
  /** 409: The same request is being worked on. Wait a moment and send the same request again: you will get its outcome. */
  "twin-in-flight": { [fact: string]: unknown };
  /** 503: Temporarily unavailable. A part we need is not answering; nothing was done. Send the same request again. */
  "unavailable": { [fact: string]: unknown };
  /** 415: The body's media type is not taken. `Accept` names those that are; nothing was done. */
  "unsupported-media-type": { [fact: string]: unknown };
  /** 409: The intake is closed. The request arrived at or after closed_at, so it cannot be taken. */
  "window-closed": { closed_at?: string; [fact: string]: unknown };
  /** 409: The intake is not open yet. Submit from opens_at on; your draft is kept. */
  "window-not-open": { opens_at?: string; [fact: string]: unknown };
}

export type ProblemSlug = keyof ProblemFacts;

/** Which problems an operation can answer. */
export interface OperationProblems {
  getCatalogHealth: "headers-too-large" | "internal-error" | "malformed-request" | "not-acceptable" | "unavailable";
  getDataset: "headers-too-large" | "internal-error" | "invalid-input" | "malformed-request" | "rate-limit-unavailable" | "rate-limited" | "unavailable";
  getCatalogDelivery: "forbidden" | "headers-too-large" | "internal-error" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  listCatalogDeadLetters: "cursor-invalid" | "cursor-mismatch" | "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  listCatalogHeldEvents: "cursor-invalid" | "cursor-mismatch" | "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  redriveCatalogHeldKey: "body-too-slow" | "content-too-large" | "forbidden" | "headers-too-large" | "idempotency-key-invalid" | "idempotency-key-missing" | "internal-error" | "invalid-input" | "issuer-unavailable" | "key-reused" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "twin-in-flight" | "unavailable" | "unsupported-media-type";
  listCatalogDeliveryOrders: "cursor-invalid" | "cursor-mismatch" | "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  placeCatalogDeliveryOrder: "body-too-slow" | "content-too-large" | "forbidden" | "headers-too-large" | "idempotency-key-invalid" | "idempotency-key-missing" | "internal-error" | "invalid-input" | "issuer-unavailable" | "key-reused" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "rebuild-underway" | "token-expired" | "token-invalid" | "token-missing" | "twin-in-flight" | "unavailable" | "unsupported-media-type";
  getCatalogDeliveryOrder: "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "not-found" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  getCatalogIdempotencyKey: "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "not-found" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  listImports: "cursor-invalid" | "cursor-mismatch" | "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  previewImport: "body-too-slow" | "content-too-large" | "forbidden" | "headers-too-large" | "idempotency-key-invalid" | "idempotency-key-missing" | "import-media-type-not-allowed" | "internal-error" | "invalid-input" | "issuer-unavailable" | "key-reused" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "twin-in-flight" | "unavailable";
  getImport: "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "not-found" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  applyImport: "forbidden" | "headers-too-large" | "idempotency-key-invalid" | "idempotency-key-missing" | "import-applied-already" | "import-faulty" | "import-outdated" | "internal-error" | "invalid-input" | "issuer-unavailable" | "key-reused" | "malformed-request" | "not-acceptable" | "not-found" | "precondition-required" | "rate-limit-unavailable" | "rate-limited" | "stale-version" | "token-expired" | "token-invalid" | "token-missing" | "twin-in-flight" | "unavailable";
  getCatalogMe: "forbidden" | "headers-too-large" | "internal-error" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  listProjects: "cursor-invalid" | "cursor-mismatch" | "headers-too-large" | "internal-error" | "invalid-input" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "unavailable";
  exportProjectsCsv: "headers-too-large" | "internal-error" | "invalid-input" | "malformed-request" | "rate-limit-unavailable" | "rate-limited" | "unavailable";
  exportProjectsGeojson: "headers-too-large" | "internal-error" | "invalid-input" | "malformed-request" | "rate-limit-unavailable" | "rate-limited" | "unavailable";
  exportProjectsJsonLines: "headers-too-large" | "internal-error" | "invalid-input" | "malformed-request" | "rate-limit-unavailable" | "rate-limited" | "unavailable";
  exportProjectsXlsx: "headers-too-large" | "internal-error" | "invalid-input" | "malformed-request" | "rate-limit-unavailable" | "rate-limited" | "unavailable";
  getProjectByNumber: "headers-too-large" | "internal-error" | "invalid-input" | "malformed-request" | "not-acceptable" | "not-found" | "rate-limit-unavailable" | "rate-limited" | "unavailable";
  getProjectFacets: "headers-too-large" | "internal-error" | "invalid-input" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "unavailable";
  getProject: "headers-too-large" | "internal-error" | "invalid-input" | "malformed-request" | "not-acceptable" | "not-found" | "rate-limit-unavailable" | "rate-limited" | "unavailable";
  correctProject: "body-too-slow" | "content-too-large" | "forbidden" | "headers-too-large" | "internal-error" | "invalid" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "not-found" | "precondition-required" | "rate-limit-unavailable" | "rate-limited" | "stale-version" | "token-expired" | "token-invalid" | "token-missing" | "unavailable" | "unsupported-media-type";
  getProjectHistory: "headers-too-large" | "internal-error" | "invalid-input" | "malformed-request" | "not-acceptable" | "not-found" | "rate-limit-unavailable" | "rate-limited" | "unavailable";
  getProjectJsonLd: "headers-too-large" | "internal-error" | "invalid-input" | "malformed-request" | "not-found" | "rate-limit-unavailable" | "rate-limited" | "unavailable";
  getCatalogRehearsalClock: "forbidden" | "headers-too-large" | "internal-error" | "issuer-unavailable" | "malformed-request" | "not-a-rehearsal" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  stepCatalogRehearsalClock: "body-too-slow" | "content-too-large" | "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-a-rehearsal" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable" | "unsupported-media-type";
  getStatistics: "headers-too-large" | "internal-error" | "invalid-input" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "unavailable";
  getCatalogTime: "headers-too-large" | "internal-error" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "unavailable";
  getIntakeHealth: "headers-too-large" | "internal-error" | "malformed-request" | "not-acceptable" | "unavailable";
  listApplications: "cursor-invalid" | "cursor-mismatch" | "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "scope-missing" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  createApplication: "body-too-slow" | "content-too-large" | "forbidden" | "headers-too-large" | "idempotency-key-invalid" | "idempotency-key-missing" | "internal-error" | "invalid-input" | "issuer-unavailable" | "key-reused" | "malformed-request" | "not-acceptable" | "not-found" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "twin-in-flight" | "unavailable" | "unsupported-media-type" | "window-closed";
  getApplication: "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "not-found" | "rate-limit-unavailable" | "rate-limited" | "scope-missing" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  changeApplication: "body-too-slow" | "content-too-large" | "forbidden" | "headers-too-large" | "internal-error" | "invalid" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-a-draft" | "not-acceptable" | "not-found" | "precondition-required" | "rate-limit-unavailable" | "rate-limited" | "stale-version" | "token-expired" | "token-invalid" | "token-missing" | "unavailable" | "unsupported-media-type";
  getCompleteness: "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "not-found" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  listDocuments: "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "not-found" | "rate-limit-unavailable" | "rate-limited" | "scope-missing" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  uploadDocument: "body-too-slow" | "content-too-large" | "document-content-mismatch" | "document-empty" | "document-store-unavailable" | "document-too-large" | "document-type-not-allowed" | "forbidden" | "headers-too-large" | "idempotency-key-invalid" | "idempotency-key-missing" | "internal-error" | "invalid" | "invalid-input" | "issuer-unavailable" | "key-reused" | "malformed-request" | "not-a-draft" | "not-acceptable" | "not-found" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "twin-in-flight" | "unavailable";
  getReceipt: "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "not-found" | "rate-limit-unavailable" | "rate-limited" | "scope-missing" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  submitApplication: "already-submitted" | "changed-meanwhile" | "forbidden" | "headers-too-large" | "idempotency-key-invalid" | "idempotency-key-missing" | "incomplete" | "internal-error" | "invalid-input" | "issuer-unavailable" | "key-reused" | "malformed-request" | "not-a-draft" | "not-acceptable" | "not-found" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "twin-in-flight" | "unavailable" | "window-closed" | "window-not-open";
  withdrawApplication: "already-withdrawn" | "forbidden" | "headers-too-large" | "idempotency-key-invalid" | "idempotency-key-missing" | "internal-error" | "invalid-input" | "issuer-unavailable" | "key-reused" | "malformed-request" | "not-acceptable" | "not-found" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "twin-in-flight" | "unavailable";
  listCalls: "cursor-invalid" | "cursor-mismatch" | "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "unavailable";
  publishCall: "body-too-slow" | "call-definition-invalid" | "call-exists" | "call-media-type-not-allowed" | "content-too-large" | "forbidden" | "headers-too-large" | "idempotency-key-invalid" | "idempotency-key-missing" | "internal-error" | "invalid-input" | "issuer-unavailable" | "key-reused" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "twin-in-flight" | "unavailable" | "unsupported-media-type";
  getCall: "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "not-found" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "unavailable";
  getIntakeDelivery: "forbidden" | "headers-too-large" | "internal-error" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  listIntakeDeadLetters: "cursor-invalid" | "cursor-mismatch" | "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  listIntakeHeldEvents: "cursor-invalid" | "cursor-mismatch" | "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  redriveIntakeHeldKey: "body-too-slow" | "content-too-large" | "forbidden" | "headers-too-large" | "idempotency-key-invalid" | "idempotency-key-missing" | "internal-error" | "invalid-input" | "issuer-unavailable" | "key-reused" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "twin-in-flight" | "unavailable" | "unsupported-media-type";
  listIntakeDeliveryOrders: "cursor-invalid" | "cursor-mismatch" | "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  placeIntakeDeliveryOrder: "body-too-slow" | "content-too-large" | "forbidden" | "headers-too-large" | "idempotency-key-invalid" | "idempotency-key-missing" | "internal-error" | "invalid-input" | "issuer-unavailable" | "key-reused" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "rebuild-underway" | "token-expired" | "token-invalid" | "token-missing" | "twin-in-flight" | "unavailable" | "unsupported-media-type";
  getIntakeDeliveryOrder: "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "not-found" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  deleteDocument: "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-a-draft" | "not-found" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  downloadDocument: "document-not-cleared" | "document-store-unavailable" | "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-found" | "rate-limit-unavailable" | "rate-limited" | "scope-missing" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  getIntakeIdempotencyKey: "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "not-found" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  getIntakeMe: "forbidden" | "headers-too-large" | "internal-error" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  getPartnerConfirmation: "headers-too-large" | "internal-error" | "invalid-input" | "link-invalid" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "unavailable";
  confirmPartner: "headers-too-large" | "internal-error" | "invalid-input" | "link-invalid" | "malformed-request" | "not-acceptable" | "nothing-to-confirm" | "rate-limit-unavailable" | "rate-limited" | "unavailable";
  getReceiptKeys: "headers-too-large" | "internal-error" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "unavailable";
  getIntakeRehearsalClock: "forbidden" | "headers-too-large" | "internal-error" | "issuer-unavailable" | "malformed-request" | "not-a-rehearsal" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  stepIntakeRehearsalClock: "body-too-slow" | "content-too-large" | "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-a-rehearsal" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable" | "unsupported-media-type";
  getIntakeTime: "headers-too-large" | "internal-error" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "unavailable";
  getNotificationHealth: "headers-too-large" | "internal-error" | "malformed-request" | "not-acceptable" | "unavailable";
  getNotificationDelivery: "forbidden" | "headers-too-large" | "internal-error" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  listNotificationDeadLetters: "cursor-invalid" | "cursor-mismatch" | "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  listNotificationHeldEvents: "cursor-invalid" | "cursor-mismatch" | "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  redriveNotificationHeldKey: "body-too-slow" | "content-too-large" | "forbidden" | "headers-too-large" | "idempotency-key-invalid" | "idempotency-key-missing" | "internal-error" | "invalid-input" | "issuer-unavailable" | "key-reused" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "twin-in-flight" | "unavailable" | "unsupported-media-type";
  listNotificationDeliveryOrders: "cursor-invalid" | "cursor-mismatch" | "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  placeNotificationDeliveryOrder: "body-too-slow" | "content-too-large" | "forbidden" | "headers-too-large" | "idempotency-key-invalid" | "idempotency-key-missing" | "internal-error" | "invalid-input" | "issuer-unavailable" | "key-reused" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "rebuild-underway" | "token-expired" | "token-invalid" | "token-missing" | "twin-in-flight" | "unavailable" | "unsupported-media-type";
  getNotificationDeliveryOrder: "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "not-found" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  getNotificationIdempotencyKey: "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "not-found" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  getNotificationMe: "forbidden" | "headers-too-large" | "internal-error" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  listMessages: "cursor-invalid" | "cursor-mismatch" | "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "scope-missing" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  getMessage: "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "not-found" | "rate-limit-unavailable" | "rate-limited" | "scope-missing" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  resendMessage: "forbidden" | "headers-too-large" | "idempotency-key-invalid" | "idempotency-key-missing" | "internal-error" | "invalid-input" | "issuer-unavailable" | "key-reused" | "malformed-request" | "not-acceptable" | "not-found" | "not-resendable" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "twin-in-flight" | "unavailable";
  getNotificationRehearsalClock: "forbidden" | "headers-too-large" | "internal-error" | "issuer-unavailable" | "malformed-request" | "not-a-rehearsal" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  stepNotificationRehearsalClock: "body-too-slow" | "content-too-large" | "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-a-rehearsal" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable" | "unsupported-media-type";
  listTemplates: "forbidden" | "headers-too-large" | "internal-error" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  previewTemplate: "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  getNotificationTime: "headers-too-large" | "internal-error" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "unavailable";
  getReviewHealth: "headers-too-large" | "internal-error" | "malformed-request" | "not-acceptable" | "unavailable";
  getResult: "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "not-found" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  listAssignments: "cursor-invalid" | "cursor-mismatch" | "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  getScoreSheet: "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "not-found" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  putScoreSheet: "body-too-slow" | "case-not-in-state" | "content-too-large" | "declaration-missing" | "evaluation-is-closed" | "forbidden" | "headers-too-large" | "internal-error" | "invalid" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "not-found" | "not-in-this-round" | "precondition-required" | "rate-limit-unavailable" | "rate-limited" | "sheet-already-submitted" | "stale-version" | "token-expired" | "token-invalid" | "token-missing" | "unavailable" | "unsupported-media-type";
  submitScoreSheet: "case-not-in-state" | "declaration-missing" | "evaluation-is-closed" | "forbidden" | "headers-too-large" | "idempotency-key-invalid" | "idempotency-key-missing" | "internal-error" | "invalid" | "invalid-input" | "issuer-unavailable" | "key-reused" | "malformed-request" | "not-acceptable" | "not-found" | "not-in-this-round" | "rate-limit-unavailable" | "rate-limited" | "sheet-already-submitted" | "sheet-incomplete" | "token-expired" | "token-invalid" | "token-missing" | "twin-in-flight" | "unavailable";
  listCases: "cursor-invalid" | "cursor-mismatch" | "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "scope-missing" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  getCase: "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "not-found" | "rate-limit-unavailable" | "rate-limited" | "scope-missing" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  recordAgreement: "body-too-slow" | "case-not-in-state" | "content-too-large" | "forbidden" | "headers-too-large" | "idempotency-key-invalid" | "idempotency-key-missing" | "internal-error" | "invalid" | "invalid-input" | "issuer-unavailable" | "key-reused" | "malformed-request" | "not-acceptable" | "not-found" | "rate-limit-unavailable" | "rate-limited" | "step-out-of-order" | "step-recorded-already" | "token-expired" | "token-invalid" | "token-missing" | "twin-in-flight" | "unavailable" | "unsupported-media-type";
  assignReviewers: "assignment-frozen" | "body-too-slow" | "case-not-in-state" | "content-too-large" | "evaluation-is-closed" | "forbidden" | "headers-too-large" | "idempotency-key-invalid" | "idempotency-key-missing" | "internal-error" | "invalid" | "invalid-input" | "issuer-unavailable" | "key-reused" | "malformed-request" | "not-acceptable" | "not-found" | "not-in-this-round" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "twin-in-flight" | "unavailable" | "unsupported-media-type";
  recordCompletion: "body-too-slow" | "case-not-in-state" | "content-too-large" | "forbidden" | "headers-too-large" | "idempotency-key-invalid" | "idempotency-key-missing" | "internal-error" | "invalid" | "invalid-input" | "issuer-unavailable" | "key-reused" | "malformed-request" | "not-acceptable" | "not-found" | "rate-limit-unavailable" | "rate-limited" | "step-out-of-order" | "step-recorded-already" | "token-expired" | "token-invalid" | "token-missing" | "twin-in-flight" | "unavailable" | "unsupported-media-type";
  declareConflict: "body-too-slow" | "content-too-large" | "evaluation-is-closed" | "forbidden" | "headers-too-large" | "internal-error" | "invalid" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "not-found" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable" | "unsupported-media-type";
  decideEligibility: "body-too-slow" | "case-not-in-state" | "content-too-large" | "eligibility-already-decided" | "evaluation-is-closed" | "forbidden" | "headers-too-large" | "idempotency-key-invalid" | "idempotency-key-missing" | "internal-error" | "invalid" | "invalid-input" | "issuer-unavailable" | "key-reused" | "malformed-request" | "not-acceptable" | "not-found" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "twin-in-flight" | "unavailable" | "unsupported-media-type";
  getImplementation: "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "not-found" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  getPreConsulting: "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "not-found" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  startPreConsulting: "body-too-slow" | "case-not-in-state" | "content-too-large" | "evaluation-is-closed" | "forbidden" | "headers-too-large" | "idempotency-key-invalid" | "idempotency-key-missing" | "internal-error" | "invalid" | "invalid-input" | "issuer-unavailable" | "key-reused" | "malformed-request" | "no-pre-consulting-on-this-track" | "not-acceptable" | "not-found" | "rate-limit-unavailable" | "rate-limited" | "reviewers-already-assigned" | "token-expired" | "token-invalid" | "token-missing" | "twin-in-flight" | "unavailable" | "unsupported-media-type";
  completePreConsulting: "case-not-in-state" | "forbidden" | "headers-too-large" | "idempotency-key-invalid" | "idempotency-key-missing" | "internal-error" | "invalid-input" | "issuer-unavailable" | "key-reused" | "malformed-request" | "not-acceptable" | "not-found" | "pre-consulting-completed-already" | "pre-consulting-incomplete" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "twin-in-flight" | "unavailable";
  putPreConsultingReport: "body-too-slow" | "content-too-large" | "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "not-found" | "pre-consulting-completed-already" | "precondition-required" | "rate-limit-unavailable" | "rate-limited" | "stale-version" | "token-expired" | "token-invalid" | "token-missing" | "unavailable" | "unsupported-media-type";
  putRevisedProposal: "body-too-slow" | "content-too-large" | "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "not-found" | "pre-consulting-completed-already" | "precondition-required" | "rate-limit-unavailable" | "rate-limited" | "stale-version" | "token-expired" | "token-invalid" | "token-missing" | "unavailable" | "unsupported-media-type";
  recordStart: "body-too-slow" | "case-not-in-state" | "content-too-large" | "forbidden" | "headers-too-large" | "idempotency-key-invalid" | "idempotency-key-missing" | "internal-error" | "invalid" | "invalid-input" | "issuer-unavailable" | "key-reused" | "malformed-request" | "not-acceptable" | "not-found" | "rate-limit-unavailable" | "rate-limited" | "step-out-of-order" | "step-recorded-already" | "token-expired" | "token-invalid" | "token-missing" | "twin-in-flight" | "unavailable" | "unsupported-media-type";
  getReviewDelivery: "forbidden" | "headers-too-large" | "internal-error" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  listReviewDeadLetters: "cursor-invalid" | "cursor-mismatch" | "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  listReviewHeldEvents: "cursor-invalid" | "cursor-mismatch" | "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  redriveReviewHeldKey: "body-too-slow" | "content-too-large" | "forbidden" | "headers-too-large" | "idempotency-key-invalid" | "idempotency-key-missing" | "internal-error" | "invalid-input" | "issuer-unavailable" | "key-reused" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "twin-in-flight" | "unavailable" | "unsupported-media-type";
  listReviewDeliveryOrders: "cursor-invalid" | "cursor-mismatch" | "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  placeReviewDeliveryOrder: "body-too-slow" | "content-too-large" | "forbidden" | "headers-too-large" | "idempotency-key-invalid" | "idempotency-key-missing" | "internal-error" | "invalid-input" | "issuer-unavailable" | "key-reused" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "rebuild-underway" | "token-expired" | "token-invalid" | "token-missing" | "twin-in-flight" | "unavailable" | "unsupported-media-type";
  getReviewDeliveryOrder: "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "not-found" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  closeEvaluation: "body-too-slow" | "content-too-large" | "evaluation-incomplete" | "evaluation-is-closed" | "forbidden" | "headers-too-large" | "idempotency-key-invalid" | "idempotency-key-missing" | "intake-still-open" | "internal-error" | "invalid-input" | "issuer-unavailable" | "key-reused" | "malformed-request" | "not-acceptable" | "not-found" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "twin-in-flight" | "unavailable" | "unsupported-media-type";
  getEvaluation: "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "not-found" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  getEvaluationBundle: "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "not-found" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  getRanking: "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "not-found" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  getReviewIdempotencyKey: "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "not-found" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  getReviewMe: "forbidden" | "headers-too-large" | "internal-error" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  listPanels: "cursor-invalid" | "cursor-mismatch" | "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  createPanel: "body-too-slow" | "content-too-large" | "forbidden" | "headers-too-large" | "idempotency-key-invalid" | "idempotency-key-missing" | "internal-error" | "invalid" | "invalid-input" | "issuer-unavailable" | "key-reused" | "malformed-request" | "not-acceptable" | "not-found" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "twin-in-flight" | "unavailable" | "unsupported-media-type";
  getReviewRehearsalClock: "forbidden" | "headers-too-large" | "internal-error" | "issuer-unavailable" | "malformed-request" | "not-a-rehearsal" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  stepReviewRehearsalClock: "body-too-slow" | "content-too-large" | "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-a-rehearsal" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable" | "unsupported-media-type";
  listReviewers: "cursor-invalid" | "cursor-mismatch" | "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "token-missing" | "unavailable";
  registerReviewer: "body-too-slow" | "content-too-large" | "forbidden" | "headers-too-large" | "idempotency-key-invalid" | "idempotency-key-missing" | "internal-error" | "invalid-input" | "issuer-unavailable" | "key-reused" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "reviewer-already-registered" | "token-expired" | "token-invalid" | "token-missing" | "twin-in-flight" | "unavailable" | "unsupported-media-type";
  listSelections: "cursor-invalid" | "cursor-mismatch" | "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "unavailable";
  proposeSelection: "body-too-slow" | "content-too-large" | "embargo-not-in-future" | "forbidden" | "headers-too-large" | "idempotency-key-invalid" | "idempotency-key-missing" | "internal-error" | "invalid-input" | "issuer-unavailable" | "key-reused" | "malformed-request" | "not-acceptable" | "not-found" | "rate-limit-unavailable" | "rate-limited" | "selection-pending" | "token-expired" | "token-invalid" | "token-missing" | "twin-in-flight" | "unavailable" | "unsupported-media-type";
  getSelection: "forbidden" | "headers-too-large" | "internal-error" | "invalid-input" | "issuer-unavailable" | "malformed-request" | "not-acceptable" | "not-found" | "rate-limit-unavailable" | "rate-limited" | "token-expired" | "token-invalid" | "unavailable";
  approveSelection: "embargo-passed" | "forbidden" | "four-eyes-required" | "headers-too-large" | "idempotency-key-invalid" | "idempotency-key-missing" | "internal-error" | "invalid-input" | "issuer-unavailable" | "key-reused" | "malformed-request" | "not-acceptable" | "not-found" | "rate-limit-unavailable" | "rate-limited" | "selection-not-in-state" | "token-expired" | "token-invalid" | "token-missing" | "twin-in-flight" | "unavailable";
  issueInvitations: "body-too-slow" | "content-too-large" | "forbidden" | "headers-too-large" | "idempotency-key-invalid" | "idempotency-key-missing" | "internal-error" | "invalid-input" | "issuer-unavailable" | "key-reused" | "malformed-request" | "not-acceptable" | "not-found" | "occasion-over" | "occasion-unknown" | "rate-limit-unavailable" | "rate-limited" | "selection-not-in-state" | "token-expired" | "token-invalid" | "token-missing" | "twin-in-flight" | "unavailable" | "unsupported-media-type";
  rejectSelection: "body-too-slow" | "content-too-large" | "forbidden" | "headers-too-large" | "idempotency-key-invalid" | "idempotency-key-missing" | "internal-error" | "invalid-input" | "issuer-unavailable" | "key-reused" | "malformed-request" | "not-acceptable" | "not-found" | "rate-limit-unavailable" | "rate-limited" | "selection-not-in-state" | "token-expired" | "token-invalid" | "token-missing" | "twin-in-flight" | "unavailable" | "unsupported-media-type";
  getReviewTime: "headers-too-large" | "internal-error" | "malformed-request" | "not-acceptable" | "rate-limit-unavailable" | "rate-limited" | "unavailable";
}
