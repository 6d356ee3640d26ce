import type { Catalog, CatalogItem } from '@/api/types/catalog'

const TILES = 8

/** The frequent services of the home page, in the city's order. */
export function frequent({ items, hot }: Catalog): CatalogItem[] {
  const byCode = new Map(items.map((item) => [item.code, item]))
  const named = hot.map((code) => byCode.get(code)).filter((item): item is CatalogItem => Boolean(item))
  const rest = items.filter((item) => item.hot > 0 && !hot.includes(item.code)).sort((a, b) => b.hot - a.hot)
  return [...named, ...rest].slice(0, TILES)
}

export function recentlyUpdated({ items, recent }: Catalog, count = 2): CatalogItem[] {
  const byCode = new Map(items.map((item) => [item.code, item]))
  return recent
    .map((code) => byCode.get(code))
    .filter((item): item is CatalogItem => Boolean(item))
    .slice(0, count)
}

export type Listing = { by: 'theme_person' | 'theme_legal' | 'life_event' | 'department'; name: string }

/** Where the catalogue and its items have the names of a listing. */
const NAMES = { theme_person: 'themes_person', theme_legal: 'themes_legal', life_event: 'life_events' } as const

export function listed(items: CatalogItem[], { by, name }: Listing): CatalogItem[] {
  if (by === 'department') return items.filter((item) => item.department.code === name)
  return items.filter((item) => item[NAMES[by]].includes(name))
}

/** What an address asks for; null when that is nothing the catalogue has. */
export function listingOf(catalog: Catalog, by: string, name: string): (Listing & { titled: object }) | null {
  const known = by === 'department' || Object.keys(NAMES).includes(by) ? (by as Listing['by']) : null
  if (!known) return null
  const titled =
    known === 'department'
      ? catalog.departments.find(({ code }) => code === name)
      : catalog[NAMES[known]].find((theme) => theme.name === name)
  return titled ? { by: known, name, titled } : null
}
