import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useNow, useRepeat } from '@/features/shared/repeat'

const hooks = { show: [] as (() => void)[], hide: [] as (() => void)[] }
vi.mock('@dcloudio/uni-app', () => ({
  onShow: (hook: () => void) => void hooks.show.push(hook),
  onHide: (hook: () => void) => void hooks.hide.push(hook),
  onUnload: () => undefined,
}))
const show = () => hooks.show.forEach((hook) => hook())
const hide = () => hooks.hide.forEach((hook) => hook())

beforeEach(() => {
  hooks.show.length = hooks.hide.length = 0
  vi.useFakeTimers({ now: Date.parse('2026-12-03T01:00:00Z') })
})
afterEach(() => void vi.useRealTimers())

describe('what repeats', () => {
  it('goes on while the page is in sight, and only then', async () => {
    const work = vi.fn()
    useRepeat(work, () => 1000)
    await vi.advanceTimersByTimeAsync(5000)
    expect(work).not.toHaveBeenCalled()
    show()
    await vi.advanceTimersByTimeAsync(3500)
    expect(work).toHaveBeenCalledTimes(3)
    hide()
    await vi.advanceTimersByTimeAsync(5000)
    expect(work).toHaveBeenCalledTimes(3)
  })

  it('waits for the last to end, however slow, and is not doubled by a second show', async () => {
    const work = vi.fn(() => new Promise((resolve) => setTimeout(resolve, 4000)))
    useRepeat(work, () => 1000)
    show()
    show()
    await vi.advanceTimersByTimeAsync(9000)
    expect(work).toHaveBeenCalledTimes(2)
  })

  it('does not come back when the page was left in the middle', async () => {
    const work = vi.fn(() => new Promise((resolve) => setTimeout(resolve, 4000)))
    useRepeat(work, () => 1000)
    show()
    await vi.advanceTimersByTimeAsync(2000)
    hide()
    await vi.advanceTimersByTimeAsync(20_000)
    expect(work).toHaveBeenCalledOnce()
  })
})

describe('coming back while work is still under way', () => {
  it('does not make it twice as often', async () => {
    const work = vi.fn(() => new Promise((resolve) => setTimeout(resolve, 3000)))
    useRepeat(work, () => 1000)
    show()
    await vi.advanceTimersByTimeAsync(2000)
    hide()
    show()
    await vi.advanceTimersByTimeAsync(12_000)
    expect(work.mock.calls.length).toBeLessThanOrEqual(4)
  })
})

describe('the time shown', () => {
  it('goes on each second and is right at once when the page comes back', async () => {
    const now = useNow()
    show()
    const start = now.value
    await vi.advanceTimersByTimeAsync(2000)
    expect(now.value).toBe(start + 2000)
    hide()
    await vi.advanceTimersByTimeAsync(60_000)
    show()
    expect(now.value).toBe(start + 62_000)
  })
})
