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
  return recent.map((code) => byCode.get(code)).filter((item): item is CatalogItem => Boolean(item)).slice(0, count)
}

export type Listing = { by: 'theme_person' | 'theme_legal' | 'life_event' | 'department'; name: string }

export function listed(items: CatalogItem[], { by, name }: Listing): CatalogItem[] {
  if (by === 'department') return items.filter((item) => item.department.code === name)
  const field = { theme_person: 'themes_person', theme_legal: 'themes_legal', life_event: 'life_events' } as const
  return items.filter((item) => item[field[by]].includes(name))
}
