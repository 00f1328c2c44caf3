// The time that deadlines are measured by: asked of the service, never of this computer's clock. Between two answers
// it is carried on by the monotonic clock, which nobody can set.

const OFTEN_MS = 2_000;
const SELDOM_MS = 20_000;
const TICK_MS = 250;

/** Business time here. `stands`: a rehearsal whose clock is set by its operator and does not run. */
export class Clock {
  #kcity;
  #last = null;
  #stands = false;
  #listeners = new Set();

  constructor(kcity) {
    this.#kcity = kcity;
  }

  /** Begin to ask, and tell listeners; the first answer is awaited. */
  async start() {
    await this.#ask();
    const again = async () => {
      await this.#ask();
      setTimeout(again, this.#last?.rehearsal ? OFTEN_MS : SELDOM_MS);
    };
    setTimeout(again, OFTEN_MS);
    setInterval(() => this.#tell(), TICK_MS);
    // a computer that slept, or a page that lay in the background, may have lost count
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.#ask());
  }

  /** Milliseconds since 1970 by the service's clock, or null while nothing was heard. */
  get now() {
    if (this.#last === null) return null;
    return this.#last.at + (this.#stands ? 0 : performance.now() - this.#last.heard);
  }

  get rehearsal() {
    return this.#last?.rehearsal ?? false;
  }

  get stands() {
    return this.#stands;
  }

  /** How far `now` may be off, in milliseconds. */
  get boundMs() {
    return this.#last?.boundMs ?? 0;
  }

  /** Hear of each moment; what is given back ends that. */
  onTick(listener) {
    this.#listeners.add(listener);
    listener(this);
    return () => this.#listeners.delete(listener);
  }

  async #ask() {
    const sent = performance.now();
    try {
      const { data } = await this.#kcity.getIntakeTime({}, { timeoutMs: 5_000 });
      const heard = performance.now();
      const halfTrip = (heard - sent) / 2;
      const at = Date.parse(data.now);
      // a clock that runs is never known to the millisecond: one that is stands where a rehearsal set it
      this.#stands = data.rehearsal && data.bound_ms === 0;
      const doubt = this.#stands ? 0 : halfTrip;
      this.#last = { at: at + doubt, heard, boundMs: data.bound_ms + doubt, rehearsal: data.rehearsal };
    } catch {
      return; // the last answer is carried on; the next one corrects it
    }
    this.#tell();
  }

  #tell() {
    for (const listener of this.#listeners) listener(this);
  }
}

/** What is left of a time, as whole days, hours, minutes and seconds; never below zero. */
export function left(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  return {
    days: Math.floor(seconds / 86_400),
    hours: Math.floor(seconds / 3_600) % 24,
    minutes: Math.floor(seconds / 60) % 60,
    seconds: seconds % 60,
  };
}
