/** Published articles and their lists: documents, the same for everybody. */
import { api } from './client'
import { published } from './published'
import type { Article, ArticleKind, ByItem, ContentIndex, KindList, Topic } from './types/content'
import { channel } from '@/platform/device'

export const getArticles = () => published<ContentIndex>('content/index')
export const getKind = (kind: ArticleKind) => published<KindList>(`content/kinds/${kind}`)
export const getTopics = () => published<{ topics: Topic[] }>('content/topics')
export const getByItem = () => published<ByItem>('content/by-item')
export const getArticle = (id: string) => published<Article>(`content/${encodeURIComponent(id)}`)
/** By channel and day, never by person. */
export const countView = (id: string) =>
  api<void>({
    method: 'POST',
    path: `/content/${encodeURIComponent(id)}/views`,
    body: { channel: channel() },
    anonymous: true,
  })
/** Where a shared link begins: counted as such, and on to the article's page. */
export const sharePath = (id: string) => `/api/v1/content/${encodeURIComponent(id)}/open?from=share`
