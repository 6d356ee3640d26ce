/** An article's clean HTML as blocks of words, so that every platform shows it and its links can be reached. Pure. */

export interface Link {
  item?: string
  article?: string
  href?: string
}

export interface Inline {
  text: string
  strong?: boolean
  shift?: 'sup' | 'sub'
  link?: Link
}

export interface TextBlock {
  kind: 'p' | 'h2' | 'h3' | 'h4' | 'item' | 'quote'
  /** Of a list's entry: • or its number. */
  mark?: string
  inlines: Inline[]
}

export interface TableBlock {
  kind: 'table'
  rows: { head: boolean; inlines: Inline[] }[][]
}

export type Block = TextBlock | TableBlock

const TOKEN = /<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|[^">])*)>|([^<]+)/gi
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' }
const TEXTS: Record<string, TextBlock['kind']> = {
  p: 'p',
  h2: 'h2',
  h3: 'h3',
  h4: 'h4',
  li: 'item',
  blockquote: 'quote',
}

const decode = (text: string) =>
  text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole: string, decimal: string, hex: string, name: string) =>
    decimal || hex ? String.fromCodePoint(decimal ? Number(decimal) : parseInt(hex, 16)) : (ENTITIES[name] ?? whole),
  )

function linkOf(attributes: string): Link {
  const value = (name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(attributes)?.[1]
  const [item, article, href] = [value('data-item'), value('data-article'), value('href')]
  return item ? { item } : article ? { article } : { href: decode(href ?? '') }
}

class Reader {
  readonly blocks: Block[] = []
  private current: Inline[] | null = null
  private table: TableBlock | null = null
  private lists: { ordered: boolean; at: number }[] = []
  private strong = 0
  private quoted = 0
  private shift: Inline['shift']
  private link: Link | undefined

  text(words: string): void {
    const text = decode(words).replace(/[ \t\r\n]+/g, ' ')
    if (!text.trim() && !this.current) return
    this.current ??= this.begin('p')
    this.current.push({
      text,
      ...(this.strong && { strong: true }),
      ...(this.shift && { shift: this.shift }),
      ...(this.link && { link: this.link }),
    })
  }

  open(tag: string, attributes: string): void {
    if (tag === 'br') this.current?.push({ text: '\n' })
    else if (tag === 'strong' || tag === 'b') this.strong += 1
    else if (tag === 'sup' || tag === 'sub') this.shift = tag
    else if (tag === 'a') this.link = linkOf(attributes)
    else if (tag === 'ul' || tag === 'ol')
      this.lists.push({ ordered: tag === 'ol', at: Number(/\sstart="(\d+)"/.exec(attributes)?.[1] ?? 1) })
    else if (tag === 'table') this.blocks.push((this.table = { kind: 'table', rows: [] }))
    else if (tag === 'tr') this.table?.rows.push([])
    else if (tag === 'td' || tag === 'th') this.cell(tag === 'th')
    else if (tag === 'blockquote') this.quoted += 1
    // A paragraph within an entry or a cell is that entry's or cell's text.
    else if (TEXTS[tag] && !(tag === 'p' && this.current))
      this.current = this.begin(this.quoted && tag === 'p' ? 'quote' : TEXTS[tag]!)
  }

  close(tag: string): void {
    if (tag === 'strong' || tag === 'b') this.strong = Math.max(0, this.strong - 1)
    else if (tag === 'sup' || tag === 'sub') this.shift = undefined
    else if (tag === 'a') this.link = undefined
    else if (tag === 'ul' || tag === 'ol') this.lists.pop()
    else if (tag === 'table') this.table = null
    else if (tag === 'blockquote') this.quoted -= 1
    if ((TEXTS[tag] && !(tag === 'p' && (this.lists.length || this.table))) || tag === 'td' || tag === 'th')
      this.current = null
  }

  private cell(head: boolean): void {
    this.current = []
    this.table?.rows[this.table.rows.length - 1]?.push({ head, inlines: this.current })
  }

  private begin(kind: TextBlock['kind']): Inline[] {
    const inlines: Inline[] = []
    const list = kind === 'item' ? this.lists[this.lists.length - 1] : undefined
    const mark = list?.ordered ? `${list.at++}.` : '•'
    this.blocks.push(kind === 'item' ? { kind, mark, inlines } : { kind, inlines })
    return inlines
  }
}

export function blocksOf(html: string): Block[] {
  const reader = new Reader()
  for (const [, slash, tag, attributes, words] of html.matchAll(TOKEN)) {
    if (words !== undefined) reader.text(words)
    else if (slash) reader.close(tag!.toLowerCase())
    else reader.open(tag!.toLowerCase(), attributes ?? '')
  }
  return reader.blocks.filter((block) =>
    block.kind === 'table' ? block.rows.length : block.inlines.some(({ text }) => text.trim()),
  )
}
