import { ref } from 'vue'
import { createI18n } from 'vue-i18n'
import en from './en'
import zhCN from './zh-CN'

export type Locale = 'zh-CN' | 'en'
export const LOCALES: Locale[] = ['zh-CN', 'en']

export type Messages = typeof zhCN
export type MessageKey = { [Space in keyof Messages]: `${Space}.${keyof Messages[Space] & string}` }[keyof Messages]

export const i18n = createI18n({
  legacy: false,
  locale: 'zh-CN',
  fallbackLocale: 'zh-CN',
  messages: { 'zh-CN': zhCN, en },
  warnHtmlMessage: false,
})

type Params = Record<string, string | number>
const global = i18n.global as unknown as {
  locale: { value: Locale }
  t: (key: string, params?: Params) => string
  te: (key: string) => boolean
}

/** The city's number for people who need one, from its published document; empty until that was read once. */
export const hotline = ref('')
const named = () => ({ hotline: hotline.value || global.t('common.hotline') })

/** The words of the current language, any of which may name the {hotline}; reactive wherever it is called from a template or a computed value. */
export const t = (key: MessageKey, params: Params = {}): string => global.t(key, { ...named(), ...params })
export const currentLocale = (): Locale => global.locale.value
export const setLocale = (locale: Locale) => void (global.locale.value = locale)

/** Words for a code from the server, or nothing where we know none. */
export function optional(key: string): string {
  return global.te(key) ? global.t(key, named()) : ''
}

/** The word for a national code in the person's language; the server's Chinese one where there is no other. */
export const coded = (kind: 'kind' | 'form' | 'source', code: string, chinese: string): string =>
  optional(`codes.${kind}_${code}`) || chinese

/** A text that the server has in Chinese and, perhaps, in English (`name`, `name_en`). */
export function tx<Key extends string>(source: object | null | undefined, key: Key): string {
  const texts = (source ?? {}) as Record<string, string | undefined>
  const english = currentLocale() === 'en' ? texts[`${key}_en`] : ''
  return english || texts[key] || ''
}

/** The language that `tx` ends up showing, for the `lang` attribute. */
export function langOf(source: object | null | undefined, key: string): Locale {
  const texts = (source ?? {}) as Record<string, unknown>
  return currentLocale() === 'en' && texts[`${key}_en`] ? 'en' : 'zh-CN'
}
