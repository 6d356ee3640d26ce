/** The server's time, by the Date of its answers: a hold must not seem longer on a phone whose clock is slow. */

/** The header counts whole seconds and the answer took its way: less than this is no difference. */
const SLACK = 2000

let ahead = 0

export function noteServerTime(date: string | undefined, now = Date.now()): void {
  const told = date ? Date.parse(date) : NaN
  if (Number.isNaN(told)) return
  ahead = Math.abs(told - now) < SLACK ? 0 : told - now
}

export const serverNow = (): number => Date.now() + ahead
