/** The server's own words that come in Chinese only: time limits, rules, who acted. Texts of offices and people stay as they are. */
import { currentLocale } from './index'

const WORDS: Record<string, string> = {
  随时: 'Any time',
  即时: 'At once',
  即办: 'At once',
  当场: 'While you wait',
  当天: 'The same day',
  当日: 'The same day',
  按月: 'Monthly',
  半天: 'Half a day',
  约半天: 'About half a day',
  您预约的当天: 'The day of your booking',
  一般两小时内: 'Usually within two hours',
  申请人: 'The applicant',
  反映人: 'The reporter',
  系统: 'The system',
  工作人员: 'Staff',
  该事项没有规定办结时限: 'no time limit is stated',
  诉求派单员: 'Dispatcher',
  诉求承办人员: 'Officer in charge',
  窗口人员: 'Counter staff',
  经办人员: 'Case officer',
  审批人员: 'Approving officer',
}
const UNITS: Record<string, string> = {
  工作日: 'working day',
  日: 'day',
  天: 'day',
  分钟: 'minute',
  小时: 'hour',
  分: 'point',
}
const AFTER: Record<string, string> = {
  受理后: ' of acceptance',
  审批后: ' of the decision',
  作出决定后: ' of the decision',
  收到后: ' of receipt',
  快递: ' by courier',
}
const LENGTH = /^(受理后|审批后|作出决定后|收到后|快递)?(约)?(\d+)(?:—(\d+))?个?(工作日|日|天|分钟|小时|分)(以?内)?$/
const PROMISED = /^承诺办结时限(.+?)(?:（法定(.+?)）)?，自受理之日起计算$/
const LEGAL = /^法定办结时限(.+?)，自受理之日起计算$/
const DELIVERED = /^作出决定之日起(.+?)内颁发、送达$/

function length(text: string): string {
  const [, after = '', about, from, to, unit = '', within] = LENGTH.exec(text) ?? []
  if (!from) return ''
  const amount = `${from}${to ? `–${to}` : ''} ${UNITS[unit]}${to || from !== '1' ? 's' : ''}`
  if (within || after) return `Within ${amount}${AFTER[after] ?? ''}`
  return about ? `About ${amount}` : amount
}

function english(text: string): string {
  const [, promised, byLaw] = PROMISED.exec(text) ?? []
  const [, legal] = LEGAL.exec(text) ?? []
  const [, delivered] = DELIVERED.exec(text) ?? []
  if (promised)
    return whole(
      [promised, byLaw],
      ([one, law]) => `${one} promised${law ? ` (${law} by law)` : ''}, counted from acceptance`,
    )
  if (legal) return whole([legal], ([one]) => `${one} by law, counted from acceptance`)
  if (delivered) return whole([delivered], ([one]) => `issued and delivered within ${one} of the decision`)
  return Object.keys(WORDS).includes(text) ? (WORDS[text] as string) : length(text)
}

/** Nothing where a part is not known: half a sentence in each language says less than one. */
function whole(parts: (string | undefined)[], say: (parts: string[]) => string): string {
  const known = parts.filter((part): part is string => Boolean(part)).map(english)
  return known.every(Boolean) ? say(known) : ''
}

/** In the person's language where it is known, else as it came. */
export const program = (text: string): string => (currentLocale() === 'en' && english(text)) || text
/** The language of what `program` gives, for the `lang` attribute. */
export const programLang = (text: string) => (currentLocale() === 'en' && english(text) ? 'en' : 'zh-CN')
