/** Signs for themes and frequent items. A name the server may send as it is, or words that we know. */

const BY_WORD: [RegExp, string][] = [
  [/社保卡|社会保障卡/, 'credit-card'],
  [/居住|户籍|户口|迁移|身份/, 'id-card'],
  [/公积金/, 'piggy-bank'],
  [/社保|养老|退休/, 'umbrella'],
  [/医|健康|卫生|就诊/, 'stethoscope'],
  [/生育|出生|新生|婴/, 'baby'],
  [/婚/, 'heart'],
  [/教育|入学|学|教师/, 'graduation-cap'],
  [/就业|失业|工作|创业|职业|劳动|工伤/, 'briefcase'],
  [/车|驾驶|交通|运输|道路/, 'car'],
  [/护照|出境|出入境|通行证|旅/, 'plane'],
  [/住房|房|不动产|安居/, 'house-heart'],
  [/企业|设立|开办|法人|社团|社会团体/, 'building-2'],
  [/个体|开店|食品|经营|餐/, 'store'],
  [/残疾|救助|低保|补贴|津贴|高龄|帮扶/, 'hand-heart'],
  [/法律|公证|司法|援助/, 'scale'],
  [/水/, 'droplets'],
  [/施工|建设|工程|广告|占道/, 'hammer'],
  [/税|缴|费|财/, 'wallet'],
  [/证明|证照|资质|许可/, 'file-check'],
  [/老/, 'users'],
]

const KNOWN = new Set([
  'armchair', 'baby', 'backpack', 'badge-check', 'book-open', 'bookmark', 'briefcase', 'building-2', 'calendar', 'car', 'credit-card', 'droplets',
  'file-check', 'file-text', 'graduation-cap', 'hammer', 'hand-coins', 'hand-heart', 'handshake', 'heart', 'house', 'house-heart', 'id-card',
  'key-round', 'landmark', 'life-buoy', 'map-pin', 'piggy-bank', 'plane', 'scale', 'shield', 'shield-check', 'stethoscope', 'store', 'truck', 'umbrella',
  'user', 'user-check', 'users', 'utensils', 'wallet',
])

export function iconFor(words: string, wanted = ''): string {
  if (KNOWN.has(wanted)) return wanted
  return BY_WORD.find(([pattern]) => pattern.test(words))?.[1] ?? 'file-text'
}
