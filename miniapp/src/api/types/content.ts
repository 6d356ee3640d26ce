/** What the city publishes: policies, interpretations, notices, news, topics, activities. */

export const ARTICLE_KINDS = ['policy', 'interpretation', 'notice', 'news', 'topic', 'activity'] as const
export type ArticleKind = (typeof ARTICLE_KINDS)[number]

export interface ArticleEntry {
  id: string
  kind: ArticleKind
  kind_label: string
  title: string
  title_en: string
  summary: string
  plain_summary: string
  document_number: string
  published_on: string
  department: { code: string; name: string; name_en: string }
  topics: string[]
  image: { src: string; alt: string } | null
  pinned: boolean
  pinned_until: string | null
  expires_at: string | null
}

export interface ContentIndex {
  pinned: ArticleEntry[]
  latest: ArticleEntry[]
  kinds: { kind: ArticleKind; label: string; label_en: string; total: number }[]
}

export interface KindList {
  kind: ArticleKind
  articles: ArticleEntry[]
}

export interface Topic {
  slug: string
  name: string
  name_en: string
  cover: string | null
  articles: ArticleEntry[]
}

/** Item code → the articles that concern it, newest first. */
export interface ByItem {
  items: Record<string, { id: string; title: string; kind: ArticleKind; change: string; published_on: string }[]>
}

export interface RelatedArticle {
  id: string
  title: string
  kind: ArticleKind
  document_number: string
  effective_from: string | null
  published_on: string
}

export interface ItemLink {
  code: string
  name: string
  change: string
}

export interface ImagePart {
  type: 'image'
  src: string
  alt: string
  caption: string
  width: number
  height: number
}

export interface VideoPart {
  type: 'video'
  src: string
  name: string
  caption: string
  /** Address of the WebVTT captions. */
  captions: string
  transcript: string
}

export type ArticlePart = { type: 'html'; html: string } | ImagePart | VideoPart

export interface ArticleFile {
  type: 'file'
  src: string
  name: string
  mime: string
  bytes: number
}

export type ChangeKind = 'changed' | 'added' | 'removed'

export interface Comparison {
  former: RelatedArticle | null
  for_whom: string[]
  from_when: string | null
  opens: ItemLink[]
  counts: Record<ChangeKind | 'same', number>
  rows: {
    kind: ChangeKind
    label_before: string
    label_after: string
    before: string
    after: string
    segments: ['equal' | 'insert' | 'delete', string][]
  }[]
}

interface Head {
  id: string
  kind: ArticleKind
  kind_label: string
  kind_label_en: string
  title: string
  title_en: string
  department: { code: string; name: string; name_en: string; phone: string }
  published_at: string
  updated_at: string
  page: string
}

/** What stays of a revoked article: never its text. */
export interface Tombstone extends Head {
  state: 'revoked'
  revoked_at: string
  reason: string
}

export interface ReadableArticle extends Head {
  state: 'published' | 'expired'
  expired_at: string | null
  document_number: string
  issued_on: string | null
  effective_from: string | null
  effective_to: string | null
  summary: string
  plain_summary: string
  parts: ArticlePart[]
  attachments: ArticleFile[]
  read_aloud: string
  topics: { slug: string; name: string; name_en: string }[]
  items: ItemLink[]
  policy: RelatedArticle | null
  interpretations: RelatedArticle[]
  supersedes: RelatedArticle | null
  superseded_by: RelatedArticle | null
  related: RelatedArticle[]
  corrections: { on: string; text: string }[]
  comparison: Comparison | null
}

export type Article = ReadableArticle | Tombstone
