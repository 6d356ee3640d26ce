import { defineStore } from 'pinia'
import { ref } from 'vue'
import { updateMe } from '@/api/citizen'
import { useLanguage } from '@/api/client'
import { LOCALES, setLocale, type Locale } from '@/i18n'
import { systemFontScale } from '@/platform/device'
import { read, write } from '@/platform/storage'

export const TEXT_SIZES = ['normal', 'large', 'huge'] as const
export type TextSize = (typeof TEXT_SIZES)[number]

interface Stored {
  elder?: boolean
  locale?: Locale
  textSize?: TextSize
}

const KEY = 'settings'

/** Language, elder mode and text size. On the phone first; the account follows when the person is signed in. */
export const useSettings = defineStore('settings', () => {
  const elder = ref(false)
  const textSize = ref<TextSize>('normal')
  const locale = ref<Locale>('zh-CN')
  const signedIn = ref(false)

  const stored = (): Stored => read<Stored>(KEY) ?? {}
  const keep = (changes: Stored) => void write(KEY, { ...stored(), ...changes })

  function start() {
    const kept = stored()
    elder.value = kept.elder ?? false
    textSize.value = kept.textSize ?? sizeFor(systemFontScale())
    // Chinese until asked otherwise: the switch is in sight on the home page, and a guess would surprise.
    showLocale(kept.locale ?? 'zh-CN')
  }

  function showLocale(next: Locale) {
    locale.value = next
    setLocale(next)
    useLanguage(next)
    // #ifdef H5
    document.documentElement.lang = next
    // #endif
  }

  function tell(changes: { locale?: Locale; elder_mode?: boolean }) {
    // The phone has it already; the account gets it with the next change if this one fails.
    if (signedIn.value) updateMe(changes).catch(() => undefined)
  }

  function setElder(on: boolean) {
    elder.value = on
    keep({ elder: on })
    tell({ elder_mode: on })
  }

  function changeLocale(next: Locale) {
    showLocale(next)
    keep({ locale: next })
    tell({ locale: next })
  }

  function setTextSize(next: TextSize) {
    textSize.value = next
    keep({ textSize: next })
  }

  /** After signing in: what was chosen on this phone wins, else what the account remembers. */
  function meet(account: { locale: string; elder_mode: boolean }) {
    signedIn.value = true
    const kept = stored()
    if (kept.elder === undefined) elder.value = account.elder_mode
    else if (kept.elder !== account.elder_mode) tell({ elder_mode: kept.elder })
    if (kept.locale !== undefined) {
      if (kept.locale !== account.locale) tell({ locale: kept.locale })
    } else if (LOCALES.includes(account.locale as Locale)) showLocale(account.locale as Locale)
  }

  return { elder, textSize, locale, signedIn, start, setElder, changeLocale, setTextSize, meet }
})

function sizeFor(scale: number): TextSize {
  if (scale >= 1.25) return 'huge'
  return scale >= 1.1 ? 'large' : 'normal'
}
