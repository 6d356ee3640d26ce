import { defineStore } from 'pinia'
import { ref } from 'vue'
import { updateMe } from '@/api/citizen'
import { useLanguage } from '@/api/client'
import { LOCALES, setLocale, type Locale } from '@/i18n'
import { systemFontScale } from '@/platform/device'
import { read, remove, write } from '@/platform/storage'

export const TEXT_SIZES = ['normal', 'large', 'huge'] as const
export type TextSize = (typeof TEXT_SIZES)[number]

interface Choice {
  elder?: boolean
  locale?: Locale
}
/** The phone's own, for whoever holds it signed out; the size of letters always. */
interface Phone extends Choice {
  textSize?: TextSize
}
/** What the account's person has chosen, as far as this phone knows. `untold`: the server does not have it yet. */
interface Account extends Choice {
  id?: string
  untold?: boolean
}

const PHONE = 'settings'
const ACCOUNT = 'settings:account'
const USUAL = { elder: false, locale: 'zh-CN' } as const

/**
 * What the person of an account has chosen, if anything. The server has the usual value also where nobody ever chose, so
 * that counts only where a choice is known of.
 */
export const chosen = <T>(account: T, usual: T, known: T | undefined): T | undefined =>
  account !== usual || known !== undefined ? account : undefined

/** Language, elder mode and text size: what the person signed in has chosen, else what the phone shows. */
export const useSettings = defineStore('settings', () => {
  const elder = ref(false)
  const textSize = ref<TextSize>('normal')
  const locale = ref<Locale>('zh-CN')
  let signedIn = false

  const phone = (): Phone => read<Phone>(PHONE) ?? {}
  const account = (): Account => (signedIn ? (read<Account>(ACCOUNT) ?? {}) : {})
  const keep = (changes: Phone) => void write(PHONE, { ...phone(), ...changes })

  function start() {
    textSize.value = phone().textSize ?? sizeFor(systemFontScale())
    show()
  }

  function show() {
    const [own, here] = [account(), phone()]
    elder.value = own.elder ?? here.elder ?? USUAL.elder
    // Chinese until asked otherwise: the switch is in sight on the home page, and a guess would surprise.
    showLocale(own.locale ?? here.locale ?? USUAL.locale)
  }

  function showLocale(next: Locale) {
    locale.value = next
    setLocale(next)
    useLanguage(next)
    // #ifdef H5
    document.documentElement.lang = next
    // #endif
  }

  /** The account gets it with the next meeting if this fails. */
  function tell() {
    const { elder, locale } = account()
    updateMe({ locale, elder_mode: elder }).then(
      () => {
        const now = account()
        if (now.elder === elder && now.locale === locale) write(ACCOUNT, { ...now, untold: false })
      },
      () => undefined,
    )
  }

  function choose(changes: Choice) {
    if (signedIn) {
      write(ACCOUNT, { ...account(), ...changes, untold: true })
      tell()
    } else keep(changes)
    show()
  }

  const setElder = (on: boolean) => choose({ elder: on })
  const changeLocale = (next: Locale) => choose({ locale: next })

  function setTextSize(next: TextSize) {
    textSize.value = next
    keep({ textSize: next })
  }

  /** Signed in since an earlier visit: shown as it was, until the server has answered. */
  function resume() {
    signedIn = true
    show()
  }

  /** The server says who is signed in and what the account remembers. Nothing is written to either for the other. */
  function meet(me: { id: string; locale: string; elder_mode: boolean }) {
    signedIn = true
    const before = account()
    const known = before.id === undefined || before.id === me.id ? before : {}
    const language = LOCALES.find((one) => one === me.locale) ?? USUAL.locale
    if (known.untold) {
      write(ACCOUNT, { ...known, id: me.id })
      tell()
    } else
      write(ACCOUNT, {
        id: me.id,
        elder: chosen(me.elder_mode, USUAL.elder, known.elder),
        locale: chosen(language, USUAL.locale, known.locale),
      })
    show()
  }

  /** Signed out: the phone is its holder's again. */
  function leave() {
    signedIn = false
    remove(ACCOUNT)
    show()
  }

  return { elder, textSize, locale, start, setElder, changeLocale, setTextSize, resume, meet, leave }
})

function sizeFor(scale: number): TextSize {
  if (scale >= 1.25) return 'huge'
  return scale >= 1.1 ? 'large' : 'normal'
}
