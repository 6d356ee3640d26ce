import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { noteServerTime, serverNow } from '@/api/clock'

const NOW = Date.parse('2026-12-03T01:00:00Z')

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

describe("the server's time", () => {
  it('is what the Date of an answer says, on a phone whose clock is wrong', () => {
    noteServerTime('Thu, 03 Dec 2026 01:05:00 GMT')
    expect(serverNow()).toBe(NOW + 300_000)
    vi.advanceTimersByTime(1000)
    expect(serverNow()).toBe(NOW + 301_000)
  })
  it("is the phone's when they differ by no more than the header's rounding", () => {
    noteServerTime('Thu, 03 Dec 2026 01:00:01 GMT')
    expect(serverNow()).toBe(NOW)
  })
  it('stays as it was without a readable header', () => {
    noteServerTime('Thu, 03 Dec 2026 00:59:00 GMT')
    noteServerTime(undefined)
    noteServerTime('soon')
    expect(serverNow()).toBe(NOW - 60_000)
  })
})
