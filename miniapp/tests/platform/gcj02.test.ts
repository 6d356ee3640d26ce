import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { distance } from '@/features/map/geo'
import { fromGcj02, toGcj02 } from '@/platform/gcj02'

const vectors = JSON.parse(
  readFileSync(resolve(__dirname, '../../../server/tests/shared/vectors/points.json'), 'utf8'),
) as { satellite: [number, number]; map: [number, number] }[]
const point = ([latitude, longitude]: [number, number]) => ({ latitude, longitude })
/** 天安门 */
const square = point(vectors[0]!.satellite)

describe('coordinates of Chinese maps', () => {
  it.each(vectors)('lie where the server has them: $satellite', ({ satellite, map }) => {
    expect(distance(toGcj02(point(satellite)), point(map))).toBeLessThan(0.02)
    expect(distance(fromGcj02(point(map)), point(satellite))).toBeLessThan(0.02)
  })
  it('lie some 500 m from those of satellites', () => {
    expect(distance(square, toGcj02(square))).toBeGreaterThan(300)
  })
  it('are the same outside China', () => {
    const paris = { latitude: 48.85, longitude: 2.35 }
    expect([toGcj02(paris), fromGcj02(paris)]).toEqual([paris, paris])
  })
  it.each([
    square,
    { latitude: 31.05, longitude: 112.31 },
    { latitude: 18.25, longitude: 109.5 },
    { latitude: 47.3, longitude: 130.3 },
  ])('lead back to where they came from: %o', (point) =>
    expect(distance(point, fromGcj02(toGcj02(point)))).toBeLessThan(0.001),
  )
})
