import { describe, expect, it } from 'vitest'
import { distance } from '@/features/map/geo'
import { fromGcj02, toGcj02 } from '@/platform/gcj02'

describe('coordinates of Chinese maps', () => {
  // 天安门: WGS-84 and GCJ-02 as commonly published.
  const satellite = { latitude: 39.907333, longitude: 116.391083 }
  it('lie some 500 m from those of satellites', () => {
    const map = toGcj02(satellite)
    expect(map.latitude).toBeCloseTo(39.908737, 4)
    expect(map.longitude).toBeCloseTo(116.397327, 4)
    expect(distance(satellite, map)).toBeGreaterThan(300)
  })
  it('are the same outside China', () => {
    const paris = { latitude: 48.85, longitude: 2.35 }
    expect([toGcj02(paris), fromGcj02(paris)]).toEqual([paris, paris])
  })
  it.each([satellite, { latitude: 31.05, longitude: 112.31 }, { latitude: 18.25, longitude: 109.5 }, { latitude: 47.3, longitude: 130.3 }])(
    'lead back to where they came from: %o',
    (point) => expect(distance(point, fromGcj02(toGcj02(point)))).toBeLessThan(0.001),
  )
})
