/** Distances and directions on the ground. Pure. */
import type { Point } from '@/platform/gcj02'

/** The point of what may have none. */
export function pointOf({ latitude, longitude }: { latitude: number | null; longitude: number | null }): Point | null {
  return latitude === null || longitude === null ? null : { latitude, longitude }
}

const EARTH = 6_371_000
const radians = (degrees: number) => (degrees * Math.PI) / 180

/** Metres as the crow flies. */
export function distance(a: Point, b: Point): number {
  const [north, east] = [radians(b.latitude - a.latitude), radians(b.longitude - a.longitude)]
  const h =
    Math.sin(north / 2) ** 2 + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(east / 2) ** 2
  return 2 * EARTH * Math.asin(Math.sqrt(h))
}

export const DIRECTIONS = ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw'] as const
export type Direction = (typeof DIRECTIONS)[number]

/** In which of eight directions `b` lies, seen from `a`. */
export function direction(a: Point, b: Point): Direction {
  const north = b.latitude - a.latitude
  const east = (b.longitude - a.longitude) * Math.cos(radians(a.latitude))
  return DIRECTIONS[(Math.round((Math.atan2(east, north) / Math.PI) * 4) + 8) % 8]!
}
