/** Where a point is, in words: how far it lies from something that people know. Pure. */
import type { CityMap } from '@/api/types/map'
import type { Hall } from '@/api/types/item'
import { t, tx } from '@/i18n'
import type { Point } from '@/platform/gcj02'
import { direction, distance, pointOf } from './geo'

export interface Landmark extends Point {
  name: string
  name_en: string
}

/** Farther than this (metres), a name says nothing about a place. */
const FAR = 3_000
/** Nearer than this, one is there. */
const THERE = 30

export function landmarks(map: CityMap | null, halls: Hall[]): Landmark[] {
  const known = (map?.features ?? []).flatMap(({ properties: { kind, name, name_en }, geometry }) =>
    name && geometry.type === 'Point' && (kind === 'place' || kind === 'station')
      ? [{ name, name_en, longitude: geometry.coordinates[0], latitude: geometry.coordinates[1] }]
      : [],
  )
  const placed = halls.flatMap((hall) => {
    const point = pointOf(hall)
    return point ? [{ name: hall.name, name_en: hall.name_en, ...point }] : []
  })
  return [...placed, ...known]
}

/** "Library, about 120 m to the north-east"; empty where nothing known is near. */
export function whereabouts(point: Point, known: Landmark[]): string {
  let nearest: Landmark | null = null
  let metres = FAR
  for (const one of known) {
    const far = distance(one, point)
    if (far < metres) [nearest, metres] = [one, far]
  }
  if (!nearest) return ''
  const name = tx(nearest, 'name')
  if (metres < THERE) return t('map.at', { name })
  return t('map.near', { name, direction: t(`map.to_${direction(nearest, point)}`), n: Math.round(metres / 10) * 10 })
}
