/** Halls in the order that helps: the nearest first where we know, else the one with the first free time. Pure. */
import type { BookingHall, BookingPlace } from '@/api/types/booking'
import type { Applied } from '@/features/catalog/situation'
import { t } from '@/i18n'
import type { Point } from '@/platform/location'

const EARTH = 6_371_000
const radians = (degrees: number) => (degrees * Math.PI) / 180

/** Metres as the crow flies. */
export function distance(a: Point, b: Point): number {
  const [north, east] = [radians(b.latitude - a.latitude), radians(b.longitude - a.longitude)]
  const h = Math.sin(north / 2) ** 2 + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(east / 2) ** 2
  return 2 * EARTH * Math.asin(Math.sqrt(h))
}

export function distanceTo(hall: BookingHall, here: Point | null): number | null {
  if (!here || hall.latitude === null || hall.longitude === null) return null
  return distance(here, { latitude: hall.latitude, longitude: hall.longitude })
}

export function distanceText(metres: number | null): string {
  if (metres === null) return ''
  if (metres < 1000) return t('choose.metres', { n: Math.max(10, Math.round(metres / 10) * 10) })
  return t('choose.kilometres', { n: (metres / 1000).toFixed(1) })
}

export function sortPlaces(places: BookingPlace[], here: Point | null): BookingPlace[] {
  const far = ({ hall }: BookingPlace) => distanceTo(hall, here) ?? Infinity
  const free = ({ next_free }: BookingPlace) => (next_free ? Date.parse(next_free) : Infinity)
  const order = (a: number, b: number) => (a === b ? 0 : a - b)
  return [...places].sort((a, b) => order(far(a), far(b)) || order(free(a), free(b)) || a.hall.code.localeCompare(b.hall.code))
}

/** Where the answers leave only some halls, only those. */
export function placesFor(places: BookingPlace[], applied: Applied, everywhere: number): BookingPlace[] {
  if (applied.places.length === everywhere) return places
  const halls = new Set(applied.places.map(({ hall }) => hall.code))
  const left = places.filter(({ hall }) => halls.has(hall.code))
  return left.length ? left : places
}
