import { afterEach, describe, expect, it } from 'vitest'
import type { Hall } from '@/api/types/item'
import type { CityMap } from '@/api/types/map'
import { direction, distance } from '@/features/map/geo'
import { landmarks, whereabouts } from '@/features/map/landmarks'
import { setLocale } from '@/i18n'
import type { Point } from '@/platform/gcj02'

const centre: Point = { latitude: 31.05, longitude: 112.31 }
const METRE = 1 / 111_195
/** So many metres to the north and to the east. */
const off = (north: number, east: number): Point => ({
  latitude: centre.latitude + north * METRE,
  longitude: centre.longitude + (east * METRE) / Math.cos((centre.latitude * Math.PI) / 180),
})

afterEach(() => setLocale('zh-CN'))

describe('directions', () => {
  it.each<[number, number, string]>([
    [100, 0, 'n'],
    [100, 100, 'ne'],
    [0, 100, 'e'],
    [-100, 100, 'se'],
    [-100, 0, 's'],
    [-100, -100, 'sw'],
    [0, -100, 'w'],
    [100, -100, 'nw'],
    [100, 40, 'n'],
    [100, 45, 'ne'],
    [100, -40, 'n'],
  ])('%d m north and %d m east is %s', (north, east, expected) =>
    expect(direction(centre, off(north, east))).toBe(expected),
  )

  it('are measured on the ground, not in degrees', () => expect(distance(centre, off(300, 400))).toBeCloseTo(500, 0))
})

describe('whereabouts', () => {
  const hall = { name: '市民之家', name_en: 'Civic Centre', ...centre } as Hall
  const park = (point: Point) => ({
    type: 'Feature' as const,
    properties: { kind: 'place' as const, name: '人民公园', name_en: 'People’s Park' },
    geometry: { type: 'Point' as const, coordinates: [point.longitude, point.latitude] as [number, number] },
  })
  const map = (features: CityMap['features']): CityMap => ({
    bounds: null,
    credit: '',
    credit_en: '',
    features,
    tiles: null,
  })
  const known = landmarks(map([park(off(0, 1000))]), [hall, { ...hall, name: '没有位置的', latitude: null }])

  it('names only what has a place', () => expect(known.map(({ name }) => name)).toEqual(['市民之家', '人民公园']))
  it('names the nearest, with how far and whither', () => {
    expect(whereabouts(off(0, 214), known)).toBe('市民之家以东约 210 米')
    expect(whereabouts(off(0, 900), known)).toBe('人民公园以西约 100 米')
  })
  it('is there when one is there', () => expect(whereabouts(off(10, 10), known)).toBe('市民之家'))
  it('says nothing of what is far from everything', () => expect(whereabouts(off(9_000, 0), known)).toBe(''))
  it('speaks English', () => {
    setLocale('en')
    expect(whereabouts(off(200, 0), known)).toBe('about 200 m north of Civic Centre')
  })
  it('passes over what has no name, as the server does', () => {
    const nameless = park(off(0, 10))
    nameless.properties.name = ''
    expect(landmarks(map([nameless]), [])).toEqual([])
  })
  it('does without a map', () => expect(landmarks(null, [])).toEqual([]))
})
