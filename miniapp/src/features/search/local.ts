import type { CatalogItem, SearchResult } from '@/api/types/catalog'

/** Without network: plain words in the last known catalogue. Less clever than the server, and better than nothing. */
export function searchLocally(items: CatalogItem[], words: string): SearchResult[] {
  const wanted = words.trim().toLowerCase()
  if (!wanted) return []
  return items
    .filter((item) =>
      [item.name, item.name_en, item.short_name, item.summary].some((text) => text?.toLowerCase().includes(wanted)),
    )
    .map(({ code, name, name_en, summary, summary_en, department, handling }) => ({
      code,
      name,
      name_en,
      summary,
      summary_en,
      department: department.name,
      handling,
      highlight: '',
    }))
}
