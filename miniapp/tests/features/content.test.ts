import { describe, expect, it } from 'vitest'
import { countView, getArticle } from '@/api/content'
import type { ArticleEntry, ContentIndex } from '@/api/types/content'
import { concerning, frontPage, isPinned, ofTopic, ordered } from '@/features/content/entries'
import { blocksOf } from '@/features/content/html'
import { answers, sent, store } from '../setup'

const now = Date.parse('2026-11-25T09:00:00+08:00')
const entry = (id: string, given: Partial<ArticleEntry> = {}): ArticleEntry => ({
  id,
  kind: 'news',
  kind_label: '',
  title: id,
  title_en: '',
  summary: '',
  plain_summary: '',
  document_number: '',
  published_on: '2026-11-20',
  department: { code: '', name: '', name_en: '' },
  topics: [],
  image: null,
  pinned: false,
  pinned_until: null,
  expires_at: null,
  ...given,
})
const ids = (rows: ArticleEntry[]) => rows.map(({ id }) => id)

describe('lists of articles', () => {
  const [past, future] = ['2026-11-24T00:00:00+08:00', '2026-12-01T00:00:00+08:00']
  it('put on top what is pinned, as long as it is', () => {
    expect(
      ids(ordered([entry('a'), entry('b', { pinned: true }), entry('c', { pinned: true, pinned_until: past })], now)),
    ).toEqual(['b', 'a', 'c'])
    expect(isPinned(entry('a', { pinned: true, pinned_until: future }), now)).toBe(true)
  })
  it('drop what has ended, although the document still names it', () =>
    expect(ids(ordered([entry('a', { expires_at: past }), entry('b', { expires_at: future })], now))).toEqual(['b']))
  it('name each article once on the front page, in the order of its pins', () => {
    const index = {
      pinned: [entry('b', { pinned: true }), entry('a', { pinned: true })],
      latest: [entry('c'), entry('a', { pinned: true })],
      kinds: [],
    } as ContentIndex
    expect(ids(frontPage(index, now))).toEqual(['b', 'a', 'c'])
  })
  it('know what concerns an item, and nothing where the document is missing', () => {
    const about = { id: 'a', title: '', kind: 'policy', change: '', published_on: '' } as const
    expect([
      concerning({ items: { x: [about] } }, 'x').length,
      concerning({ items: {} }, 'x').length,
      concerning(null, 'x').length,
    ]).toEqual([1, 0, 0])
    expect(ofTopic([{ slug: 's', name: '', name_en: '', cover: null, articles: [] }], 't')).toBe(null)
  })
})

describe('an article’s text', () => {
  const words = (html: string) =>
    blocksOf(html).map((block) =>
      block.kind === 'table'
        ? block.rows.map((row) => row.map(({ inlines }) => inlines.map(({ text }) => text).join('')))
        : [block.kind, block.mark, block.inlines.map(({ text }) => text).join('')],
    )
  it('is headings and paragraphs', () => {
    expect(words('<h2>怎么办</h2><p>先<strong>登录</strong>，再上传。</p>\n<p> </p>')).toEqual([
      ['h2', undefined, '怎么办'],
      ['p', undefined, '先登录，再上传。'],
    ])
  })
  it('numbers ordered lists and marks the others', () => {
    expect(words('<ul><li>甲</li></ul><ol start="3"><li>乙</li><li><p>丙</p></li></ol>')).toEqual([
      ['item', '•', '甲'],
      ['item', '3.', '乙'],
      ['item', '4.', '丙'],
    ])
  })
  it('keeps where links lead', () => {
    const [block] = blocksOf(
      '<p>去<a href="/#/pages/guide/index?code=1" data-item="1" rel="x">办理</a>，看<a href="/x.html" data-article="k9">全文</a>，<a href="https://a.cn/?a=1&amp;b=2">外面</a></p>',
    )
    expect(block?.kind === 'p' && block.inlines.map(({ link }) => link)).toEqual([
      undefined,
      { item: '1' },
      undefined,
      { article: 'k9' },
      undefined,
      { href: 'https://a.cn/?a=1&b=2' },
    ])
  })
  it('is words, never markup', () =>
    expect(words('<p>a &lt;script&gt; &amp;amp; &#20013;&nbsp;b</p>')).toEqual([
      ['p', undefined, 'a <script> &amp; 中\u00a0b'],
    ]))
  it('quotes, breaks lines and lifts', () => {
    const [block] = blocksOf('<blockquote><p>一<br>二<sup>2</sup></p></blockquote>')
    expect(block).toEqual({
      kind: 'quote',
      inlines: [{ text: '一' }, { text: '\n' }, { text: '二' }, { text: '2', shift: 'sup' }],
    })
  })
  it('shows tables row by row', () => {
    const html =
      '<table><thead><tr><th>年龄</th><th>每月</th></tr></thead><tbody><tr><td><p>80</p></td><td>100元</td></tr></tbody></table><p>完</p>'
    expect(words(html)).toEqual([
      [
        ['年龄', '每月'],
        ['80', '100元'],
      ],
      ['p', undefined, '完'],
    ])
  })
})

describe('an article', () => {
  it('is read without the token, and its reading counted by channel', async () => {
    answers.push({ statusCode: 200, data: { id: 'k9', state: 'published' } }, { statusCode: 204 })
    await getArticle('k9')
    await countView('k9')
    expect(sent.map(({ url, method }) => `${method} ${url.replace(/^.*?\/(?=public|api)/, '/')}`)).toEqual([
      'GET /public/content/k9.json',
      'POST /api/v1/content/k9/views',
    ])
    expect(sent.every(({ header }) => !header.Authorization)).toBe(true)
  })
  it('stays on the phone, the last twenty', async () => {
    for (let number = 0; number < 25; number += 1) {
      answers.push({ statusCode: 200, data: {} })
      await getArticle(`k${number}`)
    }
    expect([...store.keys()].filter((key) => key.startsWith('zj:doc:content/'))).toHaveLength(20)
  })
})
