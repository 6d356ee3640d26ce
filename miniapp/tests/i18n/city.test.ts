import { describe, expect, it } from 'vitest'
import { getCity, startCity } from '@/api/published'
import { ApiProblem } from '@/api/problem'
import { problemText } from '@/api/words'
import { hotline, setLocale, t } from '@/i18n'
import { answers, sent } from '../setup'

const CITY = { name: '别的市', name_en: 'Elsewhere', hotline: '0999-5', service_phone: '', demo: false, locales: [] }

describe("the city's hotline", () => {
  it('is spoken of in words until the city was read, then by its number, in every text', async () => {
    hotline.value = ''
    expect(t('lost.help')).toBe('找不到？请拨打 服务热线，工作人员会帮您。')
    answers.push({ statusCode: 200, data: CITY })
    await getCity()
    expect(t('lost.help')).toBe('找不到？请拨打 0999-5，工作人员会帮您。')
    setLocale('en')
    expect(t('lost.help')).toBe('Cannot find it? Call 0999-5 and we will help you.')
    expect(problemText(new ApiProblem('http.500', 500, ''))).toContain('call 0999-5')
  })

  it('is known from the last time when the app starts, without asking', async () => {
    answers.push({ statusCode: 200, data: CITY })
    await getCity()
    hotline.value = ''
    const before = sent.length
    startCity()
    expect([hotline.value, sent.length]).toEqual(['0999-5', before])
  })

  it('is asked for at the first start', async () => {
    hotline.value = ''
    answers.push({ statusCode: 200, data: CITY })
    startCity()
    await Promise.resolve().then(() => new Promise((done) => setTimeout(done, 0)))
    expect(hotline.value).toBe('0999-5')
  })
})
