/** Published documents that list things: city, catalogue, halls. */
import type { ArticleKind } from './content'
import type { Schema } from './generated'
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

export type SearchResult = Schema<'SearchHit'>
export type ArticleHit = Omit<Schema<'ArticleHit'>, 'kind'> & { kind: ArticleKind }
/** `order` mixes both lists, best first: "item:<code>", "article:<id>". */
export type SearchAnswer = Omit<Schema<'SearchOut'>, 'articles'> & { articles: ArticleHit[] }
export type Suggestion = Schema<'Suggestion'>
