/** Articles in lists: which are still shown, in what order. Pure. */
import type { ArticleEntry, ArticleKind, ByItem, ContentIndex, Topic } from '@/api/types/content'
import { t } from '@/i18n'

const ended = (until: string | null, now: number) => until !== null && Date.parse(until) <= now
const shown = (one: ArticleEntry, now: number) => !ended(one.expires_at, now)
export const isPinned = (one: ArticleEntry, now: number): boolean => one.pinned && !ended(one.pinned_until, now)

/** The document may be older than the end of what it names. Pinned ones first, each once. */
export function ordered(entries: ArticleEntry[], now: number): ArticleEntry[] {
  const rows = entries.filter((one) => shown(one, now))
  return [...rows.filter((one) => isPinned(one, now)), ...rows.filter((one) => !isPinned(one, now))]
}

export function frontPage({ pinned, latest }: ContentIndex, now: number): ArticleEntry[] {
  const on = pinned.filter((one) => shown(one, now) && isPinned(one, now))
  return [...on, ...latest.filter((one) => shown(one, now) && !on.some(({ id }) => id === one.id))]
}

export const ofTopic = (topics: Topic[], slug: string): Topic | null => topics.find((one) => one.slug === slug) ?? null
export const concerning = (document: ByItem | null, code: string) => document?.items[code] ?? []
export const kindWord = (kind: ArticleKind): string => t(`content.kind_${kind}`)

export const KIND_ICONS: Record<ArticleKind, string> = {
  policy: 'landmark',
  interpretation: 'book-open',
  notice: 'bell',
  news: 'file-text',
  topic: 'layout-grid',
  activity: 'calendar',
}
