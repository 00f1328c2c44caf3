// What must and must not compile; nothing of it runs. The compiler fails where an expected error is none.
import { isProblem, type Item, KCity, type Output, refusalOf } from "@kcity/client";

declare const kcity: KCity;
declare const error: unknown;
const application_id = "01946d2a-8c00-7000-8000-000000000002";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <T extends true>(): T => true as T;

export async function compiled(): Promise<void> {
  await kcity.getIntakeTime();
  await kcity.listApplications();
  await kcity.listApplications({ track: "planning", limit: 5 });
  await kcity.getApplication({ application_id, ifNoneMatch: '"7"' });
  await kcity.changeApplication({ application_id, ifMatch: '"7"', body: { partner: null } });
  await kcity.publishCall({ body: "code: KCN-2026" });
  await kcity.uploadDocument({ application_id, kind: "a", file_name: "a.pdf", body: new Blob() });

  // @ts-expect-error a required argument is missing
  await kcity.getApplication();
  // @ts-expect-error no such track
  await kcity.listApplications({ track: "moon" });
  // @ts-expect-error a change needs its condition
  await kcity.changeApplication({ application_id, body: {} });
  // @ts-expect-error a receipt never changes
  await kcity.getReceipt({ application_id, ifNoneMatch: '"7"' });
  // @ts-expect-error a misspelt section
  await kcity.changeApplication({ application_id, ifMatch: '"7"', body: { projekt: {} } });
  // @ts-expect-error a file is no text
  await kcity.uploadDocument({ application_id, kind: "a", file_name: "a.pdf", body: "text" });
  // @ts-expect-error no list
  kcity.items("getReceipt", { application_id });

  holds<Same<Output<"deleteDocument">, undefined>>();
  holds<Same<Output<"downloadDocument">, Uint8Array>>();
  holds<Same<Output<"getReceipt">["track"], "planning" | "demonstration">>();
  holds<Same<Item<"listApplications">["receipt_no"], string | null>>();

  if (isProblem(error, "window-closed")) holds<Same<typeof error.slug, "window-closed">>();
  const refusal = refusalOf("submitApplication", error);
  // @ts-expect-error submitting never says this
  if (refusal.slug === "four-eyes-required") return;
}
