/** Halls in the order that helps: the nearest first where we know, else the one with the first free time. Pure. */
import type { BookingHall, BookingPlace } from '@/api/types/booking'
import type { Applied } from '@/features/catalog/situation'
import { distance } from '@/features/map/geo'
import { t } from '@/i18n'
import type { Point } from '@/platform/gcj02'

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
  return [...places].sort(
    (a, b) => order(far(a), far(b)) || order(free(a), free(b)) || a.hall.code.localeCompare(b.hall.code),
  )
}

/** Where the answers leave only some halls, only those. */
export function placesFor(places: BookingPlace[], applied: Applied, everywhere: number): BookingPlace[] {
  if (applied.places.length === everywhere) return places
  const halls = new Set(applied.places.map(({ hall }) => hall.code))
  const left = places.filter(({ hall }) => halls.has(hall.code))
  return left.length ? left : places
}
