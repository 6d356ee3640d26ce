import { describe, expect, it } from 'vitest'
import { distance } from '@/features/booking/near'
import { toGcj02 } from '@/platform/location'

describe('coordinates of Chinese maps', () => {
  // 天安门: WGS-84 and GCJ-02 as commonly published.
  it('lie some 500 m from those of satellites', () => {
    const satellite = { latitude: 39.907333, longitude: 116.391083 }
    const map = toGcj02(satellite)
    expect(map.latitude).toBeCloseTo(39.908737, 4)
    expect(map.longitude).toBeCloseTo(116.397327, 4)
    expect(distance(satellite, map)).toBeGreaterThan(300)
  })
  it('are the same outside China', () => expect(toGcj02({ latitude: 48.85, longitude: 2.35 })).toEqual({ latitude: 48.85, longitude: 2.35 }))
})
