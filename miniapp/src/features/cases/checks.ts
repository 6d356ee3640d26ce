/** What each step of the wizard still lacks, apart from the form itself. Pure. */
import type { FieldProblem } from '@/api/problem'
import type { CaseMaterial, Delivery } from '@/api/types/case'
import type { Answers, Item, Place } from '@/api/types/item'
import { openQuestions, type Applied } from '@/features/catalog/situation'
import { tooLong } from '@/features/shared/length'
import { cleanPhone, isContactPhone } from '@/features/shared/numbers'
import { stripped } from '@/features/shared/words'
import { t, tx } from '@/i18n'

export function checkSituation(item: Item, answers: Answers, applied: Applied): FieldProblem[] {
  const missing = openQuestions(item, answers).map((question) => ({
    path: `/answers/${question.key}`,
    code: 'required',
    message: t('form.choose', { label: tx(question, 'text') }),
  }))
  return missing.concat(applied.blocks.map((message) => ({ path: '/answers', code: 'blocked', message })))
}

export function checkMaterials(materials: CaseMaterial[]): FieldProblem[] {
  return materials
    .filter(({ necessity, state, files }) => (necessity === 'required' && files.length === 0) || state === 'flagged')
    .map((material) => ({
      path: `/materials/${material.code}`,
      code: 'required',
      message: t('materials.missing', { name: tx(material, 'name') }),
    }))
}

const NEEDS = { electronic: [], pickup: ['hall'], courier: ['receiver', 'phone', 'address'] } as const
const ASK = {
  hall: 'delivery.needHall',
  receiver: 'delivery.needReceiver',
  phone: 'delivery.needPhone',
  address: 'delivery.needAddress',
} as const
const MOST = { hall: 40, receiver: 50, phone: 20, address: 200 }

/** `places` are those that the answers leave. server/tests/shared/vectors/deliveries.json holds it to the server's check. */
export function checkDelivery(delivery: Delivery, courier: boolean, places: Place[]): FieldProblem[] {
  const { method } = delivery
  if ((method === 'courier' && !courier) || (method === 'pickup' && !places.length)) {
    const message = t('form.choose', { label: t('delivery.method') })
    return [{ path: '/delivery/method', code: 'not_offered', message }]
  }
  return NEEDS[method].flatMap((name) => {
    const words = stripped(delivery[name] ?? '')
    const wrong = judge(name, name === 'phone' ? cleanPhone(words) : words, places)
    return wrong.map(([code, message]) => ({ path: `/delivery/${name}`, code, message }))
  })
}

function judge(name: keyof typeof ASK, words: string, places: Place[]): [code: string, message: string][] {
  if (!words) return [['required', t(ASK[name])]]
  const [wrong, label]: [[string, string][], string] = [[], t(`delivery.${name}`)]
  const over = tooLong(words, MOST[name])
  if (over) wrong.push(['too_long', t('form.ofField', { label, words: over })])
  if (name === 'phone' && !isContactPhone(words)) wrong.push(['bad_phone', t('form.contactPhone', { label })])
  if (name === 'hall' && !places.some(({ hall }) => hall.code === words)) wrong.push(['unknown', t(ASK.hall)])
  return wrong
}
