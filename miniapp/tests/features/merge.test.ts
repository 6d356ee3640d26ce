import { describe, expect, it } from 'vitest'
import { merge, sameValue } from '@/features/shared/merge'

interface Kept {
  value: string
  on: number
}
const decided = (kept: Kept, saved: string, changedIn: number) => {
  const { unsent, asked } = merge(
    { one: kept },
    (_, { value }) => value === saved,
    (_, { on }) => changedIn > on,
  )
  return 'one' in unsent ? 'sent' : 'one' in asked ? 'asked' : 'settled'
}

describe('merging what was typed here with what another phone saved', () => {
  it.each([
    // typed on, here, saved, saved in → what becomes of it
    [3, 'here', 'old', 2, 'sent'],
    [3, 'here', 'old', 3, 'sent'],
    [3, 'here', 'newer', 4, 'asked'],
    [3, 'same', 'same', 4, 'settled'],
    [3, 'same', 'same', 1, 'settled'],
    [0, 'here', '', 0, 'sent'],
    [3, '', 'newer', 4, 'asked'],
  ])('typed on %d %j, saved %j in %d: %s', (on, value, saved, changedIn, becomes) => {
    expect(decided({ value, on }, saved, changedIn)).toBe(becomes)
  })

  it('loses no word and overwrites nothing newer, whatever happened', () => {
    const values = ['', 'a', 'b']
    for (let on = 0; on < 4; on += 1)
      for (let changedIn = 0; changedIn < 4; changedIn += 1)
        for (const value of values)
          for (const saved of values) {
            const becomes = decided({ value, on }, saved, changedIn)
            if (value !== saved) expect(becomes, 'a word typed here').not.toBe('settled')
            if (changedIn > on && value !== saved) expect(becomes, 'a newer answer').toBe('asked')
            if (changedIn <= on || value === saved) expect(becomes, 'a question without need').not.toBe('asked')
          }
  })
})

describe('sameValue', () => {
  it.each([
    [undefined, '', true],
    [null, [], true],
    ['a', 'a', true],
    ['a', 'b', false],
    [0, '', false],
    [false, null, false],
    [['a', 'b'], ['b', 'a'], false],
    [{ a: '1', b: undefined }, { b: '', a: '1' }, true],
    [[{ name: 'x' }], [{ name: 'x' }], true],
    [[{ name: 'x' }], [{ name: 'y' }], false],
    [['a'], { 0: 'a' }, false],
  ])('%j, %j: %s', (one, other, same) => {
    expect(sameValue(one, other)).toBe(same)
    expect(sameValue(other, one)).toBe(same)
  })
})
