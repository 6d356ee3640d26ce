/** Published documents that list things: city, catalogue, halls. */
import type { ArticleKind } from './content'
import type { Hall, Limit } from './item'

export interface City {
  name: string
  name_en: string
  hotline: string
  service_phone: string
  demo: boolean
  locales: string[]
}

export interface CatalogItem {
  code: string
  name: string
  name_en: string
  short_name: string
  summary: string
  summary_en: string
  department: { code: string; name: string }
  kind: { code: string; label: string }
  audiences: string[]
  themes_person: string[]
  themes_legal: string[]
  life_events: string[]
  handling: 'online' | 'visit' | 'guide'
  visits: number | null
  limit: Limit | null
  charged: boolean
  hot: number
  bookable: boolean
  updated_at: string
}

export interface Theme {
  name: string
  name_en: string
  icon: string
}

export interface Catalog {
  items: CatalogItem[]
  themes_person: Theme[]
  themes_legal: Theme[]
  life_events: Theme[]
  departments: { code: string; name: string; name_en: string }[]
  recent: string[]
  hot: string[]
}

export interface Halls {
  halls: Hall[]
}

export interface SearchResult {
  code: string
  name: string
  name_en: string
  summary: string
  summary_en: string
  department: { code: string; name: string } | string
  handling: string
  highlight: string
}

export interface ArticleHit {
  id: string
  kind: ArticleKind
  title: string
  title_en: string
  summary: string
  department: string
  department_en: string
  published_on: string
}

/** `order` mixes both lists, best first: "item:<code>", "article:<id>". */
export interface SearchAnswer {
  query: string
  corrected: string | null
  results: SearchResult[]
  articles: ArticleHit[]
  order: string[]
}

export interface Suggestion {
  text: string
  code: string
}
